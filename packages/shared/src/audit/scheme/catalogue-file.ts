import * as z from "zod";
import { SEVERITY_MAPPINGS } from "../severity.ts";
import type { Catalogue } from "./catalogue.ts";
import { crosswalkLine } from "./crosswalk.ts";
import { type Scheme, scheme } from "./scheme.ts";

/** A consortium's own schemes and lines, beside the public ones or in their place. */
export const catalogueFile = z.strictObject({
  catalogue: z.literal(1),
  version: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, { error: "must be a short code" }),
  schemes: z.array(scheme).max(200),
  lines: z.array(crosswalkLine).max(10_000),
});
export type CatalogueFile = z.infer<typeof catalogueFile>;

/** Where in the file, and what is allowed there. */
export interface CatalogueProblem {
  readonly path: string;
  readonly message: string;
}

const TABLES = SEVERITY_MAPPINGS.map((it) => `${it.scheme}@${it.version}`);

function schemeProblems(one: Scheme, path: string): CatalogueProblem[] {
  const found: CatalogueProblem[] = [];
  if (one.severities !== null && !TABLES.includes(one.severities))
    found.push({ path: `${path}.severities`, message: `must be null or one of ${TABLES.join(", ")}` });
  one.validity.forEach(({ result }, at) => {
    if (result === undefined) return;
    const where = `${path}.validity.${at}.result`;
    const scale = one.scales.find(({ id }) => id === result.scale);
    if (scale?.kind !== "grades")
      found.push({ path: `${where}.scale`, message: "must be a scale of grades of this scheme" });
    else if (result.values.some((value) => !scale.worstFirst.includes(value)))
      found.push({ path: `${where}.values`, message: `must be of ${scale.worstFirst.join(", ")}` });
  });
  return found;
}

/** What no single row can say: rows that name each other. Empty: the file holds together. */
export function catalogueProblems(file: CatalogueFile, beside: Catalogue): CatalogueProblem[] {
  const known = new Map([...beside.schemes, ...file.schemes].map((one) => [one.id, one]));
  const found = file.schemes.flatMap((one, at) => schemeProblems(one, `schemes.${at}`));
  const seen = new Set<string>();
  file.schemes.forEach(({ id }, at) => {
    if (seen.has(id)) found.push({ path: `schemes.${at}.id`, message: "stands twice" });
    seen.add(id);
  });
  file.lines.forEach(({ scheme: id, version }, at) => {
    const named = known.get(id);
    if (!named)
      found.push({ path: `lines.${at}.scheme`, message: `no such scheme: one of ${[...known.keys()].join(", ")}` });
    else if (!named.versions.includes(version))
      found.push({ path: `lines.${at}.version`, message: `${named.name} has ${named.versions.join(", ")}` });
  });
  return found;
}

/** The file's schemes stand in place of public ones of the same id, with all their lines; the others stay. */
export function withFile(beside: Catalogue, file: CatalogueFile): Catalogue {
  const own = new Set(file.schemes.map(({ id }) => id));
  return {
    version: `${beside.version}+${file.version}`,
    schemes: [...beside.schemes.filter(({ id }) => !own.has(id)), ...file.schemes],
    lines: [...beside.lines.filter((line) => !own.has(line.scheme)), ...file.lines],
  };
}

import { type GrantClaims, grantClaims } from "@quasarix/shared/policy/grant.ts";
import {
  auditCell,
  type CellRead,
  GRANT_COLUMNS,
  type GrantColumn,
  granteeCell,
  momentCell,
  plainCell,
  purposesCell,
  sectionsCell,
  siteCell,
} from "./grant-cells.ts";
import { type CsvForm, readCsv } from "./import/csv.ts";
import { type ProblemReason, quoted, type RowProblem } from "./import/problem.ts";

/** A grant to be given. `isFromNow`: its `from` was empty. */
export interface WantedGrant {
  readonly line: number;
  readonly claims: GrantClaims;
  readonly isFromNow: boolean;
}

export type GrantItem =
  | { readonly kind: "grant"; readonly wanted: WantedGrant }
  | { readonly kind: "problem"; readonly problem: RowProblem }
  /** The file cannot be read at all, or no further. */
  | { readonly kind: "refused"; readonly problem: RowProblem };

const FORM: CsvForm = { encoding: "utf-8", delimiter: ",", multiline: false, lineLimit: 65_536 };
/** All of a file is held in memory. */
const MOST_ROWS = 100_000;

/** Every cell of every row is judged: a bad row is named by line and column, the rows after it go on. */
export async function* readGrants(chunks: AsyncIterable<Uint8Array>, now: number): AsyncGenerator<GrantItem> {
  let names: readonly string[] = [];
  let rows = 0;
  for await (const item of readCsv(chunks, FORM)) {
    if (item.kind === "refused") return yield item;
    if (item.kind === "fault") {
      yield { kind: "problem", problem: item.problem };
      continue;
    }
    if (item.kind === "header") {
      const problem = headerProblem(item.names);
      if (problem) return yield { kind: "refused", problem };
      names = item.names;
      continue;
    }
    if (++rows > MOST_ROWS) return yield tooMany(item.line);
    yield* rowOf(item.line, item.cells, names, now);
  }
}

function headerProblem(names: readonly string[]): RowProblem | null {
  const no = (column: number, message: string): RowProblem => ({ line: 1, column, reason: "header", message });
  if (names.length === 1 && names[0]?.includes(";"))
    return no(1, "the columns stand apart by semicolons; save the file with commas");
  // A misspelt `audit` would open every audit of the site.
  const strange = names.findIndex((name) => !(GRANT_COLUMNS as readonly string[]).includes(name));
  if (strange >= 0) return no(strange + 1, `${quoted(names[strange] ?? "")} is none of ${GRANT_COLUMNS.join(", ")}`);
  const twice = names.findIndex((name, at) => names.indexOf(name) !== at);
  if (twice >= 0) return no(twice + 1, `the column ${quoted(names[twice] ?? "")} is there twice`);
  const missing = GRANT_COLUMNS.find((name) => name !== "audit" && !names.includes(name));
  return missing === undefined ? null : no(names.length + 1, `the column \`${missing}\` is missing`);
}

const tooMany = (line: number): GrantItem => ({
  kind: "refused",
  problem: { line, column: 1, reason: "too-many-rows", message: `a file holds at most ${MOST_ROWS} grants` },
});

function* rowOf(line: number, cells: readonly string[], names: readonly string[], now: number): Generator<GrantItem> {
  const problems: RowProblem[] = [];
  const bad = (name: GrantColumn, reason: ProblemReason, message: string) =>
    problems.push({ line, column: names.indexOf(name) + 1, field: name, reason, message });
  const textOf = (name: GrantColumn): string => plainCell(cells[names.indexOf(name)] ?? "");
  const take = <T>(name: GrantColumn, read: (text: string) => CellRead<T>): T | undefined => {
    const text = textOf(name);
    const value = text === "" ? null : read(text);
    if (value?.ok) return value.value;
    if (value) bad(name, "content", value.failure);
    else if (name !== "audit" && name !== "from") bad(name, "empty", "the cell is empty");
    return undefined;
  };
  const audit = take("audit", auditCell);
  const claims = {
    grantee: take("grantee", granteeCell),
    site: take("site", siteCell),
    ...(audit === undefined ? {} : { audit }),
    grantSections: take("sections", sectionsCell),
    purposes: take("purposes", purposesCell),
    notBefore: take("from", momentCell) ?? now,
    notAfter: take("until", momentCell),
  };
  const whole = problems.length > 0 ? null : grantClaims.safeParse(claims);
  for (const { path, message } of whole?.error?.issues ?? [])
    bad(COLUMN_OF[String(path[0])] ?? "site", "content", message);
  for (const problem of problems.sort((a, b) => a.column - b.column)) yield { kind: "problem", problem };
  if (whole?.success) yield { kind: "grant", wanted: { line, claims: whole.data, isFromNow: textOf("from") === "" } };
}

const COLUMN_OF: Readonly<Record<string, GrantColumn>> = {
  grantee: "grantee",
  site: "site",
  audit: "audit",
  grantSections: "sections",
  purposes: "purposes",
  notBefore: "from",
  notAfter: "until",
};

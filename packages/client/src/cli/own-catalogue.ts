import { CATALOGUE, type Catalogue } from "@quasarix/shared/audit/scheme/catalogue.ts";
import {
  type CatalogueFile,
  catalogueFile,
  catalogueProblems,
  withFile,
} from "@quasarix/shared/audit/scheme/catalogue-file.ts";
import { readCatalogue } from "../node/own-catalogue.ts";
import { type Call, optional } from "./command.ts";
import { UsageError } from "./exit.ts";
import { readJson } from "./input.ts";

export const CATALOGUE_OPTION = { catalogue: { type: "string" } } as const;

/** What is absent is not of a wrong type. */
const plainly = (message: string): string => (message.endsWith("received undefined") ? "is missing" : message);

/** All problems at once: people mend them in one go. */
export const problemList = (
  file: string,
  what: string,
  problems: readonly { path: string; message: string }[],
): string =>
  `\`${file}\` is no ${what}:\n${problems.map(({ path, message }) => `  ${path || "(whole)"}: ${plainly(message)}`).join("\n")}`;

/** Throws with everything that is wrong. */
export function checkedCatalogue(file: string, value: unknown): CatalogueFile {
  const read = catalogueFile.safeParse(value);
  const problems = read.success
    ? catalogueProblems(read.data, CATALOGUE)
    : read.error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message }));
  if (!read.success || problems.length > 0) throw new UsageError(problemList(file, "catalogue of schemes", problems));
  return read.data;
}

/** The public one, with that of `--catalogue`, else with what `scheme import` took in. */
export async function catalogueFor(call: Call): Promise<Catalogue> {
  const file = optional(call, "catalogue");
  if (file !== undefined) return withFile(CATALOGUE, checkedCatalogue(file, await readJson(file)));
  const kept = await readCatalogue(call.home);
  return kept === null ? CATALOGUE : withFile(CATALOGUE, checkedCatalogue("catalogue.json", JSON.parse(kept)));
}

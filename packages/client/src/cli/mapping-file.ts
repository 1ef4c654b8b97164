import { type Mapping, parseMapping } from "../import/mapping.ts";
import { UsageError } from "./exit.ts";
import { readUtf8 } from "./input.ts";

/** All problems of a mapping at once: people mend them in one go. */
export async function readMapping(file: string): Promise<Mapping> {
  const mapping = parseMapping(await readUtf8(file));
  if (mapping.ok) return mapping.value;
  const problems = mapping.failure.map(({ pointer, message }) => `${pointer || "/"}: ${message}`);
  throw new UsageError(`\`${file}\` is no mapping: ${problems.join("; ")}`);
}

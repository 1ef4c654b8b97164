import { type Catalogue, schemeOf } from "@quasarix/shared/audit/scheme/catalogue.ts";
import { UsageError } from "./exit.ts";

const OURS = "urn:quasarix:scheme:";

/** A scheme's id, or the end of one that the catalogue has: `smeta`. A slip would name a scheme that no audit is of. */
export function schemeIdOf(text: string, catalogue: Catalogue): string {
  if (schemeOf(catalogue, OURS + text)) return OURS + text;
  if (schemeOf(catalogue, text) || (text.includes(":") && !text.startsWith(OURS))) return text;
  const known = catalogue.schemes.map(({ id }) => id.replace(OURS, "")).join(", ");
  throw new UsageError(`no scheme \`${text}\`: ${known}, or the whole id (URI) of one that the catalogue lacks`);
}

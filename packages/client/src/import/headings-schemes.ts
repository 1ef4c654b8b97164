import { plainText } from "./headings-plain.ts";

/** A scheme as a spreadsheet names it. `version` is `unknown` where the cell says none. */
export interface NamedScheme {
  readonly id: string;
  readonly version: string;
}

const URN = "urn:quasarix:scheme:";
const URN_FORM = /^urn:quasarix:scheme:([a-z0-9][a-z0-9-]{0,63})$/;

/** In plain text (lower case, no accents, single spaces). The first that fits is it, so the narrower stand before the wider. */
const NAMES: readonly (readonly [id: string, form: RegExp])[] = [
  ["smeta", /\b(smeta|sedex members ethical trade audit|[24] ?pillars?( smeta)?|sedex audit|ethical trade audit)\b/],
  ["amfori-bsci", /\b(amfori bsci|bsci|business social compliance initiative|amfori social audit|amfori)\b/],
  ["rba", /\b(rba|rba vap|vap|validated (assessment|audit) (program|programme|process)|eicc)\b/],
  ["sa8000", /\b(sa ?8000|social accountability 8000|social accountability international)\b/],
  [
    "slcp",
    /\b(slcp|social (and|&)? ?labou?r convergence( program| programme| project)?|converged assessment framework|caf)\b/,
  ],
  ["higg-fem", /\b(higg fem|fem|higg facility environmental module|facility environmental module|higg)\b/],
  ["tfs", /\b(tfs|together for sustainability)\b/],
  ["wrap", /\b(wrap|worldwide responsible accredited production)\b/],
  ["quasarix", /\b(quasarix|quasarix trace)\b/],
];

const VERSION = /(?:\bv(?:ersion|er)?\.? ?|[: ])((?:\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)|(?:19|20)\d{2}|\d{1,2}(?= ?$))/;

/** The version that stands in a scheme's own words: `SMETA 6.1`, `SA8000:2014`, `RBA VAP v8.0`. */
function versionIn(text: string): string {
  const told = VERSION.exec(text.toLowerCase().replace(/sa ?8000/, "sa"));
  return told?.[1] ?? "unknown";
}

/** Null where no scheme of the catalogue is named: nothing is guessed. */
export function schemeNamed(text: string): NamedScheme | null {
  const urn = URN_FORM.exec(text.trim());
  if (urn) return { id: `${URN}${urn[1]}`, version: "unknown" };
  const plain = plainText(text);
  const found = NAMES.find(([, form]) => form.test(plain));
  return found ? { id: `${URN}${found[0]}`, version: versionIn(text) } : null;
}

/** A heading such as `SMETA audit date`: the scheme, and the rest of it. Null where it names none, or nothing else. */
export function schemeInHeading(plain: string): { readonly id: string; readonly rest: string } | null {
  for (const [id, form] of NAMES) {
    const named = form.exec(plain);
    if (!named) continue;
    const rest = plain.replace(named[0], " ").replace(/\s+/g, " ").trim();
    return rest === "" ? null : { id: `${URN}${id}`, rest };
  }
  return null;
}

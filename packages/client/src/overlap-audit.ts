import { CATALOGUE, schemeOf } from "@quasarix/shared/audit/scheme/catalogue.ts";
import type { Scale } from "@quasarix/shared/audit/scheme/scheme.ts";
import type { ListedAudit } from "@quasarix/shared/duplicate/listed.ts";
import { codeText } from "@quasarix/shared/registry/text.ts";
import { plainText } from "./import/headings-plain.ts";
import type { RowAudit } from "./import/headings-rows.ts";

type Result = NonNullable<ListedAudit["result"]>;

/** For a result that is on no scale of the catalogue: it stands as the list has it, and is compared with nothing. */
const AS_LISTED = "urn:quasarix:scale:as-listed";

/** `Grade C`, `c`, `overall rating: C` are the grade C; a word that is none of the scale's is not made one. */
function gradeOn(scale: Extract<Scale, { kind: "grades" }>, text: string): string | null {
  const words = plainText(text).split(" ");
  const found = scale.worstFirst.filter((grade) => words.includes(plainText(grade)));
  return found.length === 1 ? (found[0] as string) : null;
}

/** `85`, `85%`, `164.5 / 200`, `164,5`. */
function pointsOn(scale: Extract<Scale, { kind: "points" }>, text: string): number | null {
  const number = /^(\d{1,4}(?:[.,]\d{1,3})?) ?(?:%|points?|pts|\/ ?\d{1,4})?$/i.exec(text.trim())?.[1];
  const value = number === undefined ? Number.NaN : Number(number.replace(",", "."));
  return value >= scale.least && value <= scale.most ? value : null;
}

function onScale(scheme: string, text: string): Pick<Result, "scale" | "value"> | null {
  for (const scale of schemeOf(CATALOGUE, scheme)?.scales ?? []) {
    const value = scale.kind === "grades" ? gradeOn(scale, text) : pointsOn(scale, text);
    if (value !== null) return { scale: scale.id, value };
  }
  return null;
}

/** As a code, where no scale has it: letters and digits with dashes between. */
function codeOf(text: string): string {
  const code = plainText(text)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 100);
  return codeText.safeParse(code).success ? code : "unreadable";
}

export function resultOf(scheme: string, original: string): Result {
  return { ...(onScale(scheme, original) ?? { scale: AS_LISTED, value: codeOf(original) }), original };
}

/** What a row says, as it is signed: the result in the scheme's own scale where it is on it, and always as it stood. */
export const listedAudit = ({ scheme, auditFrom, auditTo, validUntil, result }: RowAudit): ListedAudit => ({
  scheme: scheme.id,
  version: scheme.version,
  auditFrom,
  auditTo,
  validUntil,
  ...(result !== undefined && { result: resultOf(scheme.id, result) }),
});

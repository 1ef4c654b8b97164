import { monthsBefore } from "../audit/date.ts";
import { CATALOGUE } from "../audit/scheme/catalogue.ts";
import type { Scheme } from "../audit/scheme/scheme.ts";

/**
 * Of each scheme of the catalogue the first day of audits that may be valid on `today`, whatever their results: as
 * `covers` judges by existence alone, in a form that a query can take.
 */
export const validSince = (today: string): readonly { readonly scheme: string; readonly since: string }[] =>
  CATALOGUE.schemes.map((scheme) => ({ scheme: scheme.id, since: monthsBefore(today, monthsOf(scheme)) }));

function monthsOf({ validity }: Scheme): number {
  const sure = validity.filter((rule) => rule.result === undefined && rule.finding === undefined);
  const months = (rules: Scheme["validity"]) => rules.map((rule) => rule.months);
  return sure.length > 0 ? Math.min(...months(sure)) : Math.max(...months(validity));
}

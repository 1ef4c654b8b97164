import { type SitePlace, sitePlace } from "@quasarix/shared/registry/site.ts";
import { schemaProblems } from "./cell-problems.ts";
import type { Mapping } from "./mapping.ts";
import { type CellContext, type Reading, readRule, readRules } from "./row-values.ts";

export type PlaceRule = Pick<Mapping["site"], "fields" | "identifiers">;

/** The site that a row describes; null where `reading` says what is wrong with its cells. */
export function readPlace(rule: PlaceRule, context: CellContext, reading: Reading): SitePlace | null {
  const tree = readRules(rule.fields, context.row, context, reading, "site");
  const identifiers = rule.identifiers.flatMap(({ scheme, value: from }, at) => {
    const value = readRule(from, context.row, context, reading, `site.identifiers.${at}`);
    return value === undefined ? [] : [{ scheme, value: String(value) }];
  });
  if (identifiers.length > 0) tree["identifiers"] = identifiers;
  const parsed = sitePlace.safeParse(tree);
  if (parsed.success) return parsed.data;
  reading.problems.push(...schemaProblems(parsed.error, ["site"], reading, context.row));
  return null;
}

import { csvRow } from "@quasarix/shared/csv.ts";
import type { SiteOverlap } from "@quasarix/shared/duplicate/overlap.ts";
import type { PlaceRow } from "./import/list-rows.ts";
import { placeKey } from "./overlap-places.ts";
import { withoutOwnNumbers } from "./site-import.ts";

/** A row of the member's file, and what is known of its site; null where the row has no site yet. */
export interface RowAnswer extends PlaceRow {
  readonly known: SiteOverlap | null;
}

/** Row by row, in the order of the file. */
export function rowAnswers(
  rows: readonly PlaceRow[],
  sites: ReadonlyMap<string, string>,
  known: readonly SiteOverlap[],
): RowAnswer[] {
  const bySite = new Map(known.map((one) => [one.site, one]));
  return rows.map(({ line, place }) => {
    const site = sites.get(placeKey(withoutOwnNumbers(place)));
    return { line, place, known: (site === undefined ? undefined : bySite.get(site)) ?? null };
  });
}

export const isAnothers = ({ known }: RowAnswer): boolean =>
  known !== null && !known.own && (known.state === "usable" || known.state === "yes");

/** In words. */
export function answerOf({ known }: RowAnswer): string {
  if (known === null) return "no site yet";
  if (known.state === "planned") return "planned by another member";
  if (known.state === "expired") return known.own ? "expired (your own audit)" : "expired";
  if (known.state === "unknown") return "nothing known";
  if (known.state === "no") return "no usable audit";
  return known.own ? "usable (your own audit)" : "usable (another member's audit)";
}

const COLUMNS = ["line", "name", "city", "country", "site", "audit", "age in months", "missing topics"];

/** For a spreadsheet: a row for each that was taken. */
export const answersCsv = (answers: readonly RowAnswer[]): string =>
  [COLUMNS, ...answers.map(cells)].map(csvRow).join("");

const cells = (one: RowAnswer): string[] => {
  const { line, place, known } = one;
  return [
    String(line),
    place.name,
    place.city ?? "",
    place.country,
    known?.site ?? "",
    answerOf(one),
    known?.age ?? "",
    known?.missing?.join(" ") ?? "",
  ];
};

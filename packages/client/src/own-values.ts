import { isoDate } from "@quasarix/shared/audit/date.ts";
import { findingsBin, remediationBin } from "@quasarix/shared/benchmark/bands.ts";
import { metricId, metricKind } from "@quasarix/shared/benchmark/metric.ts";
import { cellOf, leafOf, type Series } from "@quasarix/shared/benchmark/plan.ts";
import type { Leaf } from "@quasarix/shared/benchmark/site-record.ts";
import type { OwnValue } from "@quasarix/shared/benchmark/use/own.ts";
import type { PlacedValue } from "@quasarix/shared/benchmark/use/position.ts";
import { regionOf } from "@quasarix/shared/registry/region.ts";
import { plainCell } from "./grant-cells.ts";
import { type CsvForm, readCsv } from "./import/csv.ts";
import { quoted, type RowProblem } from "./import/problem.ts";

/**
 * A file of one's own figures, in any order of columns. `value`: a score of 1 to 5, a number of findings, or days to close the
 * slowest one (`open` while it is). The last four may be missing; without `country` nobody knows a site's cell.
 */
export const OWN_COLUMNS = ["site", "metric", "value", "date", "country", "industry", "tier"] as const;
type OwnColumn = (typeof OWN_COLUMNS)[number];
const NEEDED: readonly OwnColumn[] = ["site", "metric", "value"];

/** `leaf`: where the site stands in the tree, as far as it is known. */
export interface OwnRow extends OwnValue {
  readonly leaf: Leaf | null;
}

export interface OwnRead {
  readonly rows: readonly OwnRow[];
  readonly problems: readonly RowProblem[];
}

const FORM: CsvForm = { encoding: "utf-8", delimiter: ",", multiline: true, lineLimit: 65_536 };
/** All of a file is held in memory. */
const MOST_ROWS = 1_000_000;

/** A bad cell is named by line and column and costs its row; the others go on. */
export async function readOwnValues(chunks: AsyncIterable<Uint8Array>): Promise<OwnRead> {
  const rows: OwnRow[] = [];
  const problems: RowProblem[] = [];
  let names: readonly string[] = [];
  for await (const item of readCsv(chunks, FORM)) {
    if (item.kind === "refused") return { rows: [], problems: [...problems, item.problem] };
    if (item.kind === "fault") problems.push(item.problem);
    if (item.kind === "header") {
      const problem = headerProblem(item.names);
      if (problem) return { rows: [], problems: [problem] };
      names = item.names;
    }
    if (item.kind !== "row") continue;
    if (rows.length >= MOST_ROWS) {
      const message = `a file holds at most ${MOST_ROWS} rows`;
      return { rows: [], problems: [{ line: item.line, column: 1, reason: "too-many-rows", message }] };
    }
    const read = rowOf(names, item.cells);
    if ("row" in read) rows.push(read.row);
    else problems.push({ line: item.line, column: names.indexOf(read.field) + 1, reason: "content", ...read });
  }
  return { rows, problems };
}

function headerProblem(names: readonly string[]): RowProblem | null {
  const no = (column: number, message: string): RowProblem => ({ line: 1, column, reason: "header", message });
  const strange = names.findIndex((name) => !(OWN_COLUMNS as readonly string[]).includes(name));
  if (strange >= 0) return no(strange + 1, `${quoted(names[strange] ?? "")} is none of ${OWN_COLUMNS.join(", ")}`);
  const twice = names.findIndex((name, at) => names.indexOf(name) !== at);
  if (twice >= 0) return no(twice + 1, `the column ${quoted(names[twice] ?? "")} is there twice`);
  const missing = NEEDED.find((name) => !names.includes(name));
  return missing === undefined ? null : no(names.length + 1, `the column \`${missing}\` is missing`);
}

type Row = { readonly row: OwnRow } | { readonly field: OwnColumn; readonly message: string };

function rowOf(names: readonly string[], cells: readonly string[]): Row {
  const text = (name: OwnColumn): string => plainCell(cells[names.indexOf(name)] ?? "");
  const [site, metric, date] = [text("site"), text("metric"), text("date")];
  if (site === "") return { field: "site", message: "must name a site" };
  if (!metricId.safeParse(metric).success)
    return {
      field: "metric",
      message: `${quoted(metric)} is no metric: \`score/<framework>@<version>/<benchmark>\`, \`findings/<severity>\` or \`remediation/days\``,
    };
  const value = binOf(metric, text("value"));
  if (value === null) return { field: "value", message: `${quoted(text("value"))}: ${VALUES[metricKind(metric)]}` };
  if (date !== "" && !isoDate.safeParse(date).success)
    return { field: "date", message: `${quoted(date)} is no date of the calendar as YYYY-MM-DD` };
  return { row: { site, metric, value, day: date === "" ? null : date, leaf: leafIn(text) } };
}

const VALUES = {
  score: "must be 1 to 5",
  findings: "must be the number of findings",
  remediation: "must be a number of days, or `open`",
} as const;

function binOf(metric: string, text: string): number | null {
  const kind = metricKind(metric);
  if (kind === "remediation" && text === "open") return remediationBin(null);
  if (!/^[0-9]{1,6}$/.test(text)) return null;
  const number = Number(text);
  if (kind === "score") return number >= 1 && number <= 5 ? number : null;
  return kind === "findings" ? findingsBin(number) : remediationBin(number);
}

function leafIn(text: (name: OwnColumn) => string): Leaf | null {
  const country = text("country").toUpperCase();
  if (country === "") return null;
  const named = (name: OwnColumn): string | null => (text(name) === "" ? null : text(name));
  return leafOf({ sector: named("industry"), country, tier: named("tier") }, regionOf(country));
}

/** Each value with the cell that its site belongs to, under this series of a plan. */
export function placedIn(series: Pick<Series, "cells">, rows: readonly OwnRow[]): PlacedValue[] {
  return rows.map(({ leaf, ...value }) => ({ ...value, cell: pathOf(series, leaf) }));
}

/** A name that no part has counts nowhere until the next plan: it is in no cell, which is not the same as not known. */
const NOWHERE = "";

function pathOf(series: Pick<Series, "cells">, leaf: Leaf | null): string | null {
  const [first, ...others] = series.cells;
  if (others.length === 0 && first !== undefined) return first.path;
  return leaf && (series.cells[cellOf(series, leaf)]?.path ?? NOWHERE);
}

import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { onePerCell } from "./cell-problems.ts";
import { readCsv } from "./csv.ts";
import { headerIndex, namedRow } from "./join.ts";
import { columnsOf, type ListMapping } from "./list-map.ts";
import { readPlace } from "./place.ts";
import type { RowProblem } from "./problem.ts";
import { newReading } from "./row-values.ts";

/** A row of a member's list that names a site. */
export interface PlaceRow {
  readonly line: number;
  readonly place: SitePlace;
}

export interface ListRead {
  readonly rows: readonly PlaceRow[];
  /** Of rows that are left out, by line and column. */
  readonly problems: readonly RowProblem[];
  /** Of rows that go on without something. */
  readonly warnings: readonly RowProblem[];
  /** The file was refused: what follows its last problem was not read. */
  readonly isRefused: boolean;
}

/** All of a list is held in memory. */
const MOST_ROWS = 100_000;
const LINE_LIMIT = 65_536;

/** Reads a list through its mapping. Bad rows are named; the others go on. */
export async function readMappedList(chunks: AsyncIterable<Uint8Array>, map: ListMapping): Promise<ListRead> {
  const rows: PlaceRow[] = [];
  const [problems, warnings]: [RowProblem[], RowProblem[]] = [[], []];
  const refused = (problem: RowProblem): ListRead => ({
    rows: [],
    problems: [...problems, problem],
    warnings,
    isRefused: true,
  });
  let header: ReadonlyMap<string, number> = new Map();
  for await (const item of readCsv(chunks, { ...map.file, lineLimit: LINE_LIMIT })) {
    if (item.kind === "refused") return refused(item.problem);
    if (item.kind === "fault") problems.push(item.problem);
    if (item.kind === "header") {
      const index = headerIndex(item.names, columnsOf(map));
      if (!(index instanceof Map)) return refused(index);
      header = index;
    }
    if (item.kind !== "row") continue;
    if (rows.length + problems.length >= MOST_ROWS) return refused(tooMany(item.line));
    const reading = newReading();
    const context = { file: map.file, joins: new Map(), row: namedRow(header, item.line, item.cells) };
    const place = readPlace(map.site, context, reading);
    problems.push(...onePerCell(reading.problems));
    warnings.push(...reading.warnings);
    if (place && reading.problems.length === 0) rows.push({ line: item.line, place });
  }
  return { rows, problems, warnings, isRefused: false };
}

const tooMany = (line: number): RowProblem => ({
  line,
  column: 1,
  reason: "too-many-rows",
  message: `a list holds at most ${MOST_ROWS} rows`,
});

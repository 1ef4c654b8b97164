import { type Bytes, fromUtf8 } from "@quasarix/shared/bytes.ts";
import { fail, ok, type Result } from "@quasarix/shared/result.ts";
import { type CsvForm, readCsv } from "./csv.ts";
import { parseLine } from "./csv-cells.ts";
import { type Headings, headingScore, recogniseHeadings } from "./headings.ts";
import type { RowProblem } from "./problem.ts";

/** How a spreadsheet's file is written, as found. */
export interface SheetForm {
  readonly encoding: CsvForm["encoding"];
  readonly delimiter: "," | ";" | "\t";
  /** The line of the header: exports put titles above it. */
  readonly headerLine: number;
}

export interface SheetRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Sheet extends SheetForm, Headings {
  readonly names: readonly string[];
  readonly rows: readonly SheetRow[];
  /** Rows that are no rows: the others go on. */
  readonly problems: readonly RowProblem[];
}

/** The file as a whole is not taken; the sentence says what to do. */
export interface SheetRefusal {
  readonly reason: "not-csv" | "encoding" | "header" | "too-many-rows";
  readonly message: string;
}

/** DESIGN 9 and issue 4: what a member brings on its first day. */
export const SHEET_ROWS = 4_000;
const SHEET_BYTES = 16 * 1024 * 1024;
const HEADER_WITHIN = 30;
const DELIMITERS = [",", ";", "\t"] as const;
const LINE_LIMIT = 64 * 1024;

const western = new TextDecoder("windows-1252");
const refuse = (reason: SheetRefusal["reason"], message: string) => fail<SheetRefusal>({ reason, message });

/** The first line that reads as a header, by the delimiter that reads most of it. */
function findHeader(lines: readonly string[]): Pick<SheetForm, "delimiter" | "headerLine"> | null {
  let best = { score: 0, delimiter: "," as SheetForm["delimiter"], headerLine: 0 };
  for (const [at, line] of lines.entries()) {
    for (const delimiter of DELIMITERS) {
      const parsed = parseLine(line, delimiter, null);
      const score = parsed.state === "whole" ? headingScore(parsed.cells.map((cell) => cell.trim())) : 0;
      if (score > best.score) best = { score, delimiter, headerLine: at + 1 };
    }
  }
  return best.score > 0 ? best : null;
}

/** The bytes from line `number` on; a byte-order mark before the first line is left away. */
function fromLine(bytes: Bytes, number: number): Bytes {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let line = 1; line < number; line++) at = bytes.indexOf(0x0a, at) + 1;
  return bytes.subarray(at);
}

const NO_HEADER =
  "no header row names a site: give the column of the sites' names a heading such as `Site name`, and one such as `Country`";

async function* once(bytes: Bytes): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Finds encoding, delimiter and header by itself, then reads every row of a spreadsheet that was saved as CSV. */
export async function readSheet(bytes: Bytes): Promise<Result<Sheet, SheetRefusal>> {
  if (bytes.length > SHEET_BYTES) return refuse("too-many-rows", `the file has more than ${SHEET_BYTES >> 20} MiB`);
  const encoding = fromUtf8(bytes) === null ? "windows-1252" : "utf-8";
  const start = western.decode(bytes.subarray(0, HEADER_WITHIN * LINE_LIMIT));
  const text = (encoding === "utf-8" && fromUtf8(bytes)) || start;
  const top = text.split(/\r?\n/, HEADER_WITHIN).map((line) => line.replace(/^\ufeff/, ""));
  const found = findHeader(top);
  const { delimiter, headerLine } = found ?? { delimiter: ",", headerLine: 1 };
  const form: CsvForm = { encoding, delimiter, multiline: true, lineLimit: LINE_LIMIT };
  let names: readonly string[] = [];
  const rows: SheetRow[] = [];
  const problems: RowProblem[] = [];
  for await (const item of readCsv(once(fromLine(bytes, headerLine)), form)) {
    if (item.kind === "refused") return refuse("not-csv", item.problem.message);
    if (item.kind === "header") names = item.names;
    if (item.kind === "fault") problems.push({ ...item.problem, line: item.problem.line + headerLine - 1 });
    if (item.kind === "row" && item.cells.some((cell) => cell.trim() !== ""))
      rows.push({ line: item.line + headerLine - 1, cells: item.cells });
    if (rows.length + problems.length > SHEET_ROWS)
      return refuse(
        "too-many-rows",
        `the file has more than ${SHEET_ROWS} rows: split it, and hand in its parts in turn`,
      );
  }
  if (!found) return refuse("header", NO_HEADER);
  return ok({ encoding, ...found, names, rows, problems, ...recogniseHeadings(names) });
}

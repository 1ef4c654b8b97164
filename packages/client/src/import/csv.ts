import { fromUtf8 } from "@quasarix/shared/bytes.ts";
import { cellAt, type OpenRecord, parseLine } from "./csv-cells.ts";
import { linesOf, type RawLine } from "./csv-lines.ts";
import type { RowProblem } from "./problem.ts";

export interface CsvForm {
  readonly encoding: "utf-8" | "windows-1252";
  readonly delimiter: string;
  /** May a quoted cell hold line breaks? If not, a quote left open is named on its own line and costs that line only. */
  readonly multiline: boolean;
  /** Bytes of one line, and of one record. */
  readonly lineLimit: number;
}

export type CsvItem =
  | { readonly kind: "header"; readonly names: readonly string[] }
  | { readonly kind: "row"; readonly line: number; readonly cells: readonly string[] }
  | { readonly kind: "fault"; readonly problem: RowProblem }
  /** The file cannot be read at all; nothing follows. */
  | { readonly kind: "refused"; readonly problem: RowProblem };

const western = new TextDecoder("windows-1252");

/** The offset of the first byte at which no well-formed UTF-8 character begins. */
function firstBadByte(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = [1, 2, 3, 4].find((it) => at + it <= bytes.length && fromUtf8(bytes.subarray(at, at + it)) !== null);
    if (length === undefined) return at;
    at += length;
  }
  return at;
}

const byteName = (byte: number | undefined) => `0x${(byte ?? 0).toString(16).padStart(2, "0")}`;

type Decoded = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: RowProblem };

function decodeLine(raw: RawLine, form: CsvForm): Decoded {
  const { number: line, bytes } = raw;
  const refuse = (reason: RowProblem["reason"], offset: number, message: string): Decoded => {
    const column = bytes ? cellAt(western.decode(bytes), offset, form.delimiter) : 1;
    return { ok: false, problem: { line, column, reason, message } };
  };
  if (!bytes) return refuse("line-too-long", 0, `the line has more than ${form.lineLimit} bytes`);
  const nul = bytes.indexOf(0);
  if (nul >= 0) return refuse("nul", nul, `byte ${nul + 1} of the line is NUL`);
  const cr = bytes.indexOf(0x0d);
  if (cr >= 0)
    return refuse("carriage-return", cr, `byte ${cr + 1} of the line is a carriage return without a line feed`);
  if (form.encoding === "windows-1252") return { ok: true, text: western.decode(bytes) };
  const text = fromUtf8(bytes);
  if (text !== null) return { ok: true, text };
  const bad = firstBadByte(bytes);
  const says = `byte ${bad + 1} of the line (${byteName(bytes[bad])}) is not UTF-8; if the file is Latin-1, say \`"encoding": "latin-1"\` in the mapping`;
  return refuse("encoding", bad, says);
}

/** Why the first bytes cannot be those of a CSV that we read, or null. */
function notCsv(first: Uint8Array): string | null {
  const [a, b] = first;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return "the file is UTF-16; save it as UTF-8";
  if (a === 0x1f && b === 0x8b) return "the file is compressed with gzip; unpack it, or name it `.gz`";
  if (a === 0x50 && b === 0x4b) return "the file is a ZIP or a spreadsheet; save it as CSV";
  return null;
}

const withoutMark = (raw: RawLine): RawLine =>
  raw.bytes?.[0] === 0xef && raw.bytes[1] === 0xbb && raw.bytes[2] === 0xbf
    ? { ...raw, bytes: raw.bytes.subarray(3) }
    : raw;

/** Raw lines with a way back: a record that fails after its first line gives the others back to be read as rows. */
class LineSource {
  readonly #lines: AsyncIterator<RawLine>;
  #returned: RawLine[] = [];

  constructor(lines: AsyncIterator<RawLine>) {
    this.#lines = lines;
  }

  async next(): Promise<RawLine | null> {
    const back = this.#returned.shift();
    if (back) return back;
    const read = await this.#lines.next();
    return read.done ? null : read.value;
  }

  giveBack(lines: readonly RawLine[]): void {
    this.#returned = [...lines, ...this.#returned];
  }
}

/** One record, or why there is none, and the lines it took after its first. */
type Taken = { readonly further: readonly RawLine[] } & (
  | { readonly kind: "row"; readonly line: number; readonly cells: readonly string[] }
  | { readonly kind: "fault"; readonly problem: RowProblem }
);

const SAYS: Partial<{ [reason in RowProblem["reason"]]: string }> = {
  "lone-quote": "a quote stands inside a cell that does not begin with one",
  "after-quote": "text follows the closing quote of a cell",
};

function openQuote(line: number, record: OpenRecord, multiline: boolean): RowProblem {
  const message = multiline
    ? "the quote that opens this cell is not closed"
    : 'the quote that opens this cell is not closed on its line; if cells hold line breaks, say `"multiline": true` in the mapping';
  return { line, column: record.cells.length + 1, reason: "open-quote", message };
}

async function recordFrom(first: RawLine, lines: LineSource, form: CsvForm): Promise<Taken> {
  const line = first.number;
  const further: RawLine[] = [];
  const fault = (problem: RowProblem): Taken => ({ kind: "fault", problem, further });
  let opened: OpenRecord | null = null;
  let carried: OpenRecord | null = null;
  let length = 0;
  for (let raw: RawLine | null = first; raw; raw = await lines.next()) {
    if (raw !== first) further.push(raw);
    length += raw.length + 1;
    const decoded = decodeLine(raw, form);
    if (!decoded.ok) return fault(opened ? openQuote(line, opened, true) : decoded.problem);
    const parsed = parseLine(decoded.text, form.delimiter, carried);
    if (parsed.state === "whole") return { kind: "row", line, cells: parsed.cells, further };
    if (parsed.state === "fault") {
      if (opened) return fault(openQuote(line, opened, true));
      const { reason, column, at } = parsed;
      return fault({ line, column, reason, message: `${SAYS[reason]} (character ${at} of the line)` });
    }
    opened ??= parsed.record;
    carried = parsed.record;
    if (!form.multiline || length > form.lineLimit) return fault(openQuote(line, opened, form.multiline));
  }
  return fault(openQuote(line, opened ?? { cells: [], open: "" }, true));
}

function faultOf(taken: Taken, wanted: number): RowProblem {
  if (taken.kind === "fault") return taken.problem;
  const found = taken.cells.length;
  const message = `the row has ${found} cells where the header has ${wanted}`;
  return { line: taken.line, column: Math.min(found, wanted) + 1, reason: "columns", message };
}

function named(problem: RowProblem, names: readonly string[]): RowProblem {
  const field = names[problem.column - 1];
  return field === undefined ? problem : { ...problem, field };
}

/**
 * Reads a CSV with a header row of cell names. Never throws for anything in the file and holds one record at a time;
 * a bad row is named and the rows after it go on. Empty lines are skipped.
 */
export async function* readCsv(chunks: AsyncIterable<Uint8Array>, form: CsvForm): AsyncGenerator<CsvItem> {
  const lines = new LineSource(linesOf(chunks, form.lineLimit));
  let names: readonly string[] | null = null;
  let atStart = true;
  for (let raw = await lines.next(); raw; raw = await lines.next()) {
    const refusal = atStart && raw.bytes ? notCsv(raw.bytes) : null;
    if (refusal) return yield { kind: "refused", problem: { line: 1, column: 1, reason: "not-csv", message: refusal } };
    const first: RawLine = atStart ? withoutMark(raw) : raw;
    atStart = false;
    if (first.bytes?.length === 0) continue;
    const record = await recordFrom(first, lines, form);
    if (!names) {
      if (record.kind === "fault") return yield { kind: "refused", problem: record.problem };
      names = record.cells.map((name) => name.trim());
      yield { kind: "header", names };
      continue;
    }
    if (record.kind === "row" && record.cells.length === names.length) {
      yield { kind: "row", line: record.line, cells: record.cells };
      continue;
    }
    // A quote that should not be there may have swallowed good rows: they are read again, from the second line on.
    lines.giveBack(record.further);
    yield { kind: "fault", problem: named(faultOf(record, names.length), names) };
  }
  if (!names)
    yield { kind: "refused", problem: { line: 1, column: 1, reason: "header", message: "the file has no header row" } };
}

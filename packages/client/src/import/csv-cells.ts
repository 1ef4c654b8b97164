import type { ProblemReason } from "./problem.ts";

/** What a record has so far when it goes over several lines: whole cells, and the text of the one whose quote is open. */
export interface OpenRecord {
  readonly cells: readonly string[];
  readonly open: string;
}

export type ParsedLine =
  | { readonly state: "whole"; readonly cells: readonly string[] }
  | { readonly state: "open"; readonly record: OpenRecord }
  | { readonly state: "fault"; readonly reason: ProblemReason; readonly column: number; readonly at: number };

const QUOTE = '"';

/** The text of a quoted cell from `from` (after its opening quote) and where it ends; `end` is -1 while it stays open. */
function quotedCell(text: string, from: number): { content: string; end: number } {
  let content = "";
  let start = from;
  for (;;) {
    const quote = text.indexOf(QUOTE, start);
    if (quote < 0) return { content: content + text.slice(start), end: -1 };
    content += text.slice(start, quote);
    if (text[quote + 1] !== QUOTE) return { content, end: quote + 1 };
    content += QUOTE;
    start = quote + 2;
  }
}

/** RFC 4180, strictly: a quote opens a cell or is doubled inside one, and stands nowhere else. `at` counts characters from 1. */
export function parseLine(text: string, delimiter: string, carried: OpenRecord | null): ParsedLine {
  if (!carried && !text.includes(QUOTE)) return { state: "whole", cells: text.split(delimiter) };
  const cells = carried ? [...carried.cells] : [];
  let at = 0;
  let lead = carried ? `${carried.open}\n` : null;
  for (;;) {
    if (lead !== null || text[at] === QUOTE) {
      const { content, end } = quotedCell(text, lead === null ? at + 1 : at);
      const cell = (lead ?? "") + content;
      lead = null;
      if (end < 0) return { state: "open", record: { cells, open: cell } };
      cells.push(cell);
      if (end === text.length) return { state: "whole", cells };
      if (text[end] !== delimiter) return { state: "fault", reason: "after-quote", column: cells.length, at: end + 1 };
      at = end + 1;
      continue;
    }
    const end = text.indexOf(delimiter, at);
    const cell = end < 0 ? text.slice(at) : text.slice(at, end);
    cells.push(cell);
    const quote = cell.indexOf(QUOTE);
    if (quote >= 0) return { state: "fault", reason: "lone-quote", column: cells.length, at: at + quote + 1 };
    if (end < 0) return { state: "whole", cells };
    at = end + 1;
  }
}

/** The number of the cell in which the character at `offset` stands. */
export function cellAt(text: string, offset: number, delimiter: string): number {
  const before = parseLine(text.slice(0, offset), delimiter, null);
  switch (before.state) {
    case "whole":
      return before.cells.length;
    case "open":
      return before.record.cells.length + 1;
    case "fault":
      return before.column;
  }
}

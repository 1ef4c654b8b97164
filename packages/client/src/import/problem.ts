/** Why a row, a cell or a whole file was not taken. */
export type ProblemReason =
  | "not-csv"
  | "header"
  | "too-many-rows"
  | "line-too-long"
  | "nul"
  | "encoding"
  | "carriage-return"
  | "lone-quote"
  | "open-quote"
  | "after-quote"
  | "columns"
  | "empty"
  | "number"
  | "date"
  | "no-case"
  | "formula"
  | "severity"
  | "content"
  | "too-large"
  | "key-again"
  | "changed";

/** A place in a file: `line` from 1 with the header counted, `column` the number of the cell from 1. */
export interface Place {
  /** Absent for the main file. */
  readonly file?: string;
  readonly line: number;
  readonly column: number;
  /** The column's name in the header. */
  readonly field?: string;
}

export interface RowProblem extends Place {
  readonly reason: ProblemReason;
  readonly message: string;
}

const SHOWN = 40;

/** Input in a message: in backticks, short, and with nothing that a terminal would obey. */
export function quoted(text: string): string {
  const safe = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]/gu, "\u{fffd}");
  return `\`${safe.length > SHOWN ? `${safe.slice(0, SHOWN).toWellFormed()}...` : safe}\``;
}

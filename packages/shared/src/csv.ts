/** RFC 4180, for people: CR LF, quotes where they are needed. Made to be opened in a spreadsheet, which takes some cells for formulas. */
export const CSV = "text/csv; charset=utf-8";

const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** CONVENTIONS 1: a cell that a spreadsheet would run as a formula gets an apostrophe in front, and stands as text. */
export function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One record with its line end. */
export const csvRow = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

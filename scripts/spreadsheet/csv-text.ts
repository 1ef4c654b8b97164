import type { HouseStyle, Said } from "./house-styles.ts";

/** Quoted where the style's delimiter, a quote or a line break stands in the cell. */
const cellText = (text: string, delimiter: string): string =>
  text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** A file as the member's office saves it. */
export function csvText({ delimiter, lineEnd, mark, above, columns }: HouseStyle, rows: readonly Said[]): string {
  const line = (cells: readonly string[]) => cells.map((cell) => cellText(cell, delimiter)).join(delimiter);
  const lines = [
    ...above,
    line(columns.map(([heading]) => heading)),
    ...rows.map((row) => line(columns.map(([, cell]) => cell(row)))),
  ];
  return `${mark}${lines.join(lineEnd)}${lineEnd}`;
}

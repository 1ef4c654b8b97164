import { readFileSync } from "node:fs";

const CELL = /("(?:[^"]|"")*"|[^,\n\r]*)(,|\r?\n|\r|$)/y;

/** The rows of a CSV file as objects by column. Read leniently: these are files of others, not input. */
export function rowsOf(file: string, loose = false): readonly Readonly<Record<string, string>>[] {
  const text = loose ? readFileSync(file, "latin1").replace(/, (?=["'])/g, ",") : readFileSync(file, "utf8");
  const rows: string[][] = [];
  let row: string[] = [];
  CELL.lastIndex = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (CELL.lastIndex < text.length) {
    const found = CELL.exec(text);
    if (!found) throw new Error(`${file}: cannot read at character ${CELL.lastIndex}`);
    const [, cell = "", end] = found;
    row.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === ",") continue;
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  }
  const [names = [], ...others] = rows;
  return others.map((cells) => Object.fromEntries(names.map((name, i) => [name, (cells[i] ?? "").trim()])));
}

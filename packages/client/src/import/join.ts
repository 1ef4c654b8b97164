import { type CsvForm, readCsv } from "./csv.ts";
import type { JoinRule } from "./mapping.ts";
import type { RowProblem } from "./problem.ts";

/** Cells of one row by the column's name, and where they stand. */
export interface NamedRow {
  readonly file?: string;
  readonly line: number;
  /** Null for a column that the file lacks. */
  cell(name: string): string | null;
  /** From 1. */
  columnOf(name: string): number;
}

export function namedRow(
  header: ReadonlyMap<string, number>,
  line: number,
  cells: readonly string[],
  file?: string,
): NamedRow {
  return {
    ...(file === undefined ? {} : { file }),
    line,
    cell: (name) => cells[header.get(name) ?? -1] ?? null,
    columnOf: (name) => (header.get(name) ?? 0) + 1,
  };
}

/** The wanted columns of a header, or the problem that one is missing or there twice. */
export function headerIndex(names: readonly string[], wanted: Iterable<string>): Map<string, number> | RowProblem {
  const index = new Map<string, number>();
  for (const name of wanted) {
    const at = names.indexOf(name);
    const again = at < 0 ? -1 : names.indexOf(name, at + 1);
    if (at >= 0 && again < 0) {
      index.set(name, at);
      continue;
    }
    const message =
      at < 0 ? `the mapping names a column \`${name}\` that the header lacks` : `the header has \`${name}\` twice`;
    return { line: 1, column: again < 0 ? 1 : again + 1, field: name, reason: "header", message };
  }
  return index;
}

interface Joined {
  readonly rows: NamedRow[];
  used: boolean;
}

export interface JoinTable {
  rowsFor(row: NamedRow): readonly NamedRow[];
  /** Rows that no row of the main file asked for. */
  unmatched(): number;
}

export type JoinRead = { readonly table: JoinTable | null; readonly problems: readonly RowProblem[] };

export interface JoinOptions {
  readonly rule: JoinRule;
  /** Columns that rules take from this file; only these are kept. */
  readonly columns: ReadonlySet<string>;
  readonly form: CsvForm;
  readonly rowLimit: number;
}

const keyOf = (row: NamedRow, columns: readonly string[]) =>
  JSON.stringify(columns.map((name) => row.cell(name)?.trim()));

/** Reads a joined file whole, since its order is its own: memory is the cells that the mapping names, of `rowLimit` rows at most. */
export async function readJoin(chunks: AsyncIterable<Uint8Array>, options: JoinOptions): Promise<JoinRead> {
  const { rule } = options;
  const [mains, theirs] = [Object.keys(rule.on), Object.values(rule.on)];
  const kept = [...options.columns];
  const position = new Map(kept.map((name, at) => [name, at]));
  const tests = Object.entries(rule.where ?? {});
  const byKey = new Map<string, Joined>();
  const problems: RowProblem[] = [];
  const refuse = (problem: RowProblem): JoinRead => ({
    table: null,
    problems: [...problems, { ...problem, file: rule.file }],
  });
  let header: Map<string, number> = new Map();
  let count = 0;
  for await (const item of readCsv(chunks, options.form)) {
    if (item.kind === "refused") return refuse(item.problem);
    if (item.kind === "fault") {
      problems.push({ ...item.problem, file: rule.file });
    } else if (item.kind === "header") {
      const index = headerIndex(item.names, [...theirs, ...kept, ...tests.map(([name]) => name)]);
      if (!(index instanceof Map)) return refuse(index);
      header = index;
    } else {
      const row = namedRow(header, item.line, item.cells);
      if (tests.some(([name, wanted]) => row.cell(name)?.trim() !== wanted)) continue;
      if (++count > options.rowLimit)
        return refuse({
          line: item.line,
          column: 1,
          reason: "too-many-rows",
          message: `a joined file has at most ${options.rowLimit} rows`,
        });
      add(byKey, keyOf(row, theirs), { row, rule, header, position, kept });
    }
  }
  return { table: tableOf(byKey, mains), problems };
}

interface Addition {
  readonly row: NamedRow;
  readonly rule: JoinRule;
  readonly header: ReadonlyMap<string, number>;
  readonly position: ReadonlyMap<string, number>;
  readonly kept: readonly string[];
}

function add(byKey: Map<string, Joined>, key: string, { row, rule, header, position, kept }: Addition): void {
  const known = byKey.get(key);
  if (known && rule.take === "first") return;
  const cells = kept.map((name) => row.cell(name) ?? "");
  const slim: NamedRow = {
    file: rule.file,
    line: row.line,
    cell: (name) => cells[position.get(name) ?? -1] ?? null,
    columnOf: (name) => (header.get(name) ?? 0) + 1,
  };
  if (known) known.rows.push(slim);
  else byKey.set(key, { rows: [slim], used: false });
}

function tableOf(byKey: ReadonlyMap<string, Joined>, mains: readonly string[]): JoinTable {
  return {
    rowsFor(row) {
      const found = byKey.get(keyOf(row, mains));
      if (!found) return [];
      found.used = true;
      return found.rows;
    },
    unmatched() {
      let rows = 0;
      for (const joined of byKey.values()) if (!joined.used) rows += joined.rows.length;
      return rows;
    },
  };
}

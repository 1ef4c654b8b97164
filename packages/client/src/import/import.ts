import type { CsvForm } from "./csv.ts";
import { readCsv } from "./csv.ts";
import { type AuditDraft, draftOf } from "./draft.ts";
import { headerIndex, type JoinTable, type NamedRow, namedRow, readJoin } from "./join.ts";
import { emptyJournal, type ImportJournal } from "./journal.ts";
import { type Mapping, rulesOf } from "./mapping.ts";
import type { Place, RowProblem } from "./problem.ts";
import { placeOf } from "./row-values.ts";

export type ImportItem =
  | { readonly kind: "draft"; readonly draft: AuditDraft }
  /** Acknowledged by an earlier run. */
  | { readonly kind: "known"; readonly line: number; readonly key: string }
  /** The same row again in this file; `first` is its line. */
  | { readonly kind: "repeat"; readonly line: number; readonly key: string; readonly first: number }
  /** One for each bad cell; the row is not imported. */
  | { readonly kind: "problem"; readonly problem: RowProblem }
  /** The row is imported all the same. */
  | { readonly kind: "warning"; readonly problem: RowProblem }
  /** Rows of a joined file that belong to no row of the main file. */
  | { readonly kind: "unmatched"; readonly join: string; readonly rows: number }
  /** The file cannot be read at all. Nothing follows. */
  | { readonly kind: "refused"; readonly problem: RowProblem };

export interface ImportLimits {
  readonly lineBytes: number;
  readonly rows: number;
  readonly joinRows: number;
}
/** A line of 1 MiB holds four times what a statement may; keys of a million rows take about 150 MB. */
const LIMITS: ImportLimits = { lineBytes: 1024 * 1024, rows: 1_000_000, joinRows: 2_000_000 };

export interface ImportSources {
  /** The main file's bytes, unpacked. */
  readonly main: AsyncIterable<Uint8Array>;
  /** A joined file's bytes, unpacked, by the name in the mapping: a file beside the main one. */
  open(file: string): AsyncIterable<Uint8Array>;
}

export interface ImportOptions {
  readonly mapping: Mapping;
  readonly sources: ImportSources;
  readonly journal?: ImportJournal;
  readonly limits?: Partial<ImportLimits>;
}

/** Columns that the mapping takes from the main file (`undefined`) or from a join. */
function columnsOf(mapping: Mapping, join: string | undefined): Set<string> {
  const names = new Set<string>();
  for (const { rule, join: from } of rulesOf(mapping)) if (from === join) names.add(rule.column);
  if (join !== undefined) return names;
  for (const name of [...mapping.key, ...mapping.site.key]) names.add(name);
  for (const rule of Object.values(mapping.joins)) for (const name of Object.keys(rule.on)) names.add(name);
  for (const rule of Object.values(mapping.groups)) if ("hash" in rule) for (const name of rule.hash) names.add(name);
  return names;
}

async function* readJoins(
  options: ImportOptions,
  form: CsvForm,
  limits: ImportLimits,
  tables: Map<string, JoinTable>,
): AsyncGenerator<ImportItem> {
  for (const [name, rule] of Object.entries(options.mapping.joins)) {
    const columns = columnsOf(options.mapping, name);
    const read = await readJoin(options.sources.open(rule.file), { rule, columns, form, rowLimit: limits.joinRows });
    const last = read.table ? null : read.problems.at(-1);
    for (const problem of read.problems) yield { kind: problem === last ? "refused" : "problem", problem };
    if (read.table) tables.set(name, read.table);
  }
}

/** Is this draft new? Keys of the run so far, each with the line and digest that had it first. */
async function sortOut(
  draft: AuditDraft,
  seen: Map<string, string>,
  journal: ImportJournal,
  place: Place,
): Promise<ImportItem> {
  const { key, digest, line } = draft;
  const again = (reason: "key-again" | "changed", message: string): ImportItem => ({
    kind: "problem",
    problem: { ...place, reason, message },
  });
  const earlier = seen.get(key);
  if (earlier !== undefined) {
    const [first, said] = earlier.split(" ");
    if (said === digest) return { kind: "repeat", line, key, first: Number(first) };
    return again("key-again", `line ${first} has the same key and says something else`);
  }
  seen.set(key, `${line} ${digest}`);
  const acknowledged = await journal.find(key);
  if (acknowledged === null) return { kind: "draft", draft };
  if (acknowledged === digest) return { kind: "known", line, key };
  return again("changed", "this row was imported before and said something else; an audit is corrected, never edited");
}

interface Run {
  readonly mapping: Mapping;
  readonly journal: ImportJournal;
  readonly limits: ImportLimits;
  readonly joins: ReadonlyMap<string, JoinTable>;
  /** Key -> line and digest of the row that had it first. */
  readonly seen: Map<string, string>;
}

/** What becomes of one row. */
async function* itemsOf(row: NamedRow, run: Run): AsyncGenerator<ImportItem> {
  const { mapping, joins, seen, limits } = run;
  const { draft, problems, warnings } = draftOf({ mapping, file: mapping.file, joins, row });
  for (const problem of problems) yield { kind: "problem", problem };
  if (!draft) return;
  if (seen.size >= limits.rows && !seen.has(draft.key)) {
    const message = `a file has at most ${limits.rows} rows; split it`;
    return yield { kind: "refused", problem: { line: row.line, column: 1, reason: "too-many-rows", message } };
  }
  const item = await sortOut(draft, seen, run.journal, placeOf(row, mapping.key[0] as string));
  if (item.kind === "draft") for (const problem of warnings) yield { kind: "warning", problem };
  yield item;
}

async function* readMain(main: AsyncIterable<Uint8Array>, form: CsvForm, run: Run): AsyncGenerator<ImportItem> {
  let header: ReadonlyMap<string, number> = new Map();
  for await (const item of readCsv(main, form)) {
    if (item.kind === "refused") {
      yield item;
    } else if (item.kind === "fault") {
      yield { kind: "problem", problem: item.problem };
    } else if (item.kind === "row") {
      yield* itemsOf(namedRow(header, item.line, item.cells), run);
    } else {
      const index = headerIndex(item.names, columnsOf(run.mapping, undefined));
      if (!(index instanceof Map)) return yield { kind: "refused", problem: index };
      header = index;
    }
  }
}

/**
 * Reads a CSV by a mapping: drafts of audits in file order, and every bad cell by line and column; good rows go on.
 * Pure but for its sources: it signs, sends and stores nothing. Rows that the journal has are not drafted again.
 */
export async function* importAudits(options: ImportOptions): AsyncGenerator<ImportItem> {
  const { mapping, journal = emptyJournal } = options;
  const limits = { ...LIMITS, ...options.limits };
  const form: CsvForm = { ...mapping.file, lineLimit: limits.lineBytes };
  const joins = new Map<string, JoinTable>();
  for await (const item of readJoins(options, form, limits, joins)) {
    yield item;
    if (item.kind === "refused") return;
  }
  const run: Run = { mapping, journal, limits, joins, seen: new Map() };
  for await (const item of readMain(options.sources.main, form, run)) {
    yield item;
    if (item.kind === "refused") return;
  }
  for (const [join, table] of joins) {
    const rows = table.unmatched();
    if (rows > 0) yield { kind: "unmatched", join, rows };
  }
}

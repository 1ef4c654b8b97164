import { isFormula, readCell, type Scalar } from "./cell.ts";
import type { JoinTable, NamedRow } from "./join.ts";
import { type ColumnRule, type FileRule, isConstant, type Mapping, type ValueRule } from "./mapping.ts";
import { type Place, type ProblemReason, quoted, type RowProblem } from "./problem.ts";

/** What the cells of a row are read in. */
export interface CellContext {
  readonly file: FileRule;
  readonly joins: ReadonlyMap<string, JoinTable>;
  readonly row: NamedRow;
}

export interface RowContext extends CellContext {
  readonly mapping: Mapping;
}

/** What has been read of one row: where each value came from, so that a refusal by a schema can name the cell. */
export interface Reading {
  readonly sources: Map<string, Place>;
  readonly problems: RowProblem[];
  readonly warnings: RowProblem[];
}

export const newReading = (): Reading => ({ sources: new Map(), problems: [], warnings: [] });

/** Where the cell of a column stands. */
export const placeOf = (row: NamedRow, field: string): Place => ({
  ...(row.file === undefined ? {} : { file: row.file }),
  line: row.line,
  column: row.columnOf(field),
  field,
});

/** The cell of a rule: of the row in hand, or of the first row of the rule's join. */
function cellOf(rule: ColumnRule, row: NamedRow, context: CellContext): { raw: string; place: Place } {
  const source = rule.join === undefined ? row : context.joins.get(rule.join)?.rowsFor(context.row)[0];
  if (!source) return { raw: "", place: placeOf(context.row, rule.column) };
  return { raw: source.cell(rule.column) ?? "", place: placeOf(source, rule.column) };
}

const problem = (place: Place, reason: ProblemReason, message: string): RowProblem => ({ ...place, reason, message });

/** One value by its rule, or undefined: absent, or named in `reading`. */
export function readRule(
  rule: ColumnRule,
  row: NamedRow,
  context: CellContext,
  reading: Reading,
  path: string,
): Scalar | undefined {
  const { raw, place } = cellOf(rule, row, context);
  reading.sources.set(path, place);
  const cell = readCell(raw, rule, context.file);
  if (cell.state === "absent") return undefined;
  if (cell.state === "bad") {
    const found = problem(place, cell.reason, cell.message);
    if (rule.bad === "drop") reading.warnings.push(found);
    else reading.problems.push(found);
    return undefined;
  }
  if (typeof cell.value === "string" && isFormula(raw) && rule.as === "text")
    reading.warnings.push(problem(place, "formula", `${quoted(raw)} begins like a formula; it is kept as text`));
  return cell.value;
}

export type Tree = { [member: string]: unknown };

/** Sets a value at a dotted path; the mapping's schema allows plain member names only. */
export function put(tree: Tree, path: string, value: unknown): void {
  const parts = path.split(".");
  const last = parts.pop() as string;
  let at = tree;
  for (const part of parts) {
    if (!Object.hasOwn(at, part)) at[part] = {};
    at = at[part] as Tree;
  }
  at[last] = value;
}

/** All values of a set of rules as one object. `base` is the path at which the object will stand. */
export function readRules(
  rules: Readonly<Record<string, ValueRule>>,
  row: NamedRow,
  context: CellContext,
  reading: Reading,
  base: string,
): Tree {
  const tree: Tree = {};
  for (const [path, rule] of Object.entries(rules)) {
    const value = isConstant(rule)
      ? rule.value
      : readRule(rule, row, context, reading, base === "" ? path : `${base}.${path}`);
    if (value !== undefined) put(tree, path, value);
  }
  return tree;
}

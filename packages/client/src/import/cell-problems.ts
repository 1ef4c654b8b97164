import type * as z from "zod";
import type { NamedRow } from "./join.ts";
import type { Place, RowProblem } from "./problem.ts";
import type { Reading } from "./row-values.ts";

/** The cell that a path was read from, or of its nearest ancestor; the row's first cell where the mapping itself gave the value. */
export function sourceOf(path: readonly PropertyKey[], reading: Reading, row: NamedRow): Place {
  for (let length = path.length; length > 0; length--) {
    const source = reading.sources.get(path.slice(0, length).map(String).join("."));
    if (source) return source;
  }
  return { ...(row.file === undefined ? {} : { file: row.file }), line: row.line, column: 1 };
}

/** What a schema refuses, each at the cell that it was read from. */
export function schemaProblems(
  error: z.ZodError,
  base: readonly string[],
  reading: Reading,
  row: NamedRow,
): RowProblem[] {
  return error.issues.map((issue) => {
    const path = [...base, ...issue.path];
    return {
      ...sourceOf(path, reading, row),
      reason: "content",
      message: `${path.map(String).join(".")}: ${issue.message}`,
    };
  });
}

/** Keeps the first problem of each cell: a cell that cannot be read is also missing to the schema. */
export function onePerCell(problems: readonly RowProblem[]): RowProblem[] {
  const cells = new Map<string, RowProblem>();
  for (const it of problems) {
    const cell = JSON.stringify([it.file, it.line, it.column]);
    if (!cells.has(cell)) cells.set(cell, it);
  }
  return [...cells.values()];
}

import type { Bytes } from "@quasarix/shared/bytes.ts";
import { fail, ok, type Result } from "@quasarix/shared/result.ts";
import type { Column } from "./headings.ts";
import { type DateOrder, dateEvidence } from "./headings-dates.ts";
import { readSheet, type Sheet, type SheetRefusal } from "./headings-file.ts";
import { type ListRow, readRow } from "./headings-rows.ts";
import type { RowProblem } from "./problem.ts";

export interface ListOptions {
  /** Asked for where a whole column could be read both ways. */
  readonly dates?: DateOrder | undefined;
  /** For rows that name no country. */
  readonly country?: string | undefined;
  /** YYYY-MM-DD: no audit was held after it. */
  readonly today?: string | undefined;
}

/** How a column of dates is read, and by what it was decided. */
export interface DateColumn {
  readonly heading: string;
  readonly order: DateOrder | null;
  readonly by: "asked" | "column" | "other-column" | "not-needed";
}

/** A member's spreadsheet as it was understood. */
export interface MemberList {
  readonly sheet: Sheet;
  readonly dates: readonly DateColumn[];
  readonly rows: readonly ListRow[];
  /** Of rows that are left out, by line and column. */
  readonly problems: readonly RowProblem[];
  /** Of rows that go on without something. */
  readonly warnings: readonly RowProblem[];
}

export type ListRefusal =
  | SheetRefusal
  | { readonly reason: "ambiguous-dates" | "mixed-dates"; readonly heading: string; readonly message: string };

const isDateColumn = ({ field }: Column) => field === "auditFrom" || field === "auditTo" || field === "validUntil";

/** One order for each column; a column that does not tell takes the order of the file's others, where they agree. */
function orderDates(sheet: Sheet, asked: DateOrder | undefined): Result<Map<number, DateColumn>, ListRefusal> {
  const found = sheet.columns.filter(isDateColumn).map((column) => ({
    column,
    ...dateEvidence(
      column.heading,
      sheet.rows.map(({ cells }) => cells[column.at] ?? ""),
    ),
  }));
  const told = new Set(found.map(({ order }) => order).filter((it) => it !== null));
  const [only = null] = told.size === 1 ? told : [];
  const orders = new Map<number, DateColumn>();
  for (const { column, order, conflict, needed } of found) {
    const { heading } = column;
    const refuse = (reason: "ambiguous-dates" | "mixed-dates", why: string) =>
      fail<ListRefusal>({ reason, heading, message: `column \`${heading}\`: ${why}` });
    if (asked !== undefined) orders.set(column.at, { heading, order: asked, by: "asked" });
    else if (conflict)
      return refuse(
        "mixed-dates",
        "some dates begin with the day and some with the month; say `--dates dmy` or `--dates mdy`, and the others are named",
      );
    else if (order !== null) orders.set(column.at, { heading, order, by: "column" });
    else if (!needed) orders.set(column.at, { heading, order: null, by: "not-needed" });
    else if (only !== null) orders.set(column.at, { heading, order: only, by: "other-column" });
    else
      return refuse(
        "ambiguous-dates",
        "no date in it has a day above 12, so nothing tells day from month; say `--dates dmy` or `--dates mdy`",
      );
  }
  return ok(orders);
}

/** The row without audits that lie ahead: the same object where there are none. */
function heldBy(row: ListRow, today: string | undefined): ListRow {
  const audits = row.audits.filter(({ auditFrom }) => today === undefined || auditFrom <= today);
  return audits.length === row.audits.length ? row : { ...row, audits };
}

function ahead(line: number, { columns }: Sheet): RowProblem {
  const column = columns.find(({ field }) => field === "auditFrom");
  const message = "an audit lies ahead, and is left out; `quasarix intent plan` is for those";
  return { line, column: (column?.at ?? 0) + 1, field: column?.heading ?? "", reason: "date", message };
}

/** Reads a spreadsheet of sites, with or without audits, by its headings alone. Bad rows are named; the others go on. */
export async function readList(bytes: Bytes, options: ListOptions = {}): Promise<Result<MemberList, ListRefusal>> {
  const read = await readSheet(bytes);
  if (!read.ok) return read;
  const sheet = read.value;
  const dates = orderDates(sheet, options.dates);
  if (!dates.ok) return dates;
  const orders = new Map([...dates.value].map(([at, { order }]) => [at, order]));
  const rows: ListRow[] = [];
  const problems: RowProblem[] = [...sheet.problems];
  const warnings: RowProblem[] = [];
  for (const cells of sheet.rows) {
    const it = readRow(cells, sheet.columns, orders, options.country ?? null);
    const row = it.row && heldBy(it.row, options.today);
    if (row) rows.push(row);
    if (row && row !== it.row) warnings.push(ahead(row.line, sheet));
    problems.push(...it.problems);
    warnings.push(...it.warnings);
  }
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return ok({ sheet, dates: [...dates.value.values()], rows, problems, warnings });
}

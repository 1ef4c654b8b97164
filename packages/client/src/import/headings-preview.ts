import type { DateColumn, MemberList } from "./headings-list.ts";
import type { ListRow } from "./headings-rows.ts";
import { FIELD_SAYS } from "./headings-words.ts";
import type { RowProblem } from "./problem.ts";

const SHOWN_ROWS = 3;
const SHOWN_PROBLEMS = 20;

const DELIMITER_SAYS = { ",": "comma", ";": "semicolon", "\t": "tab" } as const;
const ORDER_SAYS = { dmy: "day first", mdy: "month first" } as const;
const BY_SAYS: Readonly<Record<DateColumn["by"], string>> = {
  asked: "as asked",
  column: "told by the column itself",
  "other-column": "told by another column",
  "not-needed": "no date needs it",
};

const schemeSays = (id: string): string => id.replace(/^urn:quasarix:scheme:/, "");

function rowText({ line, place, audits }: ListRow): string {
  const where = [place.address, place.city, place.postcode, place.country].filter((it) => it !== undefined).join(", ");
  const says = audits.map(({ scheme, auditFrom, validUntil, result }) => {
    const until = validUntil === undefined ? "" : ` until ${validUntil}`;
    return `${schemeSays(scheme.id)} of ${auditFrom}${until}${result === undefined ? "" : `: ${result}`}`;
  });
  return `  line ${line}: ${place.name} | ${where} | ${says.length === 0 ? "no audit" : says.join("; ")}`;
}

export const problemText = ({ line, column, field, message }: RowProblem): string =>
  `  line ${line}, column ${column}${field === undefined ? "" : ` (${field})`}: ${message}`;

function some(title: string, problems: readonly RowProblem[]): string[] {
  if (problems.length === 0) return [];
  const more = problems.length - SHOWN_PROBLEMS;
  const shown = problems.slice(0, SHOWN_PROBLEMS).map(problemText);
  return [title, ...shown, ...(more > 0 ? [`  and ${more} more; --json has them all`] : [])];
}

/** A file's text must not steer our terminal. */
const printable = (line: string): string => line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\u{fffd}");

/** Lines for a person: which column is what, the first rows, and what was not understood. */
export function previewLines({ sheet, dates, rows, problems, warnings }: MemberList): string[] {
  const columns = sheet.columns.map(({ heading, field, scheme }) => {
    const of = scheme === null ? "" : ` of ${schemeSays(scheme)}`;
    return `  ${heading} = ${FIELD_SAYS[field]}${of}`;
  });
  const ordered = dates.filter(({ order }) => order !== null);
  const audits = rows.reduce((sum, row) => sum + row.audits.length, 0);
  const places = new Set(rows.map(({ place }) => JSON.stringify(place))).size;
  return [
    `Understood (${sheet.encoding}, ${DELIMITER_SAYS[sheet.delimiter]}, header on line ${sheet.headerLine}):`,
    ...columns,
    ...(sheet.unused.length > 0 ? [`Not used: ${sheet.unused.join(", ")}`] : []),
    ...ordered.map(({ heading, order, by }) => `Dates in ${heading}: ${ORDER_SAYS[order as "dmy"]} (${BY_SAYS[by]})`),
    "First rows:",
    ...rows.slice(0, SHOWN_ROWS).map(rowText),
    `${rows.length} rows of ${places} sites with ${audits} audits; ${new Set(problems.map(({ line }) => line)).size} rows are not taken`,
    ...some("Not taken:", problems),
    ...some("Left out of rows that are taken:", warnings),
  ].map(printable);
}

import { checkIdentifier, identifierProblem } from "@quasarix/shared/registry/identifiers.ts";
import { type SitePlace, sitePlace } from "@quasarix/shared/registry/site.ts";
import type { Column } from "./headings.ts";
import { countryNamed } from "./headings-countries.ts";
import { type DateOrder, readDay } from "./headings-dates.ts";
import type { SheetRow } from "./headings-file.ts";
import { type NamedScheme, schemeNamed } from "./headings-schemes.ts";
import type { Field } from "./headings-words.ts";
import { type ProblemReason, quoted, type RowProblem } from "./problem.ts";

/** An audit that a row says exists. `result` stands as the file has it. */
export interface RowAudit {
  readonly scheme: NamedScheme;
  readonly auditFrom: string;
  readonly auditTo?: string;
  readonly validUntil?: string;
  readonly result?: string;
}

export interface ListRow {
  readonly line: number;
  readonly place: SitePlace;
  /** One for each scheme that the row has a date of. */
  readonly audits: readonly RowAudit[];
}

export interface RowRead {
  /** Null where `problems` says why. */
  readonly row: ListRow | null;
  readonly problems: readonly RowProblem[];
  /** What was left out of a row that goes on. */
  readonly warnings: readonly RowProblem[];
}

/** For every column of dates its order, by the column's number. */
export type DateOrders = ReadonlyMap<number, DateOrder | null>;

const IDENTIFIERS: readonly Field[] = ["osid", "lei", "gln", "duns", "amfori", "sedex", "bpnl"];
/** Cells that say nothing, in plain lower case. */
const NOTHING = new Set([
  "",
  "-",
  "--",
  "n/a",
  "na",
  "n.a.",
  "none",
  "nil",
  "null",
  "unknown",
  "tbc",
  "tbd",
  "#n/a",
  "/",
  ".",
]);

/** Everything known of one row while it is read. */
class Reading {
  readonly problems: RowProblem[] = [];
  readonly warnings: RowProblem[] = [];
  readonly #row: SheetRow;
  readonly #columns: readonly Column[];

  constructor(row: SheetRow, columns: readonly Column[]) {
    this.#row = row;
    this.#columns = columns;
  }

  cell(column: Column): string {
    const text = (this.#row.cells[column.at] ?? "").replace(/[\s\p{Cc}]+/gu, " ").trim();
    return NOTHING.has(text.toLowerCase()) ? "" : text;
  }

  find(field: Field, scheme: string | null = null): Column | undefined {
    return this.#columns.find((it) => it.field === field && it.scheme === scheme);
  }

  text(field: Field, scheme: string | null = null): string {
    const column = this.find(field, scheme);
    return column ? this.cell(column) : "";
  }

  at(column: Column | undefined, reason: ProblemReason, message: string): RowProblem {
    const place = column ? { column: column.at + 1, field: column.heading } : { column: 1 };
    return { line: this.#row.line, ...place, reason, message };
  }
}

function addressOf(reading: Reading, columns: readonly Column[]): string {
  const lines = columns.filter(({ field }) => field === "address").map((column) => reading.cell(column));
  return lines.filter((line) => line !== "").join(", ");
}

function identifiersOf(reading: Reading) {
  return IDENTIFIERS.flatMap((scheme) => {
    const column = reading.find(scheme);
    const value = tidied(scheme, column ? reading.cell(column) : "");
    if (!column || value === "") return [];
    if (scheme === "sedex" && value.startsWith("ZC")) {
      const says = `${quoted(value)} names a company, not a site; the row goes on without it`;
      reading.warnings.push(reading.at(column, "content", says));
      return [];
    }
    const checked = checkIdentifier(scheme, value);
    if (checked.ok) return [{ scheme: scheme as string, value }];
    const why = identifierProblem(scheme, value, checked.failure);
    reading.warnings.push(reading.at(column, "content", `${why}; the row goes on without it`));
    return [];
  });
}

/** Spreadsheets put spaces and dashes into numbers, and drop the zero in front. */
function tidied(scheme: Field, value: string): string {
  const bare = value.replace(/\s/g, "").toUpperCase();
  if (scheme !== "duns" && scheme !== "gln") return bare;
  const digits = bare.replace(/-/g, "");
  return /^\d{8}$/.test(digits) && scheme === "duns" ? `0${digits}` : digits;
}

function positionOf(reading: Reading): { lat: number; lon: number } | object {
  const [lat, lon] = (["lat", "lon"] as const).map((field) => reading.text(field).replace(",", "."));
  if (!lat || !lon) return {};
  const fits = Math.abs(Number(lat)) <= 90 && Math.abs(Number(lon)) <= 180;
  if (fits) return { lat: Number(lat), lon: Number(lon) };
  reading.warnings.push(reading.at(reading.find("lat"), "number", "is no position on the globe; it is left out"));
  return {};
}

const FORMULA = "a formula stands here: save the sheet with its values";

const NO_COUNTRY =
  "the country is missing: a site is never matched without one; `--country XX` says it for every row that names none";

function countryOf(reading: Reading, fallback: string | null): string | null {
  const column = reading.find("country");
  const text = column ? reading.cell(column) : "";
  if (text === "") {
    if (fallback === null) reading.problems.push(reading.at(column, "empty", NO_COUNTRY));
    return fallback;
  }
  const code = countryNamed(text);
  if (code === null)
    reading.problems.push(reading.at(column, "content", `${quoted(text)} is no country that is known here`));
  return code;
}

function placeOf(reading: Reading, columns: readonly Column[], country: string | null): SitePlace | null {
  const code = countryOf(reading, country);
  const name = reading.text("name");
  if (name === "") reading.problems.push(reading.at(reading.find("name"), "empty", "the site's name is missing"));
  const isFormula = name.startsWith("=");
  if (isFormula) reading.problems.push(reading.at(reading.find("name"), "content", FORMULA));
  if (code === null || name === "" || isFormula) return null;
  const identifiers = identifiersOf(reading);
  const texts = {
    address: addressOf(reading, columns),
    city: reading.text("city"),
    region: reading.text("region"),
    postcode: reading.text("postcode"),
  };
  const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ""));
  const tree = {
    name,
    country: code,
    ...given,
    ...positionOf(reading),
    ...(identifiers.length > 0 ? { identifiers } : {}),
  };
  const parsed = sitePlace.safeParse(tree);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    const field = String(path[0]) as Field;
    reading.problems.push(reading.at(reading.find(field), "content", `${path.join(".")}: ${message}`));
  }
  return null;
}

/** The day in a column; undefined where the cell is empty, null where a problem or a warning says why there is none. */
function dayOf(reading: Reading, column: Column | undefined, orders: DateOrders): string | null | undefined {
  const text = column ? reading.cell(column) : "";
  if (!column || text === "") return undefined;
  const day = readDay(text, orders.get(column.at) ?? null);
  if (day !== null && day !== "ambiguous") return day;
  const message = day === null ? "is no date of the calendar" : "could be two days: say `--dates dmy` or `--dates mdy`";
  reading.problems.push(reading.at(column, "date", `${quoted(text)} ${message}`));
  return null;
}

function schemeOfRow(reading: Reading, scheme: string | null): NamedScheme | null {
  const version = reading.text("version", scheme);
  const said = { version: version === "" ? "unknown" : version.slice(0, 40).toWellFormed().trim() };
  if (scheme !== null) return { id: scheme, ...said };
  const column = reading.find("scheme");
  const text = column ? reading.cell(column) : "";
  if (!column || text === "") {
    reading.warnings.push(
      reading.at(column, "empty", "an audit date stands here without a scheme; the audit is left out"),
    );
    return null;
  }
  const named = schemeNamed(text);
  if (named) return version === "" ? named : { ...named, ...said };
  reading.warnings.push(
    reading.at(column, "no-case", `${quoted(text)} is no scheme of the catalogue; the audit is left out`),
  );
  return null;
}

function auditOf(reading: Reading, scheme: string | null, orders: DateOrders): RowAudit | null {
  const days = (["auditFrom", "auditTo", "validUntil"] as const).map((field) =>
    dayOf(reading, reading.find(field, scheme), orders),
  );
  const [auditFrom, auditTo, validUntil] = days;
  if (auditFrom === undefined || days.includes(null)) return null;
  const named = schemeOfRow(reading, scheme);
  if (named === null) return null;
  for (const [field, day] of [
    ["auditTo", auditTo],
    ["validUntil", validUntil],
  ] as const) {
    if (!day || day >= (auditFrom as string)) continue;
    reading.problems.push(reading.at(reading.find(field, scheme), "date", `${day} is before the audit began`));
    return null;
  }
  const result = reading.text("result", scheme).slice(0, 120).toWellFormed().trim();
  return {
    scheme: named,
    auditFrom: auditFrom as string,
    ...(auditTo ? { auditTo } : {}),
    ...(validUntil ? { validUntil } : {}),
    ...(result === "" ? {} : { result }),
  };
}

/** One row as a site and the audits that it says exist. `country` stands in where the row names none. */
export function readRow(
  row: SheetRow,
  columns: readonly Column[],
  orders: DateOrders,
  country: string | null,
): RowRead {
  const reading = new Reading(row, columns);
  const place = placeOf(reading, columns, country);
  const schemes = new Set(columns.filter(({ field }) => field === "auditFrom").map(({ scheme }) => scheme));
  const audits = [...schemes].map((scheme) => auditOf(reading, scheme, orders)).filter((it) => it !== null);
  const { problems, warnings } = reading;
  const read = place && problems.length === 0 ? { line: row.line, place, audits } : null;
  return { row: read, problems, warnings };
}

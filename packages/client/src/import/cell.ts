import { isDay } from "@quasarix/shared/audit/date.ts";
import type { ColumnRule, FileRule } from "./mapping.ts";
import { type ProblemReason, quoted } from "./problem.ts";

export type Scalar = string | number | boolean;

export type Cell =
  | { readonly state: "value"; readonly value: Scalar }
  | { readonly state: "absent" }
  | { readonly state: "bad"; readonly reason: ProblemReason; readonly message: string };

const ABSENT: Cell = { state: "absent" };
const value = (it: Scalar): Cell => ({ state: "value", value: it });
const bad = (reason: ProblemReason, message: string): Cell => ({ state: "bad", reason, message });

/** Would a spreadsheet run this cell? (CONVENTIONS 1: `= + - @`, tab, CR.) */
export const isFormula = (raw: string): boolean => /^[=+\-@\t\r]/.test(raw);

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

function readNumber(text: string, whole: boolean): Cell {
  const formula = isFormula(text) && !NUMBER.test(text);
  if (formula) return bad("formula", `${quoted(text)} is a formula where a number stands`);
  const number = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(number) || (whole && !Number.isSafeInteger(number)))
    return bad("number", `${quoted(text)} is not a ${whole ? "whole " : ""}number`);
  return value(number);
}

const TOKENS = /YYYY|MM|DD|M|D/g;
const LENGTH: Readonly<Record<string, string>> = {
  YYYY: "([0-9]{4})",
  MM: "([0-9]{2})",
  DD: "([0-9]{2})",
  M: "([0-9]{1,2})",
  D: "([0-9]{1,2})",
};

interface DateForm {
  readonly form: RegExp;
  readonly order: readonly string[];
}
const forms = new Map<string, DateForm>();

function dateForm(format: string): DateForm {
  const known = forms.get(format);
  if (known) return known;
  const order = [...format.matchAll(TOKENS)].map((token) => token[0].charAt(0));
  const literal = format.replace(/[^A-Za-z0-9]/g, "\\$&");
  const made = { form: new RegExp(`^${literal.replace(TOKENS, (token) => LENGTH[token] ?? "")}$`), order };
  forms.set(format, made);
  return made;
}

const two = (number: number) => String(number).padStart(2, "0");

function readDate(text: string, format: string): Cell {
  const { form, order } = dateForm(format);
  const parts = form.exec(text);
  const part = (letter: string) => Number(parts?.[order.indexOf(letter) + 1] ?? Number.NaN);
  const [year, month, day] = [part("Y"), part("M"), part("D")];
  if (!parts || !isDay(year, month, day)) return bad("date", `${quoted(text)} is not a date of the form ${format}`);
  return value(`${year}-${two(month)}-${two(day)}`);
}

/** The part of the cell between the rule's marks; null where what it should follow is not there. */
function cut(text: string, rule: ColumnRule): string | null {
  let part = text;
  if (rule.after !== undefined) {
    const at = part.indexOf(rule.after);
    if (at < 0) return null;
    part = part.slice(at + rule.after.length);
  }
  const end = rule.before === undefined ? -1 : part.indexOf(rule.before);
  return (end < 0 ? part : part.slice(0, end)).trim();
}

const nothing = (rule: ColumnRule): Cell => {
  if (rule.otherwise !== undefined) return value(rule.otherwise);
  return rule.optional ? ABSENT : bad("empty", "the cell is empty");
};

function chosen(text: string, rule: ColumnRule): Cell {
  const fits = rule.cases?.find((it) =>
    it.starts !== undefined ? text.startsWith(it.starts) : text.includes(it.contains ?? ""),
  );
  if (fits) return value(fits.value);
  if (rule.map && Object.hasOwn(rule.map, text)) return value(rule.map[text] as Scalar);
  if (rule.otherwise !== undefined) return value(rule.otherwise);
  return rule.optional && !rule.map
    ? ABSENT
    : bad("no-case", `${quoted(text)} is none of the values that the mapping names`);
}

/** Makes a value of one cell as its rule says. Text stays as it came but for outer spaces. */
export function readCell(raw: string, rule: ColumnRule, file: FileRule): Cell {
  const trimmed = raw.trim();
  if (trimmed === "" || file.empty.includes(trimmed)) return nothing(rule);
  const text = cut(trimmed, rule);
  if (text === null || text === "") return nothing(rule);
  if (rule.cases || rule.map) return chosen(text, rule);
  switch (rule.as) {
    case "text":
      return value(text);
    case "number":
      return readNumber(text, false);
    case "integer":
      return readNumber(text, true);
    case "date":
      return readDate(text, rule.format ?? "");
  }
}

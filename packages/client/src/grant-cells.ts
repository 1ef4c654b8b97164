import { isPurpose, type Purpose } from "@quasarix/shared/policy/purposes.ts";
import { type AuditSection, GRANTABLE_SECTIONS, isAuditSection, PRESETS } from "@quasarix/shared/policy/sections.ts";
import { fail, ok, type Result } from "@quasarix/shared/result.ts";
import { hashText, orgId, siteId } from "@quasarix/shared/wire/ids.ts";
import type * as z from "zod";
import { isFormula } from "./import/cell.ts";
import { quoted } from "./import/problem.ts";
import { readMoment } from "./moment.ts";

/** The columns of a file of grants, in any order; `from` may be empty and means now, `audit` may be missing. */
export const GRANT_COLUMNS = ["site", "grantee", "sections", "purposes", "from", "until", "audit"] as const;
export type GrantColumn = (typeof GRANT_COLUMNS)[number];

/** The sentence says what is wrong with the cell. */
export type CellRead<T> = Result<T, string>;

/** An apostrophe that a CSV of ours put before a cell (CONVENTIONS 1) comes off again. */
export const plainCell = (raw: string): string => raw.trim().replace(/^'(?=[=+\-@])/, "");

const no = (text: string, says: string): { readonly ok: false; readonly failure: string } =>
  fail(isFormula(text) ? `${quoted(text)} is a formula; ${says}` : `${quoted(text)}: ${says}`);

const fitting = <T extends z.ZodType<string>>(schema: T, text: string, says: string): CellRead<string> =>
  schema.safeParse(text).success ? ok(text) : no(text, says);

export const siteCell = (text: string): CellRead<string> => fitting(siteId, text, "must be a site's id, `site_...`");
export const auditCell = (text: string): CellRead<string> => fitting(hashText, text, "must be an audit's id");
export const granteeCell = (text: string): CellRead<string> =>
  text === "members" ? ok(text) : fitting(orgId, text, "must be an organisation's id, `org_...`, or `members`");

const namesIn = (text: string): string[] => text.split(/[\s,;|+]+/).filter((name) => name !== "");

/** A preset, or names with commas, semicolons or spaces between. */
export function sectionsCell(text: string): CellRead<AuditSection[]> {
  if (Object.hasOwn(PRESETS, text)) return ok([...PRESETS[text as keyof typeof PRESETS]]);
  const names = namesIn(text);
  const isGood = (name: string): name is AuditSection => isAuditSection(name) && GRANTABLE_SECTIONS.includes(name);
  if (names.length > 0 && names.every(isGood)) return ok(names);
  const presets = Object.keys(PRESETS).join("`, `");
  return no(names.find((name) => !isGood(name)) ?? text, `must be \`${presets}\`, or sections that can be granted`);
}

export function purposesCell(text: string): CellRead<Purpose[]> {
  const names = namesIn(text);
  if (names.length > 0 && names.every(isPurpose)) return ok(names);
  return no(names.find((name) => !isPurpose(name)) ?? text, "is no purpose");
}

export function momentCell(text: string): CellRead<number> {
  const at = readMoment(text);
  return at === null ? no(text, "must be a date, YYYY-MM-DD") : ok(at);
}

import { type AuditContent, auditContent } from "@quasarix/shared/audit/content.ts";
import { normaliseSeverity } from "@quasarix/shared/audit/severity.ts";
import { statementBound } from "@quasarix/shared/audit/size.ts";
import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { AUDIT_SECTIONS } from "@quasarix/shared/policy/sections.ts";
import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { MAX_STATEMENT_LENGTH } from "@quasarix/shared/statement/statement.ts";
import { onePerCell, schemaProblems, sourceOf } from "./cell-problems.ts";
import type { NamedRow } from "./join.ts";
import type { GroupRule, ListRule } from "./mapping.ts";
import { readPlace } from "./place.ts";
import { quoted, type RowProblem } from "./problem.ts";
import { newReading, put, type Reading, type RowContext, readRule, readRules, type Tree } from "./row-values.ts";

/** A site as the file names it. `key` is equal for rows that name the same one. */
export interface SiteDraft {
  readonly key: string;
  readonly place: SitePlace;
}

/** One row, ready to be signed. `key` never changes for a row (b64url SHA-256); `digest` changes with what it says. */
export interface AuditDraft {
  readonly key: string;
  readonly digest: string;
  readonly line: number;
  readonly site: SiteDraft;
  readonly content: AuditContent;
  /** The mapping's groups: who submits it, which auditor made it. */
  readonly groups: Readonly<Record<string, string>>;
}

export interface Drafted {
  /** Null when `problems` says why. */
  readonly draft: AuditDraft | null;
  readonly problems: readonly RowProblem[];
  readonly warnings: readonly RowProblem[];
}

const digestOf = (...parts: readonly unknown[]) => sha256(utf8(JSON.stringify(parts)));

const cellsOf = (row: NamedRow, columns: readonly string[]) => columns.map((name) => row.cell(name)?.trim() ?? "");

/** Scheme's word -> level by the versioned table; a word that the table lacks is a problem, never a guess. */
function levelled(element: Tree, scheme: string, path: string, reading: Reading, row: NamedRow): void {
  const original = element["severity"];
  if (typeof original !== "string") return;
  const read = normaliseSeverity(scheme, original);
  if (read.ok) {
    element["severity"] = read.value.severity;
    if (read.value.collaborative) element["collaborative"] = true;
    return;
  }
  const message =
    read.failure === "no-mapping"
      ? `there is no severity table for ${quoted(scheme)}`
      : `${quoted(original)} is no severity of ${quoted(scheme)}`;
  reading.problems.push({ ...sourceOf([...path.split("."), "severity"], reading, row), reason: "severity", message });
}

/** The elements of a list. One of the row's own is left out when none of its columns says anything. */
function readList(rule: ListRule, path: string, context: RowContext, reading: Reading): Tree[] {
  if ("join" in rule) {
    const rows = context.joins.get(rule.join)?.rowsFor(context.row) ?? [];
    return rows.map((row, at) => readRules(rule.fields, row, context, reading, `${path}.${at}`));
  }
  const elements: Tree[] = [];
  for (const fields of rule.rows) {
    const element = readRules(fields, context.row, context, reading, `${path}.${elements.length}`);
    const columns = Object.entries(fields).filter(([, field]) => "column" in field);
    const says = columns.some(
      ([name]) => name.split(".").reduce<unknown>((it, part) => (it as Tree)?.[part], element) !== undefined,
    );
    if (says || columns.length === 0) elements.push(element);
  }
  return elements;
}

function readContent(context: RowContext, reading: Reading): Tree {
  const tree: Tree = Object.fromEntries(AUDIT_SECTIONS.map((name) => [name, {}]));
  for (const [path, value] of flat(readRules(context.mapping.audit, context.row, context, reading, "")))
    put(tree, path, value);
  const scheme = String(((tree["existence"] as Tree)["scheme"] as Tree | undefined)?.["id"] ?? "");
  for (const [path, rule] of Object.entries(context.mapping.lists)) {
    const elements = readList(rule, path, context, reading);
    if (path === "findings.findings") {
      for (const [at, element] of elements.entries()) {
        element["number"] ??= at + 1;
        levelled(element, scheme, `${path}.${at}`, reading, context.row);
      }
    }
    put(tree, path, elements);
  }
  return tree;
}

/** Leaves of a tree by their dotted path: the sections are there already and must not be replaced. */
function* flat(tree: Tree, base = ""): Generator<[string, unknown]> {
  for (const [name, value] of Object.entries(tree)) {
    const path = base === "" ? name : `${base}.${name}`;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) yield* flat(value as Tree, path);
    else yield [path, value];
  }
}

function readSite(context: RowContext, reading: Reading): SiteDraft | null {
  const { site, id } = context.mapping;
  const place = readPlace(site, context, reading);
  if (!place) return null;
  const key = base64url(digestOf("quasarix/import/site/v1", id, ...cellsOf(context.row, site.key)));
  return { key, place };
}

function readGroup(name: string, rule: GroupRule, context: RowContext, reading: Reading): string | undefined {
  if ("from" in rule) {
    const value = readRule(rule.from, context.row, context, reading, `groups.${name}`);
    return value === undefined ? undefined : String(value);
  }
  const digest = digestOf("quasarix/import/group/v1", ...cellsOf(context.row, rule.hash));
  const drawn = new DataView(digest.buffer, digest.byteOffset).getUint32(0);
  return `${name}-${(drawn % rule.into) + 1}`;
}

function readGroups(context: RowContext, reading: Reading): Record<string, string> {
  const groups: Record<string, string> = {};
  for (const [name, rule] of Object.entries(context.mapping.groups)) {
    const value = readGroup(name, rule, context, reading);
    if (value !== undefined) groups[name] = value;
  }
  return groups;
}

const rowKey = (mappingId: string, cells: readonly string[]): string =>
  base64url(digestOf("quasarix/import/v1", mappingId, ...cells));

/** Turns a row into a draft by the mapping, or says for each of its cells why not. */
export function draftOf(context: RowContext): Drafted {
  const { row, mapping } = context;
  const reading = newReading();
  const site = readSite(context, reading);
  const groups = readGroups(context, reading);
  const parsed = auditContent.safeParse(readContent(context, reading));
  if (!parsed.success) reading.problems.push(...schemaProblems(parsed.error, [], reading, row));
  const refused = (): Drafted => ({ draft: null, problems: onePerCell(reading.problems), warnings: reading.warnings });
  if (!parsed.success || !site || reading.problems.length > 0) return refused();
  if (statementBound(parsed.data) > MAX_STATEMENT_LENGTH) {
    const message = `the audit would be larger than the ${MAX_STATEMENT_LENGTH} bytes of a statement`;
    reading.problems.push({ line: row.line, column: 1, reason: "too-large", message });
    return refused();
  }
  const content = parsed.data;
  const key = rowKey(mapping.id, cellsOf(row, mapping.key));
  const digest = base64url(digestOf(site.place, content));
  return { draft: { key, digest, line: row.line, site, content, groups }, problems: [], warnings: reading.warnings };
}

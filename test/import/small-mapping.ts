import type { ImportItem } from "@quasarix/client/import/import.ts";
import { journalFrom } from "@quasarix/client/import/journal.ts";
import { type Mapping, parseMapping } from "@quasarix/client/import/mapping.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { chunksOf, importAll } from "./files.ts";

/** The smallest mapping with a join, a list and an identifier. */
export const plain = {
  version: 1,
  id: "plain",
  notice: "made up",
  key: ["id"],
  site: {
    key: ["site"],
    fields: { name: { column: "site" }, country: { column: "country", map: { Turkey: "TR", India: "IN" } } },
    identifiers: [{ scheme: "gln", value: { column: "gln", optional: true } }],
  },
  audit: {
    "existence.scheme.id": { value: "urn:quasarix:scheme:smeta" },
    "existence.scheme.version": { value: "6.1" },
    "existence.auditFrom": { column: "date", as: "date", format: "DD.MM.YYYY" },
    "existence.announcement": { value: "unknown" },
    "existence.kind": { value: "unknown" },
    "existence.topics": { value: ["labour"] },
    "existence.assessor.kind": { value: "auditor" },
    "existence.sharing": { value: "unknown" },
    "scores.overall.scale": { value: "points" },
    "scores.overall.value": { column: "score", as: "number" },
    "scores.overall.original": { column: "score" },
  },
  lists: {
    "findings.findings": { join: "findings", fields: { title: { column: "title" }, severity: { column: "word" } } },
  },
  joins: { findings: { file: "findings.csv", on: { id: "audit" } } },
};

export function mappingOf(json: unknown): Mapping {
  const parsed = parseMapping(JSON.stringify(json));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return parsed.value;
}

export const HEAD = "id,site,country,gln,date,score\n";
export const GOOD = "8,Mill,India,,03.02.2025,71\n";
const FINDINGS =
  "audit,title,word\n8,Exit blocked,Critical\n8,Wages unclear,Collaborative action required\n9,Lost,Minor\n";

interface Given {
  readonly rows: string;
  readonly findings?: string;
  readonly json?: unknown;
  readonly journal?: string;
  readonly limits?: { joinRows: number };
}

export const run = ({ rows, findings = FINDINGS, json = plain, journal = "", limits }: Given): Promise<ImportItem[]> =>
  importAll({
    mapping: mappingOf(json),
    sources: { main: chunksOf(utf8(rows)), open: () => chunksOf(utf8(findings)) },
    journal: journalFrom(journal),
    limits: { rows: 5, joinRows: 6, ...limits },
  });

export const draftsOf = (items: readonly ImportItem[]) =>
  items.flatMap((it) => (it.kind === "draft" ? [it.draft] : []));
/** What was named, one line each: kind, file, line, column, field, reason. */
export const says = (items: readonly ImportItem[]) =>
  items.flatMap((it) => {
    if (!("problem" in it)) return [];
    const { file, line, column, field, reason } = it.problem;
    return [`${it.kind} ${file ?? "main"}:${line}:${column} ${field ?? "-"} ${reason}`];
  });

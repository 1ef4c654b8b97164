import type { ImportItem } from "./import.ts";
import type { Mapping } from "./mapping.ts";
import type { RowProblem } from "./problem.ts";

/** Counts of a run and every bad cell, up to `KEPT` of each list; `problems` and `warnings` count them all. */
export interface ImportReport {
  readonly mapping: string;
  readonly notice: string | null;
  readonly losses: readonly string[];
  drafts: number;
  findings: number;
  known: number;
  repeats: number;
  refused: boolean;
  problems: number;
  warnings: number;
  readonly problemList: RowProblem[];
  readonly warningList: RowProblem[];
  readonly sites: Set<string>;
  readonly groups: Map<string, Map<string, number>>;
  readonly unmatched: Map<string, number>;
}

/** Enough for any file that a person will mend by hand, and a bound on memory for one that nobody will. */
export const KEPT = 100_000;

export const newReport = (mapping: Pick<Mapping, "id" | "notice" | "losses">): ImportReport => ({
  mapping: mapping.id,
  notice: mapping.notice ?? null,
  losses: mapping.losses,
  drafts: 0,
  findings: 0,
  known: 0,
  repeats: 0,
  refused: false,
  problems: 0,
  warnings: 0,
  problemList: [],
  warningList: [],
  sites: new Set(),
  groups: new Map(),
  unmatched: new Map(),
});

function keep(list: RowProblem[], problem: RowProblem): void {
  if (list.length < KEPT) list.push(problem);
}

/** Adds an item of `importAudits` to the report. */
export function noteItem(report: ImportReport, item: ImportItem): void {
  switch (item.kind) {
    case "draft":
      report.drafts++;
      report.findings += item.draft.content.findings.findings?.length ?? 0;
      report.sites.add(item.draft.site.key);
      for (const [name, value] of Object.entries(item.draft.groups)) {
        const counts = report.groups.get(name) ?? new Map<string, number>();
        report.groups.set(name, counts.set(value, (counts.get(value) ?? 0) + 1));
      }
      return;
    case "known":
      report.known++;
      return;
    case "repeat":
      report.repeats++;
      return;
    case "refused":
    case "problem":
      report.refused ||= item.kind === "refused";
      report.problems++;
      keep(report.problemList, item.problem);
      return;
    case "warning":
      report.warnings++;
      keep(report.warningList, item.problem);
      return;
    case "unmatched":
      report.unmatched.set(item.join, item.rows);
  }
}

/** `violations.csv:12:3 (date): ...` */
function problemText(problem: RowProblem, mainFile: string): string {
  const { file = mainFile, line, column, field, message } = problem;
  return `${file}:${line}:${column}${field === undefined ? "" : ` (${field})`}: ${message}`;
}

const sorted = (counts: ReadonlyMap<string, number>) => [...counts].sort(([a], [b]) => (a < b ? -1 : 1));

/** For people. Ends in a line feed. */
export function reportText(report: ImportReport, mainFile: string): string {
  const lines = [
    `${report.drafts} audits with ${report.findings} findings at ${report.sites.size} sites, mapping ${report.mapping}`,
    `${report.known} imported before, ${report.repeats} rows repeated, ${report.problems} problems, ${report.warnings} warnings`,
  ];
  if (report.notice !== null) lines.unshift(`Note: ${report.notice}`);
  if (report.refused) lines.push("The file was refused: rows after the last problem were not read.");
  for (const [name, counts] of sortedGroups(report))
    lines.push(`${name}: ${counts.map(([value, count]) => `${value} ${count}`).join(", ")}`);
  for (const [join, rows] of report.unmatched) lines.push(`${rows} rows of \`${join}\` belong to no row of the file`);
  for (const loss of report.losses) lines.push(`Not carried over: ${loss}`);
  for (const it of report.problemList) lines.push(`problem ${problemText(it, mainFile)}`);
  for (const it of report.warningList) lines.push(`warning ${problemText(it, mainFile)}`);
  const left = report.problems + report.warnings - report.problemList.length - report.warningList.length;
  if (left > 0) lines.push(`and ${left} more`);
  return `${lines.join("\n")}\n`;
}

const sortedGroups = (report: ImportReport) =>
  [...report.groups].map(([name, counts]) => [name, sorted(counts)] as const);

/** For programs: the same, as plain JSON. */
export function reportJson(report: ImportReport): Record<string, unknown> {
  return {
    mapping: report.mapping,
    notice: report.notice,
    losses: report.losses,
    audits: report.drafts,
    findings: report.findings,
    sites: report.sites.size,
    known: report.known,
    repeats: report.repeats,
    refused: report.refused,
    groups: Object.fromEntries(sortedGroups(report).map(([name, counts]) => [name, Object.fromEntries(counts)])),
    unmatched: Object.fromEntries(report.unmatched),
    problems: { count: report.problems, list: report.problemList },
    warnings: { count: report.warnings, list: report.warningList },
  };
}

import path from "node:path";
import { draftTwinSays } from "@quasarix/shared/duplicate/twin-hint.ts";
import { chanceOf } from "../chance.ts";
import type { AuditDraft } from "../import/draft.ts";
import { importAudits } from "../import/import.ts";
import type { Mapping } from "../import/mapping.ts";
import { type ImportReport, newReport, noteItem, reportJson, reportText } from "../import/report.ts";
import { type ImportRun, runImport, sampleOf } from "../import-run.ts";
import { draftTwins } from "../import-twins.ts";
import { importStore } from "../node/import-store.ts";
import { allSites, siteIndex } from "../sites.ts";
import { argument, type Call, type Command, type Ended, isSet, must, needed, optional, several } from "./command.ts";
import { EXIT, UsageError } from "./exit.ts";
import { chunksOf } from "./input.ts";
import { readMapping } from "./mapping-file.ts";
import { type Session, session } from "./session.ts";
import { printable } from "./table.ts";

/** `--group member=member-1`: only rows of these groups. Several of one name: any of them. */
function groupFilter(call: Call, mapping: Mapping): (draft: AuditDraft) => boolean {
  const wanted = new Map<string, Set<string>>();
  for (const text of several(call, "group")) {
    const [name = "", value = ""] = text.split(/=(.*)/s);
    if (!Object.hasOwn(mapping.groups, name)) throw new UsageError(`the mapping has no group \`${name}\``);
    wanted.set(name, (wanted.get(name) ?? new Set()).add(value));
  }
  return ({ groups }) => [...wanted].every(([name, values]) => values.has(groups[name] ?? ""));
}

/** Joined files lie beside the main one; `--findings FILE` names the one of the join `findings` (or of the only join). */
function sourcesOf(call: Call, file: string, mapping: Mapping) {
  const given = optional(call, "findings");
  const joins = Object.entries(mapping.joins);
  const [, replaced] = joins.find(([name]) => name === "findings") ?? (joins.length === 1 ? (joins[0] ?? []) : []);
  if (given !== undefined && replaced === undefined) throw new UsageError("the mapping joins no file of findings");
  const open = (name: string) =>
    chunksOf(given !== undefined && name === replaced?.file ? given : path.join(path.dirname(file), name));
  return { main: chunksOf(file), open };
}

async function dryRun(call: Call, file: string, mapping: Mapping): Promise<Ended> {
  const report = newReport(mapping);
  const isOurs = groupFilter(call, mapping);
  const written = isSet(call, "twins") ? draftTwins() : null;
  let ours = 0;
  for await (const item of importAudits({ mapping, sources: sourcesOf(call, file, mapping) })) {
    noteItem(report, item);
    if (item.kind !== "draft" || !isOurs(item.draft)) continue;
    written?.note(item.draft);
    ours++;
  }
  const twins = written?.found().map(draftTwinSays) ?? [];
  const lines = [...twins.map(printable), `Dry run: nothing was signed or sent; ${ours} audits would be.`];
  const text = `${reportText(report, file)}${lines.join("\n")}\n`;
  return { value: { ...reportJson(report), dryRun: true, ours, twins }, text, exit: exitOf(report, null) };
}

const exitOf = (report: ImportReport, run: ImportRun | null) =>
  report.refused || report.problems > 0 || (run && (run.refused.length > 0 || run.withoutSite.length > 0))
    ? EXIT.refused
    : EXIT.done;

/** FORMATS 1.1: a sample of what intake made of our submissions, each checked digest by digest. */
async function confirmSome(call: Call, from: Session, run: ImportRun): Promise<{ confirmed: number; waiting: number }> {
  const count = Number(optional(call, "confirm") ?? "20");
  if (!Number.isSafeInteger(count) || count < 0) throw new UsageError("--confirm takes a number");
  const dice = chanceOf(from.client.host.random);
  const told = { confirmed: 0, waiting: 0 };
  for (const statement of sampleOf(run.posted, count, dice)) {
    const { audit } = must(await from.client.confirm(statement, 10_000));
    if (audit === null) told.waiting++;
    else told.confirmed++;
  }
  return told;
}

function runText(run: ImportRun, told: { confirmed: number; waiting: number } | null): string {
  const lines = [
    `${run.imported} in the log, each receipt checked${run.resumed > 0 ? ` (${run.resumed} from an interrupted run)` : ""}`,
    `${run.skipped} rows of other groups, ${run.withoutSite.length} without a site, ${run.refused.length} refused`,
  ];
  if (told) lines.push(`${told.confirmed} of intake's copies checked, ${told.waiting} still waiting for a round`);
  for (const { line, site } of run.withoutSite) lines.push(`line ${line}: no site here is \`${site}\``);
  for (const { line, why } of run.refused) lines.push(`line ${line}: ${why}`);
  return `${lines.join("\n")}\n`;
}

async function importFile(call: Call): Promise<Ended> {
  const file = argument(call, "FILE");
  const mapping = await readMapping(needed(call, "map"));
  if (isSet(call, "dry-run")) return dryRun(call, file, mapping);
  if (isSet(call, "twins")) throw new UsageError("--twins goes with --dry-run: look before you sign");
  const from = await session(call);
  const isOurs = groupFilter(call, mapping);
  const sites = siteIndex(must(await allSites(from.client)));
  const { store, journal } = await importStore(call.home, from.handle, mapping.id);
  const report = newReport(mapping);
  const { kind } = from.identity;
  const progress = (imported: number) =>
    call.terminal.progress("imported", imported, Math.max(imported, report.drafts));
  const items = importAudits({ mapping, sources: sourcesOf(call, file, mapping), journal });
  const run = must(await runImport({ author: from.author, kind, sites, store, report, isOurs, progress }, items));
  const told = kind === "member" ? await confirmSome(call, from, run) : null;
  call.terminal.endProgress();
  const { posted: _, ...counts } = run;
  return {
    value: { ...reportJson(report), ...counts, intake: told },
    text: reportText(report, file) + runText(run, told),
    exit: exitOf(report, run),
  };
}

export const auditImport: Command = {
  words: "audit import",
  usage: "FILE --map MAPPING [--dry-run [--twins]] [--findings FILE2] [--group NAME=VALUE]... [--confirm N]",
  says: "signs and posts the audits of a CSV; a second run imports nothing twice; --twins names reports of the file in nearly the same words",
  example: "quasarix audit import inspections.csv.gz --map mappings/chicago-food.json --dry-run",
  options: {
    map: { type: "string" },
    "dry-run": { type: "boolean" },
    twins: { type: "boolean" },
    findings: { type: "string" },
    group: { type: "string", multiple: true },
    confirm: { type: "string" },
  },
  run: importFile,
};

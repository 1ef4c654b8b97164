import { chanceOf } from "@quasarix/client/chance.ts";
import { type FsckReport, fsck } from "@quasarix/client/fsck.ts";
import type { AuditDraft } from "@quasarix/client/import/draft.ts";
import { type ImportRun, sampleOf } from "@quasarix/client/import-run.ts";
import { openSites, type SiteIndex, siteIndex } from "@quasarix/client/sites.ts";
import type { Progress } from "@quasarix/client/whole-log.ts";
import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import type { Workerd } from "../../bench/workerd.ts";
import { admitAll } from "../demonstration/admit.ts";
import { found, must, type Newcomer, type Party } from "../demonstration/party.ts";
import { type Job, reportAll } from "../demonstration/reports.ts";
import { logSize, typesIn, waitForLog, waitForPublication } from "./log-state.ts";
import { type Inspections, readInspections } from "./source.ts";
import { OPERATOR, onTrial } from "./trial.ts";

export interface Tried {
  readonly notice: string;
  readonly organisations: number;
  readonly sites: number;
  readonly inspections: number;
  readonly findings: number;
  /** Rows by auditor group, as the source names them. */
  readonly auditors: ReadonlyMap<string, number>;
  readonly submissions: number;
  /** Statements of each type in the log, as the operator's rows say. */
  readonly types: ReadonlyMap<string, number>;
  /** Intake's copies that were drawn by lot and checked digest by digest. */
  readonly confirmed: number;
  readonly fsck: FsckReport;
  /** By the clock; `server` is CPU, of all threads, where the system tells. */
  readonly seconds: Readonly<Record<"sites" | "submit" | "intake" | "fsck" | "all", number>> & {
    readonly server: number | null;
  };
}

const newcomers = (kind: string, names: readonly string[]): Newcomer[] =>
  names.map((name) => ({ handle: name.toLowerCase().replaceAll(" ", "-"), name, kind, country: "US" }));
/** In the order of the mapping's groups `member-1` to `member-5`. */
const MEMBERS = newcomers("member", ["Birch", "Heron", "Lantern", "Juniper", "Mallow"]);
const SUPPLIERS = newcomers("supplier", ["North Kitchens", "South Kitchens", "Lake Kitchens", "River Kitchens"]);

const AT_ONCE = 3;
const CONFIRMED_OF_EACH = 20;
const PATIENCE_MS = 30_000;

/** Members submit the inspections of their licences to a consortium founded for it, in `folder`; ends what it started. */
export async function tryChicago(
  source: string,
  { folder, limit, progress }: { readonly folder: string; readonly limit: number; readonly progress: Progress },
): Promise<Tried> {
  const began = performance.now();
  progress("reading", 0, 1);
  const inspections = await readInspections(source, limit);
  progress("reading", 1, 1);
  return onTrial(folder, (workerd, home) => tryOn(workerd, home, inspections, progress, began));
}

async function tryOn(
  { origin, cpuSeconds }: Workerd,
  home: string,
  { mapping, drafts, report }: Inspections,
  progress: Progress,
  began: number,
): Promise<Tried> {
  const { place, by } = await found(home, origin, OPERATOR);
  const parties = await admitAll(place, by, [...MEMBERS, ...SUPPLIERS], progress);
  const of = (some: readonly Newcomer[]) => some.map(({ handle }) => parties.get(handle) as Party);
  const opening = stopwatch();
  const sites = await openLicences(by, of(SUPPLIERS), drafts, progress);
  const opened = opening();
  const jobs = jobsOf(of(MEMBERS), drafts);
  const sent = await submitAll(
    origin,
    jobs,
    (some) => reportAll(place, { id: mapping.id, sites: sites.index }, some, AT_ONCE, progress),
    progress,
  );
  const confirmed = await confirmSome(jobs, sent.runs);
  await waitForPublication(origin);
  const checking = stopwatch();
  const checked = must(await fsck(by.client, progress));
  const times = { sites: opened, submit: sent.submit, intake: sent.intake, fsck: checking(), server: cpuSeconds() };
  return {
    notice: mapping.notice ?? "",
    organisations: 1 + parties.size,
    sites: sites.count,
    inspections: drafts.length,
    findings: report.findings,
    auditors: report.groups.get("auditor") ?? new Map(),
    submissions: sent.submissions,
    types: await typesIn(by),
    confirmed,
    fsck: checked,
    seconds: { ...times, all: (performance.now() - began) / 1000 },
  };
}

/** Each licence is with one member: the mapping deals them out. */
const jobsOf = (members: readonly Party[], drafts: readonly AuditDraft[]): Job[] =>
  members.map((party, at) => ({
    party,
    drafts: drafts.filter(({ groups }) => groups["member"] === `member-${at + 1}`),
  }));

/** Until intake has re-issued the last of them: with its audit, each submission is two entries of the log. */
async function submitAll(
  origin: string,
  jobs: readonly Job[],
  send: (jobs: readonly Job[]) => Promise<ImportRun[]>,
  progress: Progress,
) {
  const before = await logSize(origin);
  const clock = stopwatch();
  const runs = await send(jobs);
  const submit = clock();
  const submissions = runs.reduce((sum, { imported }) => sum + imported, 0);
  await waitForLog(origin, before + 2 * submissions, progress);
  return { runs, submissions, submit, intake: clock() };
}

function stopwatch(): () => number {
  const began = performance.now();
  return () => (performance.now() - began) / 1000;
}

/** The operator opens a site for each licence, the suppliers in turn answering for them. */
async function openLicences(
  operator: Party,
  suppliers: readonly Party[],
  drafts: readonly AuditDraft[],
  progress: Progress,
): Promise<{ index: SiteIndex; count: number }> {
  const places = new Map<string, SitePlace>();
  for (const { site } of drafts) if (!places.has(site.key)) places.set(site.key, site.place);
  const wanted = [...places.values()].map((place, at) => ({
    ...place,
    supplier: (suppliers[at % suppliers.length] as Party).who.org,
  }));
  const opened = must(await openSites(operator.client, operator.author, wanted, progress));
  const index = siteIndex([]);
  for (const [i, { id, outcome }] of opened.entries()) {
    if (!outcome.ok) must({ ok: false, failure: outcome.refusal });
    const { supplier: _, ...place } = wanted[i] as (typeof wanted)[number];
    index.add(place, id);
  }
  return { index, count: opened.length };
}

async function confirmSome(jobs: readonly Job[], runs: readonly ImportRun[]): Promise<number> {
  let confirmed = 0;
  for (const [i, { party }] of jobs.entries()) {
    const { client } = party;
    const dice = chanceOf(client.host.random);
    for (const statement of sampleOf(runs[i]?.posted ?? [], CONFIRMED_OF_EACH, dice)) {
      const { audit } = must(await client.confirm(statement, PATIENCE_MS));
      if (audit === null) throw new Error("intake has not re-issued a submission");
      confirmed++;
    }
  }
  return confirmed;
}

import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type FsckReport, fsck } from "@quasarix/client/fsck.ts";
import type { AuditDraft } from "@quasarix/client/import/draft.ts";
import { type ImportRun, sampleOf } from "@quasarix/client/import-run.ts";
import { newIdentity, writeIdentity } from "@quasarix/client/node/identity.ts";
import { openSites, type SiteIndex, siteIndex } from "@quasarix/client/sites.ts";
import type { Progress } from "@quasarix/client/whole-log.ts";
import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { health } from "@quasarix/shared/wire/health.ts";
import { startWorkerd, type Workerd } from "../../bench/workerd.ts";
import { admitAll } from "../demonstration/admit.ts";
import { found, must, type Newcomer, type Party } from "../demonstration/party.ts";
import { reportAll } from "../demonstration/reports.ts";
import { newSecrets } from "../start/secrets.ts";
import { type Inspections, readInspections } from "./source.ts";

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

const OPERATOR: Newcomer = { handle: "operator", name: "Trial Secretariat", kind: "operator", country: "CH" };
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
  const home = path.join(folder, "home");
  progress("reading", 0, 1);
  const inspections = await readInspections(source, limit);
  progress("reading", 1, 1);
  const { handle, ...facts } = OPERATOR;
  const operator = newIdentity({ ...facts, api: "", org: null });
  await writeIdentity(home, handle, operator);
  const workerd = await startWorkerd({
    state: path.join(folder, "state"),
    bindings: { ...newSecrets(operator.record.x) },
    onLine: () => {},
  });
  try {
    return await tryOn(workerd, home, inspections, progress, began);
  } finally {
    await workerd.stop();
  }
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
  const clock = stopwatch();
  const sites = await openLicences(by, of(SUPPLIERS), drafts, progress);
  const sitesSeconds = clock();
  const before = await logSize(origin);
  const jobs = of(MEMBERS).map((party, at) => ({
    party,
    drafts: drafts.filter(({ groups }) => groups["member"] === `member-${at + 1}`),
  }));
  const submitting = stopwatch();
  const runs = await reportAll(place, { id: mapping.id, sites: sites.index }, jobs, AT_ONCE, progress);
  const submitSeconds = submitting();
  const submissions = runs.reduce((sum, { imported }) => sum + imported, 0);
  await waitForLog(origin, before + 2 * submissions, progress);
  const intakeSeconds = submitting();
  const confirmed = await confirmSome(of(MEMBERS), runs);
  await waitForPublication(origin);
  const checking = stopwatch();
  const checked = must(await fsck(by.client, progress));
  return {
    notice: mapping.notice ?? "",
    organisations: 1 + parties.size,
    sites: sites.count,
    inspections: drafts.length,
    findings: report.findings,
    auditors: report.groups.get("auditor") ?? new Map(),
    submissions,
    types: await typesIn(by),
    confirmed,
    fsck: checked,
    seconds: {
      sites: sitesSeconds,
      submit: submitSeconds,
      intake: intakeSeconds,
      fsck: checking(),
      server: cpuSeconds(),
      all: (performance.now() - began) / 1000,
    },
  };
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

async function healthOf(origin: string) {
  const answer = await fetch(`${origin}/health`);
  return health.parse(await answer.json());
}

const logSize = async (origin: string): Promise<number> => (await healthOf(origin)).log.size;

/** Until intake has re-issued everything: each submission is two entries. */
async function waitForLog(origin: string, expected: number, progress: Progress): Promise<void> {
  let last = 0;
  for (let since = Date.now(); ; await sleep(200)) {
    const size = await logSize(origin);
    progress("log", Math.min(size, expected), expected);
    if (size >= expected) return;
    if (size > last) since = Date.now();
    last = size;
    if (Date.now() - since > PATIENCE_MS) throw new Error(`the log stands still at ${size} of ${expected}`);
  }
}

async function waitForPublication(origin: string): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; ; await sleep(200)) {
    const { log, published } = await healthOf(origin);
    if (published.size === log.size) return;
    if (Date.now() > until) throw new Error(`the log publishes no more: ${published.size} of ${log.size}`);
  }
}

async function confirmSome(members: readonly Party[], runs: readonly ImportRun[]): Promise<number> {
  let confirmed = 0;
  for (const [i, { client }] of members.entries()) {
    const dice = () => (client.host.random(1)[0] as number) / 256;
    for (const statement of sampleOf(runs[i]?.posted ?? [], CONFIRMED_OF_EACH, dice)) {
      const { audit } = must(await client.confirm(statement, PATIENCE_MS));
      if (audit === null) throw new Error("intake has not re-issued a submission");
      confirmed++;
    }
  }
  return confirmed;
}

async function typesIn({ client }: Party): Promise<Map<string, number>> {
  const types = new Map<string, number>();
  for (let after: number | null = -1; after !== null; ) {
    const page: { rows: readonly { type: string }[]; next: number | null } = must(
      await client.routes.operatorRows(after),
    );
    for (const { type } of page.rows) types.set(type, (types.get(type) ?? 0) + 1);
    after = page.next;
  }
  return types;
}

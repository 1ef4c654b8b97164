import { setTimeout as sleep } from "node:timers/promises";
import { atOnce } from "@quasarix/client/at-once.ts";
import { all } from "@quasarix/client/routes.ts";
import { allSites, openSites, siteIndex } from "@quasarix/client/sites.ts";
import type { Progress } from "@quasarix/client/whole-log.ts";
import type { SiteView } from "@quasarix/shared/wire/registry.ts";
import type { ReleaseView } from "@quasarix/shared/wire/releases.ts";
import { admitAll } from "./admit.ts";
import { draftOf, type Role } from "./audits.ts";
import { giveConsents } from "./consents.ts";
import { fiveQuarters } from "./days.ts";
import { publishFramework } from "./framework.ts";
import { giveGrants } from "./grants.ts";
import { orderNothingTwice } from "./no-audit-twice.ts";
import { found, must, type Newcomer, type Party, type Place, settled } from "./party.ts";
import { auditsOf, type Plan, sitesIn } from "./plan.ts";
import { adoptFoundingPlan, waitForRelease } from "./release.ts";
import { type Job, reportAll } from "./reports.ts";
import { respond } from "./responses.ts";

/** What stands when it is done, counted through the API. */
export interface Made {
  readonly place: Place;
  readonly operator: Party;
  readonly members: readonly Party[];
  readonly organisations: number;
  readonly sites: number;
  readonly grants: number;
  /** By provenance. */
  readonly audits: ReadonlyMap<string, number>;
  readonly release: ReleaseView;
}

const ID = "demonstration";
const AT_ONCE = 4;

/**
 * Makes the demonstration through the public API, or what an earlier run left of it. Every step asks what is there
 * first, and reports are written down before they are sent, so that it may be killed anywhere and run again.
 */
export async function demonstrate(
  { home, api, operator }: { readonly home: string; readonly api: string; readonly operator: Newcomer },
  plan: Plan,
  progress: Progress,
): Promise<Made> {
  const { place, by } = await found(home, api, operator);
  await settled(by);
  const parties = await admitAll(place, by, [...plan.members, ...plan.auditors, ...plan.suppliers], progress);
  const of = (some: readonly Newcomer[]) => some.map(({ handle }) => parties.get(handle) as Party);
  const [members, auditors, suppliers] = [of(plan.members), of(plan.auditors), of(plan.suppliers)];
  await publishFramework(by);
  const sites = unauditedFirst(await openAll(by, suppliers, plan, progress), plan);
  const jobs = [...jobsOf("auditor", auditors, plan), ...jobsOf("member", members, plan)];
  await reportAll(place, { id: ID, sites: siteIndex(sites) }, jobs, AT_ONCE, progress);
  const grants = await grantAll(suppliers, members, sites, progress);
  const audits = await waitForIntake(suppliers, auditsOf(plan), progress);
  await orderNothingTwice(members, sites);
  // Lists say whose suppliers the sites are, so they stand before the plan; the rest is done while its release is made.
  const adopted = await adoptFoundingPlan(by, members, progress);
  await atOnce(AT_ONCE, members, giveConsents);
  await atOnce(AT_ONCE, suppliers, respond);
  const release = await waitForRelease(by, adopted, progress);
  const organisations = must(await all((cursor) => by.client.routes.organisations({ cursor, limit: 100 }))).length;
  return { place, operator: by, members, organisations, sites: sites.length, grants, audits, release };
}

/** No report is of the plan's first site, so that there is one to order. */
const unauditedFirst = (sites: readonly SiteView[], plan: Plan): SiteView[] => {
  const isFirst = ({ name }: SiteView): boolean => name === sitesIn(plan)[0]?.name;
  return [...sites.filter(isFirst), ...sites.filter((site) => !isFirst(site))];
};

const jobsOf = (role: Role, parties: readonly Party[], plan: Plan): Job[] =>
  parties.map((party, turn) => {
    const length = role === "member" ? plan.submittedByEach : plan.signedByEach;
    const source = { sites: sitesIn(plan).slice(1), days: fiveQuarters(party.client.host.now()) };
    const reporter = { handle: party.handle, role, turn, of: parties.length };
    return { party, drafts: Array.from({ length }, (_, i) => draftOf(reporter, i + 1, source)) };
  });

async function openAll(operator: Party, suppliers: readonly Party[], plan: Plan, progress: Progress) {
  const known = new Set(must(await allSites(operator.client)).map(({ name }) => name));
  let done = known.size;
  await atOnce(AT_ONCE, suppliers, async ({ handle, who, client, author }) => {
    const missing = (plan.sites.get(handle) ?? []).filter(({ name }) => !known.has(name));
    const places = missing.map((place) => ({ ...place, supplier: who.org }));
    for (const { outcome } of must(await openSites(client, author, places, () => {})))
      if (!outcome.ok) must({ ok: false, failure: outcome.refusal });
    done += places.length;
    progress("sites", done, sitesIn(plan).length);
  });
  return must(await allSites(operator.client));
}

async function grantAll(
  suppliers: readonly Party[],
  members: readonly Party[],
  sites: readonly SiteView[],
  progress: Progress,
): Promise<number> {
  let done = 0;
  const counts = await atOnce(AT_ONCE, suppliers, async (supplier, turn) => {
    const own = sites.filter((site) => site.supplier === supplier.who.org);
    const count = await giveGrants(supplier, own, members, turn);
    progress("grants", ++done, suppliers.length);
    return count;
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

const PATIENCE_MS = 60_000;
const POLL_MS = 500;

/** Suppliers see that every audit of theirs exists, so together they see when intake has re-issued the last submission. */
async function waitForIntake(suppliers: readonly Party[], expected: number, progress: Progress) {
  for (const until = Date.now() + PATIENCE_MS; ; await sleep(POLL_MS)) {
    const lists = await atOnce(AT_ONCE, suppliers, async ({ client }) =>
      must(await all((cursor) => client.routes.audits({ cursor, limit: 100, purpose: "due-diligence" }))),
    );
    const counts = new Map<string, number>();
    for (const { provenance } of lists.flat()) counts.set(provenance, (counts.get(provenance) ?? 0) + 1);
    const seen = lists.flat().length;
    progress("audits", seen, expected);
    if (seen >= expected) return counts;
    if (Date.now() > until) throw new Error(`intake has re-issued too little: ${seen} of ${expected} audits are there`);
  }
}

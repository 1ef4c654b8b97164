import { runDurableObjectAlarm } from "cloudflare:test";
import { auditOf, siteOf } from "@quasarix/client/drafts.ts";
import { listingOf } from "@quasarix/client/listing-drafts.ts";
import { releasePlanOf, voteOf } from "@quasarix/client/release-drafts.ts";
import type { AuditContent } from "@quasarix/shared/audit/content.ts";
import type { Plan } from "@quasarix/shared/benchmark/plan.ts";
import type { ProposalBody, ProposalView, ReleasePlanView } from "@quasarix/shared/wire/releases.ts";
import { vi } from "vitest";
import { env, newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

/** Members that each stand behind sites of their own, all audited by one firm. */
export interface Pool {
  readonly world: World;
  readonly members: readonly Org[];
  readonly firm: Org;
  readonly mill: Org;
  /** By member, in their order. */
  readonly sites: readonly (readonly string[])[];
}

const NAMES = ["ash", "birch", "cedar", "dogwood", "elm", "fir", "gum", "hazel", "ivy"];

export const releasesStub = () => env.RELEASES.getByName(env.ORIGIN);

/** What the object has due now, once. */
export const look = () => runDurableObjectAlarm(releasesStub());

/** Years from now: an alarm that is due by a clock of the past goes off at once, and again and again. */
const NOW = Date.parse("2036-11-22T08:00:00Z");

/** By a clock that stands still, at `NOW` unless the test has set its own or brings a world. The test gives it back. */
export async function pool(members: number, each: number, world?: World): Promise<Pool> {
  if (!world && !vi.isFakeTimers()) vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  const made = world ?? (await newWorld());
  const mill = await made.admit("mill", "supplier");
  const firm = await made.admit("firm", "auditor");
  const orgs: Org[] = [];
  const sites: string[][] = [];
  for (const name of NAMES.slice(0, members)) {
    const org = await made.admit(name, "member");
    const own = await openPlaces(
      made,
      mill,
      Array.from({ length: each }, (_, i) => `${name} ${i}`),
    );
    await made.say(org, listingOf(org.id, { relation: "current", sites: own }));
    orgs.push(org);
    sites.push(own);
  }
  return { world: made, members: orgs, firm, mill, sites };
}

async function openPlaces(world: World, supplier: Org, names: readonly string[]): Promise<string[]> {
  const reserved = await Promise.all(names.map(() => world.reserve(supplier, "site")));
  const place = { supplier: supplier.id, country: "PT", sector: "textiles", tier: "1" };
  const texts = await Promise.all(
    reserved.map((one, i) => world.issue(supplier, siteOf(env.ORIGIN, one, { ...place, name: names[i] as string }))),
  );
  await world.lines("/v1/statements", texts, supplier);
  return reserved.map(({ id }) => id);
}

/** Critical findings of an audit, so many. */
export const findings = (critical: number): AuditContent["findings"] => ({
  findings: Array.from({ length: critical }, (_, i) => ({
    number: i + 1,
    severity: { level: 4 as const, original: "Critical", mapping: "urn:quasarix:scheme:smeta@1" },
    status: "open" as const,
  })),
});

/** One audit of each site on this day; how many critical findings goes by the site's number and `more`. */
export async function auditAll({ world, firm, sites }: Pool, day: string, more = 0): Promise<void> {
  const texts: string[] = [];
  for (const [i, site] of sites.flat().entries())
    texts.push(await world.issue(firm, auditOf(site, "auditor-signed", auditOn(day, (i + more) % 4))));
  const answers = await world.lines("/v1/statements", texts, firm);
  const refused = answers.find((one) => "problem" in one);
  if (refused) throw new Error(JSON.stringify(refused));
}

export const auditOn = (day: string, critical: number): AuditContent =>
  auditContent({ existence: { ...auditContent().existence, auditFrom: day }, findings: findings(critical) });

export const propose = ({ world }: Pick<Pool, "world">, ask: ProposalBody): Promise<ProposalView> =>
  world.json<ProposalView>(world.operator, "POST", "/v1/release-plans/proposals", ask);

export const planIn = ({ file }: ProposalView): Plan => JSON.parse(file) as Plan;

/** Put to the vote by the operator. */
export async function put({ world }: Pick<Pool, "world">, proposed: ProposalView): Promise<void> {
  const { profile, series } = planIn(proposed);
  const claims = { plan: proposed.plan, profile, series: series.map(({ name }) => name) };
  await world.say(world.operator, releasePlanOf(env.ORIGIN, claims));
}

export const vote = ({ world }: Pick<Pool, "world">, who: Org, on: string, choice: "yes" | "no" = "yes") =>
  world.say(who, voteOf(env.ORIGIN, { on, choice }));

export const planView = ({ world, members }: Pool, plan: string): Promise<ReleasePlanView> =>
  world.json<ReleasePlanView>(members[0] as Org, "GET", `/v1/release-plans/${plan}`);

/** Seconds since 1970 of a moment. */
export const at = (moment: string): number => Math.floor(Date.parse(moment) / 1000);

/** A plan that everybody voted for. */
export async function adopted(made: Pool, ask: ProposalBody): Promise<ProposalView> {
  const proposed = await propose(made, ask);
  await put(made, proposed);
  for (const member of made.members) await vote(made, member, proposed.plan);
  return proposed;
}

export const fileOf = ({ world }: Pick<Pool, "world">, who: Org, plan: string, cohort: string): Promise<Response> =>
  world.get(who, `/v1/releases/${plan}/${encodeURIComponent(cohort)}/file`);

export const phasesOf = async (made: Pool, plan: string): Promise<(string | undefined)[]> =>
  (await planView(made, plan)).running?.cohorts.map(({ phase }) => phase) ?? [];

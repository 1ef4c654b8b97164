import { buildPlan, type PlanAsk } from "@quasarix/shared/benchmark/build-plan.ts";
import { type CohortDates, cohortsOf, startOf } from "@quasarix/shared/benchmark/cohorts.ts";
import { Participation } from "@quasarix/shared/benchmark/participation.ts";
import type { Plan, SeriesName } from "@quasarix/shared/benchmark/plan.ts";
import { planHash, writePlan } from "@quasarix/shared/benchmark/plan-file.ts";
import { commitmentOf, type PlanSecrets, planSecrets, sponsorOf } from "@quasarix/shared/benchmark/plan-secrets.ts";
import type { Participant } from "@quasarix/shared/benchmark/site-record.ts";
import { type Bytes, utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { type AttackWorld, FIRST_YEAR, QUARTERS } from "./world.ts";

/** A plan that the real code made of a world's first four quarters, and all that its server keeps of it. */
export interface Planned {
  readonly world: AttackWorld;
  readonly plan: Plan;
  readonly bytes: Bytes;
  readonly hash: string;
  readonly secrets: PlanSecrets;
  readonly participants: readonly Participant[];
  /** In the order of the world's sites. */
  readonly sponsors: readonly (string | null)[];
  /** Index into the world's sites. */
  readonly siteNumbers: ReadonlyMap<string, number>;
}

const ROOT = sha256(utf8("root of the attacked consortium"));

export const quarterName = (quarter: number): string => `${FIRST_YEAR + Math.floor(quarter / 4)}-Q${(quarter % 4) + 1}`;
const FOUR = [0, 1, 2, 3].map(quarterName);
const YEAR = FIRST_YEAR + QUARTERS / 4 - 1;

/** Who took part in the first four quarters: what the plan may know. */
export function participantsOf(world: AttackWorld, planKey: Bytes): Participant[] {
  const participation = new Participation(FOUR, { today: `${YEAR}-01-01`, isFounding: false });
  for (const { site, day, isAccredited } of world.audits)
    participation.add({ site: world.sites[site]?.id ?? "", day, accredited: isAccredited });
  const byId = new Map(world.sites.map((site) => [site.id, site]));
  return participation.present().flatMap(({ site: id, quarters }) => {
    const site = byId.get(id);
    const sponsor = site && sponsorOf(planKey, id, site.members);
    return site && sponsor ? [{ site: id, leaf: site.leaf, sponsor, quarters }] : [];
  });
}

/** A quarterly series of the year's four quarters, or the year. */
const datesOf = (name: SeriesName): CohortDates[] =>
  name === "quarter" ? cohortsOf("quarter", `${YEAR}-Q1`, 4) : cohortsOf("year", `${YEAR}`, 1);

/** What the plan of these series is asked for, from participation alone. */
export function planAsk(world: AttackWorld, names: readonly SeriesName[], secrets: PlanSecrets): PlanAsk {
  return {
    consortium: world.name,
    series: names.map((name) => ({
      name,
      metrics: world.metrics,
      cohorts: datesOf(name).map((dates) => ({ ...dates, commitment: commitmentOf(secrets.secretOf(dates.id)) })),
    })),
    participants: participantsOf(world, secrets.planKey),
    quarters: FOUR,
    activeMembers: world.members.length,
    planKey: secrets.planKey,
    auditors: [],
    commitBy: startOf(`${YEAR}-03-01`),
  };
}

export const secretsOf = (world: AttackWorld): PlanSecrets => planSecrets(ROOT, sha256(utf8(world.name)));

/** The real plan; throws where the pool is too small for it. */
export function planOf(world: AttackWorld, names: readonly SeriesName[]): Planned {
  const secrets = secretsOf(world);
  const ask = planAsk(world, names, secrets);
  const built = buildPlan(ask);
  if (!built.ok) throw new Error(`${world.name}: ${JSON.stringify(built.failure)}`);
  const bytes = writePlan(built.value);
  const siteNumbers = new Map(world.sites.map(({ id }, i) => [id, i]));
  const sponsors = world.sites.map(({ id, members }) => sponsorOf(secrets.planKey, id, members));
  return {
    ...{ world, plan: built.value, bytes, hash: planHash(bytes), secrets },
    ...{ participants: ask.participants, sponsors, siteNumbers },
  };
}

/** Whether the real code makes a plan of these series at all. */
export const canPlan = (world: AttackWorld, names: readonly SeriesName[]): boolean =>
  buildPlan(planAsk(world, names, secretsOf(world))).ok;

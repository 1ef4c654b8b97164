import { buildPlan } from "@quasarix/shared/benchmark/build-plan.ts";
import { cohortsOf, endOf } from "@quasarix/shared/benchmark/cohorts.ts";
import { type Kept, withLatest } from "@quasarix/shared/benchmark/latest.ts";
import { Participation } from "@quasarix/shared/benchmark/participation.ts";
import { type Cohort, cellOf, type Plan, type Series } from "@quasarix/shared/benchmark/plan.ts";
import type { PlanRefusal } from "@quasarix/shared/benchmark/plan-refusal.ts";
import { commitmentOf, type PlanSecrets, planSecrets, sponsorOf } from "@quasarix/shared/benchmark/plan-secrets.ts";
import type { Leaf, Participant, SiteRecord } from "@quasarix/shared/benchmark/site-record.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { type Dice, diceOf } from "../demonstration/dice.ts";
import { type Inspection, METRICS } from "./inspections.ts";

/** The releases are of this year, their plan is built from who was inspected in the one before. */
export const YEAR = 2014;
export const BEFORE = ["Q1", "Q2", "Q3", "Q4"].map((quarter) => `${YEAR - 1}-${quarter}`);

/** Of one licence. The last line on it says what and where it is. */
interface Place {
  readonly leaf: Leaf;
  /** The members that it is dealt to. */
  readonly members: readonly string[];
}

export interface World {
  readonly members: number;
  readonly places: ReadonlyMap<string, Place>;
  readonly inspections: readonly Inspection[];
  readonly secrets: PlanSecrets;
  readonly participants: readonly Participant[];
}

const ROOT = sha256(utf8("quasarix: releases of a year of inspections"));
/** A licence is on the lists of so many members at most. */
const MOST_LISTS = 3;

function dealtTo(dice: Dice, members: number): readonly string[] {
  const lists = 1 + dice.below(Math.min(MOST_LISTS, members));
  const dealt = new Set<string>();
  while (dealt.size < lists) dealt.add(`member-${1 + dice.below(members)}`);
  return [...dealt];
}

/** Licences dealt to so many members: the same way in every run. */
export function worldOf(inspections: readonly Inspection[], members: number): World {
  const places = new Map<string, Place>();
  for (const { licence, leaf } of inspections) {
    const dealt = places.get(licence)?.members ?? dealtTo(diceOf(`licence ${licence}`), members);
    places.set(licence, { leaf, members: dealt });
  }
  const secrets = planSecrets(ROOT, sha256(utf8(`${members} members`)));
  const participants = participantsOf(inspections, places, secrets);
  return { members, places, inspections, secrets, participants };
}

function participantsOf(
  inspections: readonly Inspection[],
  places: ReadonlyMap<string, Place>,
  { planKey }: PlanSecrets,
): Participant[] {
  const seen = new Participation(BEFORE, { today: `${YEAR}-01-01`, isFounding: false });
  for (const { licence, day } of inspections) seen.add({ site: licence, day, accredited: true });
  return seen.present().map(({ site, quarters }) => {
    const { leaf, members } = places.get(site) as Place;
    return { site, leaf, quarters, sponsor: sponsorOf(planKey, site, members) as string };
  });
}

/** A quarterly and a yearly series; a small pool has the year alone. */
export function planOf({ members, participants, secrets }: World): Result<Plan, PlanRefusal> {
  const committed = (name: "quarter" | "year", first: string, count: number) => ({
    name,
    metrics: [...METRICS],
    cohorts: cohortsOf(name, first, count).map((dates) => ({
      ...dates,
      commitment: commitmentOf(secrets.secretOf(dates.id)),
    })),
  });
  const year = committed("year", `${YEAR}`, 1);
  const quarters = committed("quarter", `${YEAR}-Q1`, 4);
  return buildPlan({
    consortium: `Inspections of Chicago among ${members} members`,
    series: members < 8 ? [year] : [quarters, year],
    participants,
    quarters: BEFORE,
    activeMembers: members,
    planKey: secrets.planKey,
    auditors: [],
    commitBy: Math.min(...[year, quarters].map(({ cohorts: [first] }) => endOf(first as Cohort))),
  });
}

/** One record a licence: its latest inspection in the cohort. */
export function recordsOf(world: World, series: Series, { from, to }: Cohort): SiteRecord[] {
  const latest = new Map<string, Kept>();
  for (const { licence, day, values } of world.inspections)
    if (day >= from && day <= to) latest.set(licence, withLatest(latest.get(licence) ?? null, { day, values }));
  return [...latest].flatMap(([site, { values }]) => {
    const { leaf, members } = world.places.get(site) as Place;
    const cell = cellOf(series, leaf);
    return cell < 0 ? [] : [{ site, cell, values, sponsor: sponsorOf(world.secrets.planKey, site, members) as string }];
  });
}

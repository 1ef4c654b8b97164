import type { Bytes } from "../bytes.ts";
import { fail, ok, type Result } from "../result.ts";
import { ALL_PEERS, buildCells, type CellRule, countedOf, passes, thinnestOf } from "./atoms.ts";
import { endOf } from "./cohorts.ts";
import { type Cell, type Cohort, cellOf, type Plan, type Profile, type Series, type SeriesName } from "./plan.ts";
import type { PlanRefusal } from "./plan-refusal.ts";
import { commitmentOf } from "./plan-secrets.ts";
import { FEWEST_MEMBERS, marksOf, mostMetrics, type ProfileRule, profileOf, profileRule } from "./profile.ts";
import { sitesRoot } from "./site-commitments.ts";
import type { Participant } from "./site-record.ts";

export interface SeriesAsk {
  readonly name: SeriesName;
  /** The weightiest first. */
  readonly metrics: readonly string[];
  readonly cohorts: readonly Cohort[];
}

/** What a plan is built from: who was audited, by whom and when, and who stands behind it. No score is in it. */
export interface PlanAsk {
  readonly consortium: string;
  /** Absent: what the number of members asks for. */
  readonly profile?: Profile | undefined;
  readonly series: readonly SeriesAsk[];
  /** Each site once; of a founding plan those of its own four quarters. */
  readonly participants: readonly Participant[];
  /** The four quarters that were looked at; a quarterly series has to stand in each. */
  readonly quarters: readonly string[];
  readonly activeMembers: number;
  readonly planKey: Bytes;
  readonly auditors: readonly string[];
  /** Unix seconds. */
  readonly commitBy: number;
  /** Whom a founding plan would count, to say whether one would pass. */
  readonly founding?: readonly Participant[] | undefined;
}

/** BENCHMARKS 1.2 and 1.9. Says the same of the same participation, whatever order it comes in. */
export function buildPlan(ask: PlanAsk): Result<Plan, PlanRefusal> {
  const profile = ask.profile ?? profileOf(ask.activeMembers);
  if (profile === null) return fail({ reason: "too-few-members", members: ask.activeMembers, needed: FEWEST_MEMBERS });
  const refusal = misfit(profile, ask);
  if (refusal) return fail(refusal);
  const rule = profileRule(profile, ask.activeMembers);
  const series: Series[] = [];
  for (const { name, metrics, cohorts } of ask.series) {
    const cells = cellsFor(ask.participants, name, { ask, profile, rule });
    if (cells.length === 0) return fail(tooFew(name, { ask, profile, rule }));
    series.push({ name, metrics: [...metrics], cells, cohorts: [...cohorts] });
  }
  return ok({
    version: 1,
    ...{ consortium: ask.consortium, profile, says: rule.says, marks: marksOf(series.map(({ name }) => name)) },
    ...{ K: rule.K, W: rule.W, floor: rule.floor, b: rule.b },
    ...{ planKey: commitmentOf(ask.planKey), sites: placesRoot(ask, series) },
    ...{ auditors: [...ask.auditors], commitBy: ask.commitBy, series },
  });
}

/** What is wrong with the ask itself, whoever takes part. */
function misfit(profile: Profile, { series, activeMembers, commitBy }: PlanAsk): PlanRefusal | null {
  if (profileOf(activeMembers) !== profile) return { reason: "other-profile", profile, members: activeMembers };
  const names = series.map(({ name }) => name);
  const fit = new Set(names).size === names.length && (names.length === 1 || !names.includes("founding"));
  if (!fit || names.length === 0) return { reason: "series-together", series: names };
  for (const { name, metrics, cohorts } of series) {
    const most = mostMetrics(profile, name);
    if (most === null) return { reason: "no-such-series", profile, series: name };
    if (metrics.length > most) return { reason: "too-many-metrics", series: name, metrics: metrics.length, most };
    const latest = commitByLatest(name, cohorts[0] as Cohort);
    if (commitBy > latest) return { reason: "commits-late", series: name, commitBy, latest };
  }
  return null;
}

/** History is in before a founding plan: its vote has to be over before the cut-off. Others: before the first cohort is over. */
const commitByLatest = (name: SeriesName, first: Cohort): number => (name === "founding" ? first.cutoff : endOf(first));

interface Basis {
  readonly ask: PlanAsk;
  readonly profile: Profile;
  readonly rule: ProfileRule;
}

/** A cell is planned no thinner than it may be published. */
export const cellRuleOf = (
  { K, W, floor }: Pick<Plan, "K" | "W" | "floor">,
  name: SeriesName,
  quarters: readonly string[],
): CellRule => ({
  ...{ K, W: Math.max(W, floor.counted), sponsors: floor.sponsors },
  ...(name === "quarter" && { quarters }),
});

function cellsFor(participants: readonly Participant[], name: SeriesName, { ask, profile, rule }: Basis): Cell[] {
  const cellRule = cellRuleOf(rule, name, ask.quarters);
  if (profile === "eight") return buildCells(participants, cellRule);
  return passes(participants, cellRule) ? [ALL_PEERS] : [];
}

function tooFew(name: SeriesName, basis: Basis): PlanRefusal {
  const { ask, rule } = basis;
  const { K, W, sponsors, quarters } = cellRuleOf(rule, name, ask.quarters);
  const thinnest = thinnestOf(ask.participants, { K, W, sponsors, ...(quarters && { quarters }) });
  const others: [SeriesName, readonly Participant[]][] = [
    ["year", name === "quarter" ? ask.participants : []],
    ["founding", name === "founding" ? [] : (ask.founding ?? [])],
  ];
  return {
    ...{ reason: "too-few-counted", series: name, members: ask.activeMembers, most: K },
    ...{ counted: thinnest.counted, sponsors: thinnest.sponsors, needed: { counted: W, sponsors } },
    overall: countedOf(ask.participants, K).counted,
    instead: others.filter(([other, own]) => cellsFor(own, other, basis).length > 0).map(([other]) => other),
  };
}

function placesRoot({ participants, planKey }: PlanAsk, series: readonly Series[]): string {
  const sites = new Set(participants.map(({ site }) => site));
  if (sites.size !== participants.length) throw new Error("a site takes part twice");
  const pathOf = (one: Series, participant: Participant) => one.cells[cellOf(one, participant.leaf)]?.path ?? "";
  const places = participants.map((participant) => ({
    ...{ site: participant.site, sponsor: participant.sponsor },
    cells: series.map((one) => pathOf(one, participant)),
  }));
  return sitesRoot(planKey, places);
}

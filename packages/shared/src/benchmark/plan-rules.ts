import { ageOf, type CohortDates, cohortsOf, endOf, quarterOf } from "./cohorts.ts";
import type { Cell, Cohort, Condition, Plan, Series } from "./plan.ts";
import { FEWEST_MEMBERS, MEMBERS_OF_EIGHT, marksOf, mostMetrics, profileRule } from "./profile.ts";

/**
 * Every way in which a plan is no plan of its profile, a sentence each: what whoever votes can see without the participation
 * that it was built from. Empty for all that `buildPlan` makes.
 */
export function breachesOf(plan: Plan): string[] {
  return [...profileBreaches(plan), ...plan.series.flatMap((series) => [...seriesBreaches(plan, series)])];
}

/** What is imported after a founding plan was adopted may still count: so long its members have to look at it, in seconds. */
const FOUNDING_WAIT = 30 * 86_400;

/** A founding plan that counts sooner after its vote than BENCHMARKS 1.9 lets it: right in a demonstration alone. */
export const isHurried = ({ commitBy, series }: Pick<Plan, "commitBy" | "series">): boolean =>
  series.some(
    ({ name, cohorts }) => name === "founding" && cohorts.some(({ cutoff }) => cutoff < commitBy + FOUNDING_WAIT),
  );

/** Members as few as have five, and as many as have the first profile, between them name every rule there is. */
const SIZES = [FEWEST_MEMBERS, FEWEST_MEMBERS + 1, MEMBERS_OF_EIGHT];

function* profileBreaches(plan: Plan): Generator<string> {
  const { profile, K, W, floor, b, says, series, marks } = plan;
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const rules = SIZES.map((size) => profileRule(profile, size));
  if (!rules.some((rule) => same([rule.K, rule.W, rule.b], [K, W, b]) && same(rule.floor, floor)))
    yield `K ${K}, W ${W}, b ${b.join("/")} and a floor of ${floor.counted} counted of ${floor.sponsors} members are not this profile's`;
  if (!rules.some((rule) => rule.says === says)) yield `\`${says}\` is not what this profile says`;
  const names = series.map(({ name }) => name);
  if (!same(marks, marksOf(names))) yield "the marks are not those of its series";
  if (new Set(names).size < names.length) yield "a series stands twice";
  if (names.includes("founding") && (names.length > 1 || series[0]?.cohorts.length !== 1))
    yield "a founding plan is of one cohort alone";
}

function* seriesBreaches(plan: Plan, series: Series): Generator<string> {
  const { name, metrics, cells, cohorts } = series;
  const most = mostMetrics(plan.profile, name);
  if (most === null) yield `${name}: this profile has no such series`;
  else if (metrics.length > most) yield `${name}: ${metrics.length} metrics, at most ${most} may be`;
  if (new Set(metrics).size < metrics.length) yield `${name}: a metric stands twice`;
  if (plan.profile === "small" && (cells.length > 1 || cells[0]?.where.length !== 0))
    yield `${name}: a small pool has one cell, of all peers`;
  yield* overlaps(series);
  for (const cohort of cohorts) yield* cohortBreaches(plan, series, cohort);
  const sorted = cohorts.every((one, i) => i === 0 || (cohorts[i - 1] as Cohort).to < one.from);
  if (!sorted) yield `${name}: cohorts overlap, or are out of order`;
}

function* cohortBreaches({ commitBy }: Plan, { name, cohorts }: Series, cohort: Cohort): Generator<string> {
  const { id, from, to, cutoff, notBefore } = cohort;
  if (notBefore < ageOf(cohort)) yield `${id}: published before it is three months old`;
  if (cutoff < endOf(cohort)) yield `${id}: closed before it is over`;
  if (cutoff > notBefore) yield `${id}: published before it is closed`;
  const days = name === "founding" ? foundingDays(from, to) : daysOf(name, id);
  if (id !== days?.id || from !== days.from || to !== days.to) yield `${id}: its days are not those of its name`;
  const latest = name === "founding" ? cutoff : endOf(cohort);
  if (cohort === cohorts[0] && commitBy > latest) yield `${id}: the vote may be over after what is counted is known`;
}

const NAMES = { quarter: /^[0-9]{4}-Q[1-4]$/, year: /^[0-9]{4}$/ } as const;
const daysOf = (name: "quarter" | "year", id: string) => (NAMES[name].test(id) ? cohortsOf(name, id, 1)[0] : undefined);

/** Four quarters, by their first and their last day. */
function foundingDays(from: string, to: string): Pick<Cohort, "id" | "from" | "to"> {
  const four = cohortsOf("quarter", quarterOf(from), 4);
  const [first, , , last] = four as [CohortDates, CohortDates, CohortDates, CohortDates];
  return { id: `${quarterOf(from)}+${quarterOf(to)}`, from: first.from, to: last.to };
}

function* overlaps({ name, cells }: Series): Generator<string> {
  for (const [i, one] of cells.entries())
    for (const other of cells.slice(i + 1)) {
      if (one.path === other.path) yield `${name}: \`${one.path}\` stands twice`;
      if (!areApart(one, other)) yield `${name}: a site may be in \`${one.path}\` and in \`${other.path}\``;
    }
}

/** In some dimension no name fits both. */
export const areApart = (a: Cell, b: Cell): boolean =>
  a.where.some((one) => b.where.some((other) => one.by === other.by && exclude(one, other)));

function exclude(a: Condition, b: Condition): boolean {
  if ("in" in a)
    return "in" in b ? a.in.every((name) => !b.in.includes(name)) : a.in.every((name) => b.notIn.includes(name));
  return "in" in b && exclude(b, a);
}

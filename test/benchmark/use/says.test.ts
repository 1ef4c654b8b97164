import { countedCells, ReleaseBuild } from "@quasarix/shared/benchmark/build-release.ts";
import { releaseClaims } from "@quasarix/shared/benchmark/claims.ts";
import { cohortsOf } from "@quasarix/shared/benchmark/cohorts.ts";
import { lotOf } from "@quasarix/shared/benchmark/draw.ts";
import { isPublished } from "@quasarix/shared/benchmark/histogram.ts";
import { publish } from "@quasarix/shared/benchmark/life.ts";
import { noiseOf, withNoise } from "@quasarix/shared/benchmark/noise.ts";
import { type Plan, SERIES, type SeriesName } from "@quasarix/shared/benchmark/plan.ts";
import { profileRule } from "@quasarix/shared/benchmark/profile.ts";
import { RecordTable } from "@quasarix/shared/benchmark/record-table.ts";
import { readRelease, releaseHash } from "@quasarix/shared/benchmark/release-bytes.ts";
import type { Bins } from "@quasarix/shared/benchmark/release-file.ts";
import type { SiteRecord } from "@quasarix/shared/benchmark/site-record.ts";
import { chartOf } from "@quasarix/shared/benchmark/use/chart.ts";
import { chartSvg } from "@quasarix/shared/benchmark/use/chart-svg.ts";
import { noiseVariance } from "@quasarix/shared/benchmark/use/estimate.ts";
import { figuresOf } from "@quasarix/shared/benchmark/use/figures.ts";
import { placeOf } from "@quasarix/shared/benchmark/use/place.ts";
import { figureRows } from "@quasarix/shared/benchmark/use/rows.ts";
import { RULES, type Rule, sentencesOf } from "@quasarix/shared/benchmark/use/says.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { afterEach, describe, expect, test, vi } from "vitest";
import { HASH, planOf, WATER } from "./files.ts";

afterEach(() => vi.restoreAllMocks());

const MARK = "imported by members, not a sample";
const base = planOf({ cells: [{ path: "all", where: [] }] });
const only = base.series[0] as Plan["series"][number];
const seriesOf = (...names: SeriesName[]) => names.map((name) => ({ ...only, name }));

const eight: Plan = { ...base, ...profileRule("eight", 9), series: seriesOf("quarter", "year") };
const small: Plan = {
  ...base,
  ...profileRule("small", 6),
  profile: "small",
  marks: [MARK],
  series: seriesOf("year"),
};

/** `each[i]` suppliers of company i, all with one score unless said. */
const records = (each: readonly number[], score = 3): SiteRecord[] =>
  each.flatMap((suppliers, company) =>
    Array.from({ length: suppliers }, (_, i) => ({
      site: `site-${company}-${i}`,
      cell: 0,
      sponsor: `company-${company}`,
      values: new Uint8Array([score]),
    })),
  );

function release(plan: Plan, of: readonly SiteRecord[], secret = "secret") {
  const cohort = { id: "2026-Q1" };
  const build = new ReleaseBuild({
    ...{ plan, planHash: HASH, series: only, cohort, votes: HASH, secret: sha256(utf8(secret)) },
  });
  for (const one of of) build.add(one);
  return build.finish();
}

function counted(plan: Plan, of: readonly SiteRecord[]) {
  const table = new RecordTable({ cells: 1, metrics: 1 });
  for (const one of of) table.add(one);
  const [cell] = [...countedCells(table, table.bySite(), plan.K, lotOf(sha256(utf8("secret"))))];
  if (!cell) throw new Error("no cell");
  return cell;
}

const B2: [number, number] = [2, 1];
const chance = (noise: Bins): number => Math.exp(-noise.reduce((all, one) => all + Math.abs(one), 0) / 2);

/** Of two worlds the likelier, by who knows everything but which of them it is. */
const guess = (published: Bins, worlds: readonly Bins[]): number => {
  const likely = worlds.map((bins) => chance(published.map((bin, j) => bin - (bins[j] as number)) as Bins));
  return likely.indexOf(Math.max(...likely));
};

function hits(trials: number, worlds: readonly Bins[]): number {
  let right = 0;
  for (let trial = 0; trial < trials; trial++) {
    const truth = trial % worlds.length;
    const secret = sha256(utf8(`hits ${trial}`));
    const digest = sha256(utf8(`world ${truth}`));
    const noise = noiseOf({ secret, releaseId: "r", path: "all", metric: WATER, digest }, B2);
    if (guess(withNoise(worlds[truth] as Bins, noise), worlds) === truth) right++;
  }
  return right / trials;
}

const company = (records: number, score: 1 | 5): Bins => (score === 1 ? [records, 0, 0, 0, 0] : [0, 0, 0, 0, records]);

/** What each sentence says, shown on the code that it is about. */
const SHOWN: Readonly<Record<Rule, (plan: Plan) => void>> = {
  groups: (plan) => {
    const least = plan.floor.sponsors;
    const perCompany = Math.ceil(plan.floor.counted / least) + 1;
    const companies = (n: number) => release(plan, records(Array(n).fill(perCompany))).file;
    expect(companies(least)).toMatchObject({ cells: [{ path: "all" }], withheld: [] });
    expect(companies(least - 1)).toMatchObject({ cells: [], withheld: [{ path: "all" }] });
  },
  cap: (plan) => {
    const others = Array(9).fill(plan.K - 1);
    for (const many of [plan.K, plan.K + 1, 60])
      expect(counted(plan, records([many, ...others])).counted).toBe(plan.K + 9 * (plan.K - 1));
  },
  quarter: (plan) => {
    const { floor } = plan;
    expect(isPublished({ bins: [33, 0, 0, 0, 0], counted: 33, sponsors: 5, largest: 8 }, floor)).toBe(true);
    expect(isPublished({ bins: [33, 0, 0, 0, 0], counted: 33, sponsors: 5, largest: 9 }, floor)).toBe(false);
    // The floor is the least at which K leaves nobody more: it is met or the cell is withheld.
    expect(4 * plan.K).toBeLessThan(floor.counted);
  },
  once: (plan) => {
    const all = records(Array(9).fill(plan.K));
    expect(counted(plan, all).bins.reduce((sum, bin) => sum + bin, 0)).toBe(all.length);
    expect(() => release(plan, [...all, all[0] as SiteRecord])).toThrow("two records");
    // No day belongs to two files of one series, and none to no file.
    const [first, second] = cohortsOf("quarter", "2026-Q1", 2);
    expect([first?.to, second?.from]).toEqual(["2026-03-31", "2026-04-01"]);
  },
  noise: () => {
    // All is known but one supplier's score, and that each of the five is as likely.
    const worlds = [1, 2, 3, 4, 5].map((score) => [1, 2, 3, 4, 5].map((it) => (it === score ? 9 : 8)) as Bins);
    const right = hits(2_000, worlds);
    expect(right).toBeLessThan(0.44);
    expect(right).toBeGreaterThan(0.25);
  },
  whole: (plan) => {
    expect(hits(400, [company(1, 1), company(1, 5)])).toBeLessThan(0.8);
    expect(hits(400, [company(plan.K, 1), company(plan.K, 5)])).toBeGreaterThan(0.9);
  },
  weaker: (plan) => {
    const six = records(Array(6).fill(7));
    expect(release(plan, six).file.cells).toHaveLength(1);
    expect(release(eight, six).file.cells).toHaveLength(0);
  },
  margin: (plan) => {
    const bins = release(plan, records(Array(9).fill(5))).file.cells[0]?.bins as Bins;
    const figures = figuresOf(WATER, { bins, noise: noiseVariance(plan.b) });
    if (!figures) throw new Error("no figures");
    for (const [, says] of figureRows(figures)) expect(says).toMatch(/ \+- [0-9]/);
  },
  place: (plan) => {
    const asked = vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("nothing is asked"));
    const bins = release(plan, records(Array(9).fill(5))).file.cells[0]?.bins as Bins;
    const place = (own: readonly number[]) => placeOf({ bins, noise: noiseVariance(plan.b) }, WATER, own)?.percent;
    expect(place([5])).toBeGreaterThan(place([1]) as number);
    expect(asked).not.toHaveBeenCalled();
  },
  file: (plan) => {
    const all = records(Array(9).fill(5));
    const [first, again] = [release(plan, all), release(plan, [...all].reverse())];
    expect(again.bytes).toEqual(first.bytes);
    expect(releaseHash(first.bytes)).toBe(first.hash);
    expect(Object.keys(releaseClaims.shape)).toContain("file");
    const life = { phase: "published", closedAt: 1, publishedAt: 2, file: first.hash } as const;
    const cohort = { to: "2025-12-31", notBefore: 3 };
    expect(publish(life, { plan, cohort, now: 2_000_000_000, file: HASH })).toEqual({ ok: false, failure: "twice" });
    const other = utf8(new TextDecoder().decode(first.bytes).replace('"bins":[', '"bins":[1'));
    expect(releaseHash(other)).not.toBe(first.hash);
    expect(readRelease(utf8(`${new TextDecoder().decode(first.bytes)}\n`)).ok).toBe(false);
  },
  mark: (plan) => {
    const figures = figuresOf(WATER, { bins: [9, 9, 9, 9, 9], noise: 8 });
    if (!figures) throw new Error("no figures");
    const says = [plan.says, ...plan.marks];
    const chart = chartOf({ cohort: "2025-Q4+2026-Q3", branch: "all", metric: WATER, figures, says }, plan.K);
    expect(chart.notes.join()).toContain(MARK);
    expect(chartSvg(chart)).toContain(MARK);
  },
};

describe.each([
  { of: "eight or more", plan: eight },
  { of: "five to seven", plan: small },
])("a plan of $of companies says", ({ plan }) => {
  test.each(sentencesOf(plan))("$says", ({ rule }) => SHOWN[rule](plan));
});

test("the page of eight or more is that of BENCHMARKS 1.8, word for word", () => {
  expect(
    sentencesOf(eight)
      .map(({ says }) => says)
      .join(" "),
  ).toBe(
    "Once a quarter we count, for each group of at least eight companies, how many suppliers scored 1 to 5. No company counts for more than five suppliers. Each score is counted once, in one group, in one quarterly file (and once in the yearly one). Then we add or subtract a few suppliers at random, so that nobody - not even all the other companies together - can be sure what any one supplier scored. You see the result with its margin. Your own place is worked out on your side. The file never changes and its fingerprint is in the log.",
  );
});

describe("other plans", () => {
  const page = (plan: Plan) => sentencesOf(plan).map(({ says }) => says);
  test("a yearly one says so", () => {
    expect(page({ ...eight, series: seriesOf("year") })).toContain(
      "Each score is counted once, in one group, in one yearly file.",
    );
  });
  test("a founding one says how its audits came", () => {
    const says = page({ ...eight, marks: [MARK], series: seriesOf("founding") });
    expect(says[0]).toBe(
      "Once, to begin with, we count, for each group of at least eight companies, how many suppliers scored 1 to 5.",
    );
    expect(says.at(-1)).toBe(`These figures are ${MARK}.`);
  });
  test("of five members ten suppliers count for each", () => {
    expect(page({ ...small, ...profileRule("small", 5) })[1]).toBe("No company counts for more than ten suppliers.");
  });
  test("every rule is said somewhere, in words and without a hyphen too many", () => {
    const said = [eight, small].flatMap((plan) => sentencesOf(plan).map(({ rule }) => rule));
    expect(new Set(said)).toEqual(new Set(RULES));
    for (const name of SERIES)
      expect(page({ ...eight, series: seriesOf(name) }).join(" ")).not.toMatch(/undefined|NaN/);
  });
});

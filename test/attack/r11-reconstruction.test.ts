import { cellOf } from "@quasarix/shared/benchmark/plan.ts";
import type { Leaf, SiteRecord } from "@quasarix/shared/benchmark/site-record.ts";
import { describe, expect, test } from "vitest";
import { below, chance } from "./chance.ts";
import { cohortOf, countedOf, type Released, recordsOf, release } from "./harness.ts";
import { binsOf, looks, minus, openRule } from "./looks.ts";
import { measure, PATIENCE, sized } from "./measured.ts";
import { type Answer, nearestAnswer } from "./nearest-answer.ts";
import { planOf } from "./planning.ts";
import { SEEDS, worldOf } from "./world.ts";

const SUPPLIERS = 100;
const REQUESTS = 4 * SUPPLIERS;
const POOL = { name: "12 members, 200 suppliers", members: 12, suppliers: 200 };

/** One cohort of which a hundred suppliers have a record; what is sought of each is whether it has 4 or more. */
function target(seed: string) {
  const world = worldOf(POOL, seed);
  const of = cohortOf(planOf(world, ["year"]), "year");
  const records = recordsOf(of)
    .filter(({ values }) => (values[0] ?? 0) > 0)
    .slice(0, SUPPLIERS);
  const isGood = records.map(({ values }) => (values[0] ?? 0) >= 4);
  const good = isGood.filter(Boolean).length;
  return { world, of, records, isGood, baseline: Math.max(good, SUPPLIERS - good) / SUPPLIERS };
}

/** Any set of suppliers, as filters by anything at all would pick it. */
const someOf = (next: () => number): number[] => [...Array(SUPPLIERS).keys()].filter(() => below(next, 2) === 1);

const better = (bins: readonly number[]): number => (bins[3] ?? 0) + (bins[4] ?? 0);

/** What a release answers to a filter: every published cell that it touches, and never anything narrower. */
function* answersOf(of: Released, records: readonly SiteRecord[], wanted: readonly number[]): Generator<Answer> {
  const { cells } = release(of, records).file;
  const counted = countedOf(of, records);
  const leaves = new Map(of.planned.world.sites.map(({ id, leaf }) => [id, leaf]));
  const touched = new Set(
    wanted.map((at) => cellOf(of.series, leaves.get(records[at]?.site ?? "") as Leaf)).filter((cell) => cell >= 0),
  );
  for (const { path, metric, bins } of cells) {
    const found = counted.find((one) => one.path === path && of.series.metrics[one.metric] === metric);
    if (found?.metric === 0 && touched.has(found.cell)) yield { over: found.drawn, says: better(bins) };
  }
}

const accuracy = (isGood: readonly boolean[], said: readonly boolean[]): number =>
  isGood.filter((good, at) => good === said[at]).length / SUPPLIERS;

/** What nobody may build: an answer to any filter at once, with noise of its own (the reference: 97 %). */
function* freshAnswers(isGood: readonly boolean[], next: () => number, seed: string): Generator<Answer> {
  const known = [1, 2, 3, 4].map((value) => ({ sponsor: `org_${value}`, value }));
  const noise = looks({ seed, records: known, runs: REQUESTS, rule: openRule() });
  for (let request = 0; request < REQUESTS; request++) {
    const over = someOf(next);
    const exact = over.filter((at) => isGood[at]).length;
    const [added = 0] = minus(noise.next().value ?? [], binsOf(known));
    yield { over, says: exact + added };
  }
}

describe("R11, reconstruction by linear programs", { timeout: PATIENCE }, () => {
  test.each(SEEDS.slice(0, sized(1, 3, 3)))("%s: random filters over the published file", async (seed) => {
    const { of, records, isGood, baseline } = target(seed);
    expect(records).toHaveLength(SUPPLIERS);
    const next = chance(`r11 ${seed}`);
    const requests = sized(12, REQUESTS, REQUESTS);
    const answers = Array.from({ length: requests }, () => [...answersOf(of, records, someOf(next))]).flat();
    expect(answers.length).toBeGreaterThanOrEqual(requests);
    const measured = accuracy(isGood, await nearestAnswer(SUPPLIERS, answers));
    const what = `suppliers reconstructed from the file, ${seed} (majority ${baseline})`;
    measure({ test: "R11", what, size: `${requests} requests`, measured, most: baseline + 0.1 });
  });

  test("the same attack on answers with fresh noise finds nearly all, so that no such thing passes", async () => {
    const { isGood, baseline } = target(SEEDS[0]);
    const answers = [...freshAnswers(isGood, chance("r11 fresh"), "r11 fresh")];
    const measured = accuracy(isGood, await nearestAnswer(SUPPLIERS, answers));
    const what = `reconstructed from fresh answers (that the attack bites; majority ${baseline})`;
    measure({ test: "R11", what, size: `${REQUESTS} requests`, measured, least: 0.9 });
  });
});

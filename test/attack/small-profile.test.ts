import { buildPlan } from "@quasarix/shared/benchmark/build-plan.ts";
import { describe, expect, test } from "vitest";
import { CASES } from "./cases.ts";
import { chance } from "./chance.ts";
import { cohortOf, countedOf, exactFile, recordsOf, release } from "./harness.ts";
import { planAsk, planOf, secretsOf } from "./planning.ts";
import { isLong } from "./sizes.ts";
import { metricsOf } from "./world.ts";

const TRIALS = isLong ? 500 : 60;
const SMALL = CASES.filter(({ world }) => world.members.length < 8);

describe.each(SMALL)("the profile of five to seven members, $name", ({ world }) => {
  const planned = planOf(world, ["year"]);
  const of = cohortOf(planned, "year");
  const { plan } = planned;
  const K = world.members.length === 5 ? 10 : 8;

  test("one cell of all peers, its own cap and floor, its own words", () => {
    expect(plan.series.map(({ name, cells }) => [name, cells])).toEqual([["year", [{ path: "all", where: [] }]]]);
    expect([plan.profile, plan.K, plan.W, plan.floor, plan.b]).toEqual([
      ...["small", K, 40, { counted: 4 * K + 1, sponsors: 5 }],
      [2, 1],
    ]);
    expect(plan.says).toBe("5 or more companies");
  });

  test("no quarterly series, and no eleventh metric", () => {
    const refused = (["quarter", "year"] as const).map((name) =>
      buildPlan(planAsk({ ...world, metrics: metricsOf(11) }, [name], secretsOf(world))),
    );
    expect(refused.map((one) => !one.ok && one.failure.reason)).toEqual(["no-such-series", "too-many-metrics"]);
  });

  test("nothing is published of four members, of a count below the floor, or where one has more than a quarter", () => {
    const records = recordsOf(of);
    const next = chance(`thinned ${world.name}`);
    let published = 0;
    for (let trial = 0; trial < TRIALS; trial++) {
      const keep = next();
      const away = world.members[Math.floor(next() * world.members.length)];
      const some = records.filter(({ sponsor }) => next() < keep && (trial % 2 === 0 || sponsor !== away));
      const shown = new Set(release(of, some).file.cells.map(({ metric }) => metric));
      for (const { metric, bins, counted, sponsors, largest } of countedOf(of, some)) {
        const name = of.series.metrics[metric] as string;
        expect(bins.reduce((sum, bin) => sum + bin, 0)).toBe(counted);
        expect(shown.has(name)).toBe(counted >= 4 * K + 1 && sponsors >= 5 && 4 * largest <= counted);
        published += Number(shown.has(name));
      }
    }
    expect(published).toBeGreaterThan(TRIALS / 10);
  });

  test("all but three members together know no more than the sum of those three: it is never of fewer", () => {
    const hidden = world.members.slice(0, 3);
    const records = recordsOf(of);
    const known = records.filter(({ sponsor }) => !hidden.includes(sponsor));
    const [all, left] = [exactFile(of, records), countedOf(of, records)];
    for (const { path, metric, bins } of all.cells) {
      const cell = left.find((one) => one.path === path && of.series.metrics[one.metric] === metric);
      const own = (cell?.drawn ?? []).filter((index) => hidden.includes(records[index]?.sponsor ?? ""));
      expect(new Set(own.map((index) => records[index]?.sponsor)).size).toBe(3);
      expect(own.length).toBeLessThanOrEqual(3 * K);
      expect(bins.reduce((sum, bin) => sum + bin, 0)).toBeGreaterThan(own.length);
    }
    expect(known.length).toBeGreaterThan(0);
  });
});

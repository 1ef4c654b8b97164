import { describe, expect, test } from "vitest";
import { below, chance, shuffled } from "./chance.ts";
import { type Gaming, gamed } from "./gaming.ts";
import { cohortsIn, countedOf, publishedRecords, recordsOf } from "./harness.ts";
import { measure, PATIENCE, sized } from "./measured.ts";
import { canPlan, planOf } from "./planning.ts";
import { spanned } from "./span.ts";
import { type AttackWorld, POOLS, SEEDS, worldOf } from "./world.ts";

const GAMES = sized(3, 40, 200);

function someGame(world: AttackWorld, at: number): Gaming {
  const next = chance(`game ${at}`);
  return {
    coalition: shuffled(next, world.members).slice(0, 1 + below(next, 5)),
    invented: below(next, 51),
    isPlausible: next() < 0.7,
    from: below(next, 8),
    drops: next() < 0.5 ? 0 : next(),
    moves: next() < 0.5 ? 0 : next(),
  };
}

/** Over all published (cell, metric) of all cohorts: what the worst of them is like. */
function worst(world: AttackWorld, coalition: readonly string[]) {
  const planned = planOf(world, ["quarter", "year"]);
  const { K } = planned.plan;
  const figures = cohortsIn(planned).flatMap((of) => {
    const records = recordsOf(of);
    return countedOf(of, records)
      .filter(({ isPublished }) => isPublished)
      .map(({ drawn }) => {
        const perSponsor = Map.groupBy(drawn, (index) => records[index]?.sponsor ?? "");
        const sizes = [...perSponsor.values()].map((own) => own.length);
        const others = [...perSponsor.keys()].filter((sponsor) => !coalition.includes(sponsor)).length;
        return { others, overCap: sizes.some((size) => size > K || 4 * size > drawn.length) ? 1 : 0 };
      });
  });
  return {
    figures: figures.length,
    others: Math.min(...figures.map((one) => one.others)),
    overCap: figures.reduce((sum, one) => sum + one.overCap, 0),
    planned,
  };
}

describe("R7, a coalition of up to five that invents, drops and moves suppliers", { timeout: PATIENCE }, () => {
  test("gets no published figure with fewer than three others in it, and no cap is passed", () => {
    const games = Array.from({ length: GAMES }).flatMap((_, at) => {
      const world = worldOf(at % 2 ? POOLS.thirty : POOLS.twelve, SEEDS[at % SEEDS.length] ?? "");
      const game = someGame(world, at);
      const played = gamed(world, game, String(at));
      return canPlan(played, ["quarter", "year"]) ? [worst(played, game.coalition)] : [];
    });
    expect(games.length).toBeGreaterThanOrEqual(GAMES / 2);
    const figures = games.reduce((sum, one) => sum + one.figures, 0);
    expect(figures).toBeGreaterThan(0);
    const size = `${figures} published figures of ${games.length} games`;
    const others = Math.min(...games.map((one) => one.others));
    measure({ test: "R7", what: "fewest others in a published figure", size, measured: others, least: 3 });
    const over = games.reduce((sum, one) => sum + one.overCap, 0);
    measure({ test: "R7", what: "figures in which a sponsor passes K or a quarter", size, measured: over, most: 0 });
    const isolated = games.slice(0, sized(1, 5, 20)).flatMap(({ planned }) => {
      const quarters = cohortsIn(planned).filter(({ series }) => series.name === "quarter");
      return spanned(publishedRecords(quarters), planned.plan.floor).found;
    });
    measure({
      test: "R7",
      what: "groups below the floor that sums give away (S4)",
      size,
      measured: isolated.length,
      most: 0,
    });
  });

  test("shapes no plan by suppliers that were audited once, by nobody's auditor", () => {
    const world = worldOf(POOLS.thirty, SEEDS[0]);
    const game = {
      coalition: world.members.slice(0, 5),
      invented: 50,
      isPlausible: false,
      from: 3,
      drops: 0,
      moves: 0,
    };
    const crowded = gamed(world, { ...game, invented: 400 }, "afternoon");
    expect(crowded.sites.length).toBe(world.sites.length + 400);
    const cellsOf = (of: AttackWorld): string[] =>
      planOf(of, ["quarter", "year"]).plan.series.flatMap(({ name, cells }) =>
        cells.map((cell) => `${name} ${JSON.stringify(cell)}`),
      );
    const before = new Set(cellsOf(world));
    const after = [gamed(world, game, "afternoon"), crowded].flatMap(cellsOf);
    const measured = after.filter((cell) => !before.has(cell)).length + Math.abs(after.length - 2 * before.size);
    measure({
      test: "R7",
      what: "cells changed by invented suppliers",
      size: "50 and 400 of them",
      measured,
      most: 0,
    });
  });
});

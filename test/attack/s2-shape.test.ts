import { fromUtf8 } from "@quasarix/shared/bytes.ts";
import { describe, expect, test } from "vitest";
import { CASES } from "./cases.ts";
import { chance, shuffled } from "./chance.ts";
import { cohortsIn, countedOf, recordsOf, release } from "./harness.ts";
import { sized } from "./measured.ts";
import { planOf } from "./planning.ts";
import { sizeText } from "./sizes.ts";
import type { AttackWorld } from "./world.ts";

const PERMUTATIONS = sized(4, 25, 100);
/** Of 20,000 suppliers a tenth of them: each is seconds of plan and releases. */
const permutationsOf = ({ sites }: AttackWorld): number => (sites.length > 10_000 ? 10 : PERMUTATIONS);

/** The same audits with scores changed: whether there is one stays, or who takes part would change. */
const rescored = (world: AttackWorld, next: (value: number) => number): AttackWorld => ({
  ...world,
  audits: world.audits.map((audit) => ({
    ...audit,
    values: audit.values.map((value) => (value > 0 ? next(value) : 0)),
  })),
});

function permuted(world: AttackWorld, seed: string): AttackWorld {
  const scores = shuffled(
    chance(`${world.name} ${seed}`),
    world.audits.flatMap(({ values }) => [...values.filter((value) => value > 0)]),
  );
  return rescored(world, () => scores.pop() as number);
}

/** All of what is published but the figures. */
const shapeOf = (bytes: Uint8Array): string => fromUtf8(bytes)?.replaceAll(/(?<=[[,])-?\d+(?=[\],])/g, "0") ?? "";

function shapes(world: AttackWorld, series: (typeof CASES)[number]["series"]) {
  const planned = planOf(world, series);
  const cohorts = cohortsIn(planned).map((of) => {
    const records = recordsOf(of);
    const picked = countedOf(of, records).map(({ drawn }) => drawn.map((index) => records[index]?.site).join());
    return { shape: shapeOf(release(of, records).bytes), picked };
  });
  return { plan: planned.hash, cohorts };
}

describe.each(CASES)(
  `S2 the shape ignores scores, $name (${sizeText(`${PERMUTATIONS} permutations`)})`,
  ({ world, series }) => {
    const before = shapes(world, series);

    test("scores handed round at random leave plan, paths, withheld list and lottery as they were", () => {
      for (let i = 0; i < permutationsOf(world); i++) expect(shapes(permuted(world, `${i}`), series)).toEqual(before);
    });

    test.each([
      { name: "turned round", next: (value: number) => 6 - value },
      { name: "all 1", next: () => 1 },
      { name: "all 5", next: () => 5 },
    ])("scores $name leave them as they were", ({ next }) => {
      expect(shapes(rescored(world, next), series)).toEqual(before);
    });

    test("the shape that is compared is a shape: another site's audit changes it or the lottery", () => {
      const audits = world.audits.filter(({ quarter }) => quarter !== 5);
      expect(shapes({ ...world, audits }, series)).not.toEqual(before);
    });
  },
);

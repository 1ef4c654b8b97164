import { WEIGHTS } from "@quasarix/shared/registry/match/weights.ts";
import { describe, expect, test } from "vitest";
import { examined } from "../../../scripts/match/examples.ts";
import { scored } from "../../../scripts/match/fit.ts";
import { type DataSet, type Labelled, labelledSets } from "../../../scripts/match/labelled.ts";
import { figuresAt } from "../../../scripts/match/measure.ts";
import { sharedPath } from "../../shared-data.ts";

const folder = sharedPath("data");
const EVERY = process.env["LONG"] === "1" ? 1 : 4;

/** A little below what `npm run try:match` reports. */
const FLOORS: Readonly<Record<DataSet, number>> = {
  apple_cross_year: 0.97,
  chicago_food: 0.88,
  "chicago-early-childhood": 0.94,
  "fodors-zagats": 0.92,
};

const part = (set: Labelled): Labelled => ({ ...set, pairs: set.pairs.filter((_, i) => i % EVERY === 0) });

describe.skipIf(folder === null)("labelled pairs of others", () => {
  const sets = folder === null ? [] : labelledSets(folder).map((set) => ({ set, tried: examined(part(set)) }));

  test.each(sets.map((it) => [it.set.set, it] as const))("%s: one site is told from two", (name, { tried }) => {
    const { f1 } = figuresAt(scored(tried.pairs, WEIGHTS), 0, WEIGHTS.likely);
    expect(f1).toBeGreaterThan(FLOORS[name]);
  });

  test.each(sets.map((it) => [it.set.set, it] as const))("%s: `same` is hardly ever wrong", (_, { tried }) => {
    expect(figuresAt(scored(tried.pairs, WEIGHTS), 0, WEIGHTS.same, true).precision).toBeGreaterThan(0.96);
  });

  test.each(sets.map((it) => [it.set.set, it] as const))("%s: two records of one site share a key", (_, { set }) => {
    const same = set.pairs.filter((pair) => pair.same).length;
    expect(same / (same + set.unseen)).toBeGreaterThan(0.975);
  });
});

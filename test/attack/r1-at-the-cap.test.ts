import { describe, test } from "vitest";
import { leftOver, oneLook } from "./left-over.ts";
import { type Held, openRule } from "./looks.ts";
import { measure, PATIENCE, sized } from "./measured.ts";

/** Each run draws lots of its own, over all records of the cell: dearer than the other runs of R1. */
const THIRD = sized(400, 4_000, 40_000);
const PROFILES = [
  ["of eight companies or more", 12],
  ["of five to seven companies", 6],
] as const;

/** One record more than counts: with it the lottery may leave another one of its sponsor out. */
describe("R1, epsilon at least, at 99.9 %, of a sponsor at the cap", () => {
  test.each(PROFILES.slice(0, sized(1, 2, 2)))("profile %s", { timeout: PATIENCE }, (of, members) => {
    const rule = { ...openRule(members), floor: { counted: 4, sponsors: 2 } };
    const own = Array.from({ length: rule.K }, () => ({ sponsor: "org_victim", value: 4 }));
    // Nobody may have more than a quarter.
    const others = Array.from({ length: 3 * rule.K }, (_, at) => ({ sponsor: `org_${at}`, value: 3 }));
    const known = [...others, ...own];
    const world = (records: readonly Held[], name: string): Int8Array =>
      leftOver({ seed: `r1 cap ${name}`, records, runs: 3 * THIRD, rule, lots: true }, known);
    const there = world([{ sponsor: "org_victim", value: 2 }, ...known], "there");
    const measured = oneLook(there, world(known, "absent"), 2, 4);
    const what = `a record is there or not, at the cap (theory .89 and less), profile ${of}`;
    const size = `${THIRD} runs a world and third`;
    measure({ test: "R1", what, size, measured, least: sized(0, 0.5, 0.7), most: 1 });
  });
});

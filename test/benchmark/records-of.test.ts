import type { Series } from "@quasarix/shared/benchmark/plan.ts";
import type { Leaf } from "@quasarix/shared/benchmark/site-record.ts";
import { describe, expect, test } from "vitest";
import { recordsOf } from "../../workers/benchmark/records-of.ts";
import { ANYWHERE } from "./participants.ts";

const SERIES: Pick<Series, "cells"> = {
  cells: [
    { path: "industry=textiles", where: [{ by: "industry", in: ["textiles"] }] },
    { path: "industry=food", where: [{ by: "industry", in: ["food"] }] },
  ],
};
const values = Uint8Array.of(3);
const site = (id: string, sponsor: string, leaf: Partial<Leaf> = {}) => ({
  ...{ site: id, sponsor, values },
  leaf: { ...ANYWHERE, ...leaf },
});
const COUNTED = [
  site("a", "ash"),
  site("b", "ash"),
  site("c", "birch"),
  site("d", "ash", { industry: "food" }),
  site("e", "birch", { industry: "toys" }),
];
const made = (cohort: string) => [...recordsOf(SERIES as Series, cohort, COUNTED)];

describe("what a release and its auditor have of a sponsor", () => {
  test("is one name in a cell, so that it can be counted", () => {
    const [a, b, c] = made("2026");
    expect(a?.sponsor).toBe(b?.sponsor);
    expect(a?.sponsor).not.toBe(c?.sponsor);
    expect(made("2026")).toEqual(made("2026"));
  });

  test("is another in every other cell and cohort: one known supplier of a member leads to no more there", () => {
    const names = [...made("2026"), ...made("2027")].map(({ sponsor }) => sponsor);
    expect(new Set(names).size).toBe(6);
    for (const name of names) expect(["ash", "birch"]).not.toContain(name);
  });

  test("of a site that no cell takes is nothing", () => {
    expect(made("2026").map((one) => one.site)).toEqual(["a", "b", "c", "d"]);
  });
});

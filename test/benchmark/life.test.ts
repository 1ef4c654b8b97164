import { cohortsOf, foundingCohort, startOf } from "@quasarix/shared/benchmark/cohorts.ts";
import { BORN, close, type Life, nextAt, publish } from "@quasarix/shared/benchmark/life.ts";
import { profileRule } from "@quasarix/shared/benchmark/profile.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../runs.ts";

const [QUARTER] = cohortsOf("quarter", "2026-Q1", 1) as [ReturnType<typeof cohortsOf>[number]];
const DAY = startOf("2026-07-01");
const plan = { profile: "eight" as const, ...profileRule("eight", 9) };
const small = { profile: "small" as const, ...profileRule("small", 6) };
const adopted = { plan, cohort: QUARTER, adoption: { state: "adopted" as const }, now: DAY };
const closed: Life = { phase: "closed", closedAt: DAY, floor: plan.floor };
const ready = { plan, cohort: QUARTER, now: DAY, file: "hash" };
const published: Life = { phase: "published", closedAt: DAY, publishedAt: DAY, file: "hash" };

describe("a cohort is closed", () => {
  test.each<[string, Life, Partial<typeof adopted> | object, Life | string]>([
    ["at its cut-off", BORN, {}, closed],
    ["a second before it: no", BORN, { now: DAY - 1 }, "too-early"],
    ["any time after it", BORN, { now: DAY + 9 }, { ...closed, closedAt: DAY + 9 }],
    ["twice: no", closed, {}, "twice"],
    ["when it is published: no", published, {}, "twice"],
    ["of a plan that is voted on still: no", BORN, { adoption: { state: "open" } }, "not-adopted"],
    ["of a plan that found no majority: no", BORN, { adoption: { state: "lapsed" } }, "lapsed"],
    [
      "with a floor of one supplier less: no",
      BORN,
      { plan: { ...plan, floor: { counted: 24, sponsors: 8 } } },
      "floor",
    ],
    ["with a floor of one company less: no", BORN, { plan: { ...plan, floor: { counted: 25, sponsors: 7 } } }, "floor"],
    ["planned thinner: no", BORN, { plan: { ...plan, W: 39 } }, "floor"],
    ["with another profile's floor: no", BORN, { plan: { ...plan, floor: small.floor } }, "floor"],
    ["of a small pool", BORN, { plan: small }, { ...closed, floor: { counted: 33, sponsors: 5 } }],
    ["of a small pool that counts more of each: no", BORN, { plan: { ...small, K: 9 } }, "floor"],
  ])("%s", (_, life, more, becomes) => {
    const next = close(life, { ...adopted, ...more });
    expect(next.ok ? next.value : next.failure).toEqual(becomes);
  });
});

const FOUNDING = foundingCohort(startOf("2026-02-10"), startOf("2026-04-01"));

const LOW = { counted: 24, sponsors: 8 };

describe("a release is published", () => {
  test.each<[string, Life, Partial<typeof ready> | object, Life | string]>([
    ["on its day", closed, {}, published],
    ["a second before it: no", closed, { now: DAY - 1 }, "too-early"],
    ["before its cohort is closed: no", BORN, {}, "too-early"],
    ["twice: no", published, {}, "twice"],
    ["twice with another file: no", published, { file: "other" }, "twice"],
    [
      "younger than three months, whatever its plan says: no",
      closed,
      { cohort: { ...QUARTER, notBefore: DAY - 1 }, now: DAY - 1 },
      "too-early",
    ],
    [
      "after a shrink of the floor below the profile's: no",
      closed,
      { plan: { ...plan, floor: { counted: 5, sponsors: 1 } } },
      "floor",
    ],
    [
      "after a shrink of the floor since it closed: no",
      { ...closed, floor: { counted: 30, sponsors: 8 } },
      {},
      "floor",
    ],
    [
      "with a floor that was too low when it closed: no",
      { ...closed, floor: LOW },
      { plan: { ...plan, floor: LOW } },
      "floor",
    ],
    [
      "of what was founded",
      closed,
      { cohort: FOUNDING, now: FOUNDING.cutoff },
      { ...published, publishedAt: FOUNDING.cutoff },
    ],
    [
      "of what was founded, before its cut-off: no",
      closed,
      { cohort: FOUNDING, now: FOUNDING.cutoff - 1 },
      "too-early",
    ],
  ])("%s", (_, life, more, becomes) => {
    const next = publish(life, { ...ready, ...more });
    expect(next.ok ? next.value : next.failure).toEqual(becomes);
  });
});

test("something is due at the cut-off, then on the day of publishing, then never again", () => {
  const later = { ...QUARTER, notBefore: DAY + 5 };
  expect([BORN, closed, published].map((life) => nextAt(life, later))).toEqual([DAY, DAY + 5, null]);
});

test("whatever is tried in whatever order and at whatever time, one file is published, of age, and never another", () => {
  const step = fc.record({
    does: fc.constantFrom("close", "publish"),
    now: fc.integer({ min: DAY - 3, max: DAY + 3 }),
    state: fc.constantFrom("open" as const, "adopted" as const, "lapsed" as const),
    file: fc.constantFrom("a", "b"),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let life: Life = BORN;
      for (const { does, now, state, file } of steps) {
        const before: Life = life;
        const ask = { plan, cohort: QUARTER, now };
        const next = does === "close" ? close(life, { ...ask, adoption: { state } }) : publish(life, { ...ask, file });
        if (!next.ok) continue;
        life = next.value;
        expect([before.phase, life.phase]).toEqual(does === "close" ? ["open", "closed"] : ["closed", "published"]);
        expect(now).toBeGreaterThanOrEqual(DAY);
      }
    }),
    { numRuns: runs(300, 3_000) },
  );
});

import { withLatest } from "@quasarix/shared/benchmark/latest.ts";
import { type Audited, Participation } from "@quasarix/shared/benchmark/participation.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const FOUR = ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"];
const presentAmong = (audits: readonly Omit<Audited, "site">[], isFounding = false) => {
  const took = new Participation(FOUR, { today: "2026-11-22", isFounding });
  for (const one of audits) took.add({ site: "mill", ...one });
  return took.present();
};

describe("a site takes part in a plan", () => {
  test.each([
    { says: "audited in two past quarters", audits: ["2026-02-01", "2026-05-01"], quarters: ["2026-Q1", "2026-Q2"] },
    {
      says: "audited in one of the four and once long before",
      audits: ["2019-02-01", "2026-05-01"],
      quarters: ["2026-Q2"],
    },
    { says: "audited once by an accredited auditor", audits: ["2026-05-01 accredited"], quarters: ["2026-Q2"] },
    {
      says: "by what an accredited auditor once found, audited since",
      audits: ["2019-05-01 accredited", "2026-05-01"],
      quarters: ["2026-Q2"],
    },
    { says: "not once by nobody in particular", audits: ["2026-05-01", "2026-06-30"], quarters: null },
    { says: "not before the four quarters alone", audits: ["2024-05-01", "2025-09-30 accredited"], quarters: null },
    { says: "not in one past quarter and the present one", audits: ["2026-05-01", "2026-11-01"], quarters: null },
    { says: "not in the present quarter", audits: ["2026-10-01 accredited", "2026-11-01"], quarters: null },
  ])("$says", ({ audits, quarters }) => {
    const read = audits.map((one) => ({ day: one.slice(0, 10), accredited: one.endsWith("accredited") }));
    expect(presentAmong(read)).toEqual(quarters === null ? [] : [{ site: "mill", quarters }]);
  });

  test("of a founding plan by accredited auditors' audits alone", () => {
    const own = ["2026-02-01", "2026-05-01"].map((day) => ({ day, accredited: false }));
    expect(presentAmong(own, true)).toEqual([]);
    expect(presentAmong([...own, { day: "2026-08-01", accredited: true }], true)).toEqual([
      { site: "mill", quarters: ["2026-Q3"] },
    ]);
  });

  test("whatever order the log has them in", () => {
    const audit = fc.record({
      site: fc.constantFrom("a", "b", "c"),
      day: fc.constantFrom("2024-01-01", "2025-11-01", "2026-02-01", "2026-08-01", "2026-10-05"),
      accredited: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(audit), (audits) => {
        const of = (all: readonly Audited[]) => {
          const took = new Participation(FOUR, { today: "2026-11-22", isFounding: false });
          for (const one of all) took.add(one);
          return took.present();
        };
        expect(of(audits.toReversed())).toEqual(of(audits));
      }),
    );
  });
});

describe("the record of a site and metric", () => {
  const kept = (...audits: readonly [day: string, ...values: number[]][]) => {
    let record: ReturnType<typeof withLatest> | null = null;
    for (const [day, ...values] of audits) record = withLatest(record, { day, values: Uint8Array.from(values) });
    return [...(record?.values ?? [])];
  };

  test.each([
    { says: "is of the latest audit day", got: kept(["2026-01-01", 5, 5], ["2026-02-01", 1, 2]), is: [1, 2] },
    { says: "whatever came into the log last", got: kept(["2026-02-01", 1, 2], ["2026-01-01", 5, 5]), is: [1, 2] },
    { says: "and of one day the later in the log", got: kept(["2026-02-01", 1, 2], ["2026-02-01", 5, 5]), is: [5, 5] },
    {
      says: "metric by metric, where an audit is silent",
      got: kept(["2026-01-01", 5, 4], ["2026-02-01", 1, 0]),
      is: [1, 4],
    },
    {
      says: "and never the better or the worse one",
      got: kept(["2026-01-01", 1, 5], ["2026-01-02", 5, 1]),
      is: [5, 1],
    },
  ])("$says", ({ got, is }) => {
    expect(got).toEqual(is);
  });

  test("leaves what was kept as it was", () => {
    const first = withLatest(null, { day: "2026-01-01", values: Uint8Array.of(3) });
    withLatest(first, { day: "2026-01-02", values: Uint8Array.of(4) });
    expect([...first.values]).toEqual([3]);
  });
});

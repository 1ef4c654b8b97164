import type { SeriesName } from "@quasarix/shared/benchmark/plan.ts";
import { describe, expect, test } from "vitest";
import { CASES } from "./cases.ts";
import type { Counted } from "./counted.ts";
import { cohortsIn, publishedRecords } from "./harness.ts";
import { withFilters } from "./lattice.ts";
import { planOf } from "./planning.ts";
import { WORLDS } from "./sizes.ts";
import { type Floor, spanned } from "./span.ts";
import { type AttackWorld, POOLS, type WorldAudit, worldOf } from "./world.ts";

const seriesOf = (cell: string): string => cell.split(" ")[0] ?? "";

/** As BENCHMARKS 1.3 and 1.9 have it, whatever the plan says. */
const floorOf = ({ members }: AttackWorld): Floor => {
  if (members.length >= 8) return { counted: 25, sponsors: 8 };
  return { counted: members.length === 5 ? 41 : 33, sponsors: 5 };
};

function spanOf(world: AttackWorld, series: readonly SeriesName[], metric = 0, more = (own: Counted[]) => own) {
  const cohorts = cohortsIn(planOf(world, series));
  return spanned(more(publishedRecords(cohorts, metric)), floorOf(world), seriesOf);
}

describe.each(CASES)("S4 span, $name", ({ world, series }) => {
  test.each(series)("no group below the floor follows from all releases of the %s series", (one) => {
    for (const metric of world.metrics.keys()) {
      const { found, groupsTried, isExact } = spanOf(world, [one], metric);
      expect({ found, isExact }).toEqual({ found: [], isExact: true });
      expect(groupsTried).toBeGreaterThan(50);
    }
  });
});

/** Twelve members with five suppliers each, audited in the first quarter but for fifteen that come in the second. */
function hurriedWorld(): AttackWorld {
  const base = worldOf(POOLS.twelve, "hurried");
  const sites = base.sites.slice(0, 60).map((site, i) => ({ ...site, members: [base.members[i % 12] ?? ""] }));
  const audit = (site: number, quarter: number): WorldAudit => ({
    ...{ site, quarter, day: `${2025 + Math.floor(quarter / 4)}-0${(quarter % 4) * 3 + 1}-15` },
    ...{ member: sites[site]?.members[0] ?? "", isAccredited: true, values: Uint8Array.of((site % 5) + 1, 3, 3) },
  });
  const first = sites.flatMap((_, site) => [0, 1, 2].map((quarter) => audit(site, quarter)));
  const last = sites.map((_, site) => ({ ...audit(site, 3), day: "2025-10-15" }));
  const year = sites.map((_, site) => audit(site, site % 4 === 3 ? 5 : 4));
  return { ...base, name: "hurried", sites, audits: [...first, ...last, ...year] };
}

describe("S4 bites", () => {
  test("the year less its quarters, noise left away, gives a withheld quarter: only the noise protects there", () => {
    const both = spanOf(hurriedWorld(), ["quarter", "year"]);
    expect(both.found).toContainEqual(expect.stringMatching(/^year 2026 all less quarter 2026-Q1 all$/));
    expect(both.isExact).toBe(true);
    for (const one of ["quarter", "year"] as const) expect(spanOf(hurriedWorld(), [one]).found).toEqual([]);
  });

  test.each(WORLDS.map(([size, seed]) => ({ name: size.name, world: worldOf(size, seed) })))(
    "tables by every filter beside the file give groups away, $name",
    ({ world }) => {
      const { found, numbers } = spanOf(world, ["year"], 0, withFilters);
      console.log(`S4 ${world.name}: ${numbers} numbers, ${found.length} groups given away by filters`);
      expect(found).not.toEqual([]);
    },
  );
});

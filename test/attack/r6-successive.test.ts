import { ReleaseBuild } from "@quasarix/shared/benchmark/build-release.ts";
import { describe, expect, test } from "vitest";
import { below, chance } from "./chance.ts";
import { cohortsIn, release, releaseArguments, VOTES } from "./harness.ts";
import { looks } from "./looks.ts";
import { measure, PATIENCE, sized } from "./measured.ts";
import { type Planned, planOf } from "./planning.ts";
import { type AttackWorld, POOLS, QUARTERS, SEEDS, type WorldAudit, worldOf } from "./world.ts";

type Event = (audits: readonly WorldAudit[], quarter: number, next: () => number) => WorldAudit[];

const changedAt = (audits: readonly WorldAudit[], at: number, by: Partial<WorldAudit>): WorldAudit[] =>
  audits.map((audit, index) => (index === at ? { ...audit, ...by } : audit));

/** Any audit of this quarter. */
function someIn(audits: readonly WorldAudit[], quarter: number, next: () => number): number {
  const own = [...audits.keys()].filter((at) => audits[at]?.quarter === quarter);
  return own[below(next, own.length)] as number;
}

const rescored = (values: Uint8Array, metric: number): Uint8Array =>
  values.map((value, at) => (at === metric ? (value % 5) + 1 : value));

/** What may happen to one site in one quarter (BENCHMARKS 2.2, R6). */
const EVENTS: Readonly<Record<string, Event>> = {
  "a supplier's audit comes in": (audits, quarter, next) => {
    const like = audits[someIn(audits, quarter, next)] as WorldAudit;
    const absent = new Set(audits.filter((audit) => audit.quarter === quarter).map(({ site }) => site));
    const site = audits.find((audit) => !absent.has(audit.site))?.site ?? like.site;
    return [...audits, { ...like, site }].toSorted((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)));
  },
  "a supplier leaves": (audits, quarter, next) => {
    const { site } = audits[someIn(audits, quarter, next)] as WorldAudit;
    return audits.filter((audit) => audit.quarter !== quarter || audit.site !== site);
  },
  "one score is another one": (audits, quarter, next) => {
    const at = someIn(audits, quarter, next);
    return changedAt(audits, at, { values: rescored((audits[at] as WorldAudit).values, 0) });
  },
  "a site is audited again": (audits, quarter, next) => {
    const at = someIn(audits, quarter, next);
    const first = audits[at] as WorldAudit;
    const again = { ...first, values: rescored(first.values, below(next, first.values.length)) };
    return audits.toSpliced(at + 1, 0, again);
  },
};

/** Every release of both series under one plan, by name, with one and the same secret each time. */
function releasesOf(planned: Planned, audits: readonly WorldAudit[]): Map<string, string[]> {
  const of = { ...planned, world: { ...planned.world, audits } };
  return new Map(
    cohortsIn(of).map((one) => {
      const { file } = release(one);
      const lines = [...file.cells, ...file.withheld].map((cell) => JSON.stringify(cell));
      return [`${one.series.name} ${one.cohort.id}`, lines];
    }),
  );
}

const differing = (a: readonly string[], b: readonly string[]): number => {
  const there = new Set(a);
  return b.filter((line) => !there.has(line)).length;
};

const world: AttackWorld = worldOf(POOLS.thirty, SEEDS[0]);
const planned = planOf(world, ["quarter", "year"]);
const QUARTERS_TRIED = Array.from({ length: QUARTERS - 4 }, (_, at) => at + 4).slice(0, sized(2, 4, 4));
const TIMES = sized(1, 5, 20);

describe("R6, two histories that differ in one event", { timeout: PATIENCE }, () => {
  const before = releasesOf(planned, world.audits);

  test.each(Object.entries(EVENTS))("%s: one release a series differs, and no other in any byte", (name, event) => {
    const most = { quarter: 0, year: 0, cells: 0 };
    let changed = 0;
    for (const quarter of QUARTERS_TRIED)
      for (let time = 0; time < TIMES; time++) {
        const after = releasesOf(planned, event(world.audits, quarter, chance(`r6 ${name} ${quarter} ${time}`)));
        expect([...after.keys()]).toEqual([...before.keys()]);
        const moved = [...after].map(([key, lines]) => [key, differing(before.get(key) ?? [], lines)] as const);
        const some = moved.filter(([, lines]) => lines > 0);
        changed += some.length;
        for (const series of ["quarter", "year"] as const)
          most[series] = Math.max(most[series], some.filter(([key]) => key.startsWith(`${series} `)).length);
        most.cells = Math.max(most.cells, ...some.map(([, lines]) => lines));
      }
    const size = `${QUARTERS_TRIED.length} quarters, ${TIMES} times each`;
    measure({
      test: "R6",
      what: `${name}: releases that differ in a series`,
      size,
      measured: Math.max(most.quarter, most.year),
      most: 1,
    });
    const metrics = name.startsWith("one score") ? 1 : world.metrics.length;
    measure({
      test: "R6",
      what: `${name}: (cell, metric) that differ in a release`,
      size,
      measured: most.cells,
      most: metrics,
    });
    expect(changed).toBeGreaterThan(0);
  });
});

describe("R6, the same records in two releases", () => {
  const records = [1, 2, 3, 4].map((value) => ({ sponsor: `org_${value}`, value }));
  const noise = 0.13;
  test("have noise of their own in each, whatever the secret", () => {
    const runs = sized(400, 5_000, 50_000);
    const [first, second] = ["2026-Q1", "2026"].map((cohort) => [...looks({ seed: "r6", records, runs, cohort })]);
    const same = first?.flatMap((bins, run) => bins.filter((bin, at) => bin === second?.[run]?.[at])).length ?? 0;
    const what = `bins that are equal in two releases (by chance ${noise})`;
    measure({ test: "R6", what, size: `${5 * runs} bins`, measured: same / (5 * runs), least: 0.09, most: 0.18 });
  });

  test("and other votes make other noise: nobody picks it by the secret", () => {
    const [of] = cohortsIn(planned);
    if (!of) throw new Error("no cohort");
    const made = [VOTES, VOTES.replace(/^./, "x")].map((votes) => {
      const build = new ReleaseBuild(releaseArguments(of, { votes }));
      for (const one of records.keys())
        for (let own = 0; own < 8; own++)
          build.add({
            site: `s${one}-${own}`,
            cell: 0,
            sponsor: `org_${own}`,
            values: Uint8Array.from(world.metrics, () => 3),
          });
      return JSON.stringify(build.finish().file.cells);
    });
    expect(made[0]).not.toBe(made[1]);
    expect(made[0]?.length).toBeGreaterThan(50);
  });
});

import { ReleaseBuild } from "@quasarix/shared/benchmark/build-release.ts";
import type { Plan } from "@quasarix/shared/benchmark/plan.ts";
import { profileOf, profileRule } from "@quasarix/shared/benchmark/profile.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { hashOf } from "./harness.ts";

/** A counted record of a cell, but for which site it is of. */
export interface Held {
  readonly sponsor: string;
  readonly value: number;
}

export type Rule = Pick<Plan, "K" | "b" | "floor">;

/** A profile's own K and noise, and a floor that a handful of records passes: what the noise does is looked at, not the floor. */
export function openRule(members = 12): Rule {
  const { K, b } = profileRule(profileOf(members) ?? "eight", members);
  return { K, b, floor: { counted: 4, sponsors: 4 } };
}

export interface LooksOf {
  readonly seed: string;
  readonly records: readonly Held[];
  readonly runs: number;
  readonly rule?: Rule;
  /** As `2026-Q1`. */
  readonly cohort?: string;
  /** Each run with lots of its own, and so a cell of its own; else a metric of its own, which is cheaper. */
  readonly lots?: boolean;
}

const LANES = 100;
const PLAN = hashOf("the plan under attack");
const VOTES = hashOf("the votes under attack");

/** Published bins of one cell with these records, run after run, each by the real build and with noise of its own. */
export function* looks(asked: LooksOf): Generator<readonly number[]> {
  for (let batch = 0; batch * LANES < asked.runs; batch++) {
    const lanes = Math.min(LANES, asked.runs - batch * LANES);
    const { file } = built(asked, sha256(utf8(`${asked.seed}|${batch}`)), lanes);
    if (file.cells.length !== lanes) throw new Error(`${file.withheld.length} of ${lanes} cells withheld`);
    for (const { bins } of file.cells) yield bins;
  }
}

const numbered = (lane: number): string => String(lane).padStart(3, "0");

/** `lanes` independent copies of the cell in one release, as so many metrics or as so many cells. */
function built(
  { records, rule = openRule(), cohort = "2026-Q1", lots = false }: LooksOf,
  secret: Uint8Array,
  lanes: number,
) {
  const names = Array.from({ length: lanes }, (_, lane) => numbered(lane));
  const cells = lots ? names.map((name) => ({ path: `tier=${name}`, where: [] })) : [{ path: "all", where: [] }];
  const metrics = lots ? ["findings/major"] : names.map((name) => `score/attack@1/metric-${name}`);
  const build = new ReleaseBuild({
    plan: rule,
    planHash: PLAN,
    series: { cells, metrics },
    cohort: { id: cohort },
    votes: VOTES,
    secret: new Uint8Array(secret),
  });
  for (const cell of cells.keys())
    for (const [at, { sponsor, value }] of records.entries())
      build.add({
        site: `site_${numbered(cell)}-${numbered(at)}`,
        cell,
        sponsor,
        values: new Uint8Array(metrics.length).fill(value),
      });
  return build.finish();
}

/** Each release made twice, as by a server that is asked again. */
export function* looksTwice(asked: LooksOf): Generator<readonly [readonly number[], readonly number[]]> {
  const [first, second] = [looks(asked), looks(asked)];
  for (const bins of first) yield [bins, second.next().value ?? []];
}

/** Bins of these records without noise: what a coalition subtracts. */
export function binsOf(records: readonly Held[]): number[] {
  const bins = [0, 0, 0, 0, 0];
  for (const { value } of records) bins[value - 1] = (bins[value - 1] ?? 0) + 1;
  return bins;
}

export const minus = (bins: readonly number[], known: readonly number[]): number[] =>
  bins.map((bin, at) => bin - (known[at] ?? 0));

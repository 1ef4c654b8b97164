import { pictureOf } from "@quasarix/shared/benchmark/use/picture.ts";
import { type PlacedValue, positionOf } from "@quasarix/shared/benchmark/use/position.ts";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { below, chance } from "./chance.ts";
import { cohortOf, release } from "./harness.ts";
import { measure, PATIENCE, sized } from "./measured.ts";
import { planOf } from "./planning.ts";
import { POOLS, SEEDS, worldOf } from "./world.ts";

const TRIES = sized(200, 1_000, 10_000);

const planned = planOf(worldOf(POOLS.thirty, SEEDS[1]), ["year"]);
const of = cohortOf(planned, "year");
const { file } = release(of);
const picture = pictureOf(planned.plan, planned.hash, file);
if (!picture.ok) throw new Error("no picture");

// Whoever reads the pool to place a member would have to ask for it.
beforeAll(() => {
  vi.stubGlobal("fetch", () => {
    throw new Error("trap: asked a server");
  });
});
afterAll(() => vi.unstubAllGlobals());

interface Own {
  readonly cell: string;
  readonly value: number;
}

/** BENCHMARKS 1.5, from the file's text alone: the mean mid-rank; of low-is-better metrics from the other end. */
function place(metric: string, branch: string, own: readonly Own[], isWithout: boolean): number | null {
  const cells = file.cells.filter((one) => one.metric === metric && (branch === "all" || one.path === branch));
  const bins = [0, 0, 0, 0, 0];
  for (const cell of cells) {
    const mine = own.filter((one) => one.cell === cell.path);
    const part = mine.length > planned.plan.K ? planned.plan.K / mine.length : 1;
    for (const bin of bins.keys()) bins[bin] = (bins[bin] ?? 0) + (cell.bins[bin] ?? 0);
    if (isWithout) for (const { value } of mine) bins[value - 1] = (bins[value - 1] ?? 0) - part;
  }
  const clipped = bins.map((bin) => Math.max(0, bin));
  const total = clipped.reduce((sum, bin) => sum + bin, 0);
  if (total <= 0 || own.length === 0) return null;
  const isHigh = metric.startsWith("score/");
  const rank = (value: number): number =>
    clipped.reduce((sum, bin, at) => {
      const other = at + 1;
      if (other === value) return sum + bin / 2;
      return sum + (value > other === isHigh ? bin : 0);
    }, 0) / total;
  return (100 * own.reduce((sum, { value }) => sum + rank(value), 0)) / own.length;
}

/** As it may be shown: whole points, nothing below 3 nor above 97. */
const isShownAs = (exact: number, percent: number): boolean =>
  Math.abs(Math.min(97, Math.max(3, exact)) - percent) <= 0.5 + 1e-9;

describe("R10, one's own place", { timeout: PATIENCE }, () => {
  test("is a function of the public file and one's own figures, and nobody else is asked", () => {
    const next = chance("r10");
    const metrics = planned.world.metrics;
    const paths = of.series.cells.map(({ path }) => path);
    let wrong = 0;
    let placed = 0;
    for (let at = 0; at < TRIES; at++) {
      const metric = metrics[below(next, metrics.length)] ?? "";
      const branch = next() < 0.5 ? "all" : (paths[below(next, paths.length)] ?? "");
      const own: PlacedValue[] = Array.from({ length: 1 + below(next, 12) }, (_, site) => ({
        site: `own ${site}`,
        metric,
        value: 1 + below(next, 5),
        day: null,
        cell: branch === "all" ? (paths[below(next, paths.length)] ?? "") : branch,
      }));
      const mine = own.map(({ cell, value }) => ({ cell: cell ?? "", value }));
      const position = positionOf(picture.value, branch, metric, own);
      const [exact, without] = [place(metric, branch, mine, false), place(metric, branch, mine, true)];
      expect(position === null).toBe(exact === null);
      if (!position || exact === null) continue;
      placed++;
      if (!isShownAs(exact, position.place.percent)) wrong++;
      if (without !== null && position.withoutMe && !isShownAs(without, position.withoutMe.percent)) wrong++;
    }
    expect(placed).toBeGreaterThan(TRIES / 2);
    const what = "places that are not what the file and one's own figures give";
    measure({ test: "R10", what, size: `${placed} places`, measured: wrong, most: 0 });
  });
});

import { shares } from "@quasarix/shared/benchmark/use/estimate.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { cohortOf, countedOf, recordsOf, release } from "./harness.ts";
import { planOf } from "./planning.ts";
import { type PoolSize, worldOf } from "./world.ts";

/** How far one published figure of a cell is from the exact one of all its records. */
export interface ReleaseError {
  readonly counted: number;
  /** Of "% >= 4", in points. */
  readonly share: number;
  readonly mean: number;
  /** Of "% >= 4" against what was counted, exactly: without what the draw does. */
  readonly noise: number;
}

const better = (part: readonly number[]): number => 100 * ((part[3] ?? 0) + (part[4] ?? 0));
const mean = (part: readonly number[]): number => part.reduce((sum, share, bin) => sum + share * (bin + 1), 0);

/** As a screen shows them: negative bins clipped. */
const shown = (bins: readonly number[]): readonly number[] =>
  shares({ bins: bins as [number, number, number, number, number], noise: 0 }) ?? [];

/** Of every published cell and metric of the yearly series, over so many releases, each with its own secret. */
export function errorsOf(size: PoolSize, seed: string, times: number): ReleaseError[] {
  const of = cohortOf(planOf(worldOf(size, seed), ["year"]), "year");
  const records = recordsOf(of);
  const all = new Map<string, number[]>();
  for (const { cell, values } of records)
    for (const [metric, value] of values.entries()) {
      const key = `${of.series.cells[cell]?.path}|${of.series.metrics[metric]}`;
      const bins = all.get(key) ?? [0, 0, 0, 0, 0];
      if (value > 0) bins[value - 1] = (bins[value - 1] ?? 0) + 1;
      all.set(key, bins);
    }
  return Array.from({ length: times }, (_, time) => {
    const secret = sha256(utf8(`utility ${seed} ${time}`));
    const { cells } = release(of, records, { secret }).file;
    const counted = countedOf(of, records, undefined, secret);
    const exact = new Map(counted.map((one) => [`${one.path}|${of.series.metrics[one.metric]}`, one]));
    return cells.map(({ path, metric, bins }) => {
      const key = `${path}|${metric}`;
      const drawn = exact.get(key);
      const [seen, whole] = [shown(bins), shown(all.get(key) ?? [])];
      return {
        counted: drawn?.counted ?? 0,
        share: better(seen) - better(whole),
        mean: mean(seen) - mean(whole),
        noise: better(seen) - better(shown(drawn?.bins ?? [])),
      };
    });
  }).flat();
}

import { utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { cohortOf, countedOf, recordsOf, release } from "./harness.ts";
import { planOf } from "./planning.ts";
import { type PoolSize, worldOf } from "./world.ts";

/** What is left of one published (cell, metric) when a coalition of all others subtracts what it knows. */
export interface Residual {
  readonly left: readonly number[];
  /** The victim's own counted records, a bin each. */
  readonly truth: readonly number[];
}

/** Of every published cell and metric, for each sponsor with five counted records; `times` releases, each with its own secret. */
export function residuals(size: PoolSize, seed: string, times: number): Residual[] {
  const of = cohortOf(planOf(worldOf(size, seed), ["year"]), "year");
  const records = recordsOf(of);
  return Array.from({ length: times }, (_, time) => {
    const secret = sha256(utf8(`colluders ${seed} ${time}`));
    const { cells } = release(of, records, { secret }).file;
    const published = new Map(cells.map(({ path, metric, bins }) => [`${path}|${metric}`, bins]));
    return countedOf(of, records, undefined, secret).flatMap(({ path, metric, drawn, bins }) => {
      const seen = published.get(`${path}|${of.series.metrics[metric]}`);
      if (!seen) return [];
      const bySponsor = Map.groupBy(drawn, (index) => records[index]?.sponsor ?? "");
      return [...bySponsor.values()].flatMap((own) => {
        if (own.length !== 5) return [];
        const truth = [0, 0, 0, 0, 0];
        for (const index of own) {
          const bin = (records[index]?.values[metric] ?? 0) - 1;
          truth[bin] = (truth[bin] ?? 0) + 1;
        }
        return [{ left: seen.map((count, bin) => count - ((bins[bin] ?? 0) - (truth[bin] ?? 0))), truth }];
      });
    });
  }).flat();
}

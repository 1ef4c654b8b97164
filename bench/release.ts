import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { steps } from "../scripts/progress.ts";
import type { Measured } from "./release/measured.ts";
import type { Ratio, Results, Row } from "./table.ts";

const SIZES = [100_000, 1_000_000, 10_000_000];
const SMALL_SIZES = [10_000, 100_000, 1_000_000];
const CELL_METRICS = 75_000;
const MB = 1024 * 1024;

const run = promisify(execFile);

/** In a process of its own, so that its peak memory is its own. */
async function measured(what: string, count: number): Promise<Measured> {
  const file = path.join(import.meta.dirname, "release", `${what}.ts`);
  const { stdout } = await run(process.execPath, [file, String(count)]);
  return JSON.parse(stdout) as Measured;
}

interface Pair {
  readonly scores: number;
  readonly build: Measured;
  readonly groupBy: Measured;
}

/** A release from ever more scores, beside DuckDB that does no more than count the same rows. */
export async function releaseResults(isSmall: boolean): Promise<Results> {
  const bar = steps(process.stderr);
  const sizes = isSmall ? SMALL_SIZES : SIZES;
  const { peak: empty } = await measured("nothing", 0);
  const pairs: Pair[] = [];
  for (const [i, scores] of sizes.entries()) {
    bar.progress("releases", i, sizes.length);
    pairs.push({ scores, build: await measured("build", scores), groupBy: await measured("group-by", scores) });
  }
  const noise = await measured("noise", CELL_METRICS);
  const [dedupScores = 0] = sizes;
  const dedup = await measured("dedup", dedupScores);
  bar.end();
  return {
    rows: [
      ...pairs.flatMap((pair) => rowsOf(pair, empty)),
      rowOf(`noise of ${count(CELL_METRICS)} cell-metrics`, CELL_METRICS, "cell-metrics", noise, empty),
      rowOf(
        `the latest audit of each site and metric, ${count(dedupScores)} scores`,
        dedupScores,
        "scores",
        dedup,
        empty,
      ),
    ],
    ratios: ratiosOf(pairs, empty),
    skipped: [],
  };
}

const count = (of: number): string => of.toLocaleString("en-GB");
const memory = ({ peak }: Measured, empty: number): number => (peak - empty) / MB;

function rowOf(name: string, of: number, unit: string, one: Measured, empty: number): Row {
  const { seconds, cpuSeconds } = one;
  const note = `${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} s of processor, ${memory(one, empty).toFixed(0)} MB at most above an empty Node's`;
  return { name, perSecond: of / seconds, unit, cpuMicros: (cpuSeconds * 1e6) / of, note };
}

const rowsOf = ({ scores, build, groupBy }: Pair, empty: number): Row[] => [
  rowOf(`a release from ${count(scores)} scores`, scores, "scores", build, empty),
  rowOf(`DuckDB's group-by of the same ${count(scores)} rows`, scores, "scores", groupBy, empty),
];

function ratiosOf(pairs: readonly Pair[], empty: number): Ratio[] {
  const [, middle, largest] = pairs as [Pair, Pair, Pair];
  const perScore = ({ scores, build }: Pair): number => build.cpuSeconds / scores;
  const name = `a release from ${count(largest.scores)} scores`;
  return [
    ...pairs.map(({ scores, build, groupBy }) => ({
      name: `a release from ${count(scores)} scores by DuckDB's group-by: processor time`,
      value: build.cpuSeconds / groupBy.cpuSeconds,
      aim: "none set",
    })),
    {
      name: `${name}: processor time a score by that at a tenth`,
      value: perScore(largest) / perScore(middle),
      aim: "at most 1.2",
    },
    { name: `${name}: seconds`, value: largest.build.seconds, aim: "at most 60" },
    // The one thread waits for nothing, so this is what an idle machine takes.
    { name: `${name}: seconds of processor`, value: largest.build.cpuSeconds, aim: "at most 60" },
    { name: `${name}: MB above an empty Node's`, value: memory(largest.build, empty), aim: "at most 128" },
  ];
}

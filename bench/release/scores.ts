import type { ReleaseOf } from "@quasarix/shared/benchmark/build-release.ts";
import type { SiteRecord } from "@quasarix/shared/benchmark/site-record.ts";

const METRICS = 25;
const CELLS = 200;
const SPONSORS = 80;

export const sitesOf = (scores: number): number => Math.floor(scores / METRICS);

/** A plan of BENCHMARKS 3: 200 cells, 25 metrics, K = 5, b = 2. */
export const benchRelease: ReleaseOf = {
  plan: { K: 5, b: [2, 1], floor: { counted: 25, sponsors: 8 } },
  planHash: "A".repeat(43),
  series: {
    cells: Array.from({ length: CELLS }, (_, cell) => ({ path: `industry=made-up-${cell}/region=other`, where: [] })),
    metrics: Array.from({ length: METRICS }, (_, metric) => `score/bench@1/benchmark-${metric}`),
  },
  cohort: { id: "2026" },
  votes: "B".repeat(43),
  secret: new Uint8Array(32).fill(7),
};

/** The next whole number of 32 bits (splitmix), the same run for the same seed. */
function diceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

/** Few large cells and sponsors and many small ones. */
const skewed = (word: number, of: number): number => Math.floor(of * (word / 2 ** 32) ** 1.5);

/** Sites in no order, each with a score of every metric: the records of a cohort as they leave the dedup. */
export function* recordsOf(scores: number): Generator<SiteRecord> {
  const dice = diceOf(5);
  for (let n = 0; n < sitesOf(scores); n++) {
    const site = `site_${dice().toString(36).padStart(7, "0")}${n.toString(36).padStart(15, "0")}`;
    const values = new Uint8Array(METRICS);
    const [cell, sponsor] = [skewed(dice(), CELLS), `org_${String(skewed(dice(), SPONSORS)).padStart(22, "0")}`];
    for (let metric = 0; metric < METRICS; metric++) values[metric] = 1 + (dice() % 5);
    yield { site, cell, sponsor, values };
  }
}

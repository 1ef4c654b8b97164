import { consistencyPath, inclusionPath, joinedPath, memoTiles, verifyInclusion } from "@quasarix/shared/log/proof.ts";
import { HASH_LENGTH } from "@quasarix/shared/log/tree.ts";
import { useHashEngine } from "@quasarix/shared/sha256.ts";
import { workerHashes } from "../workers/hashes.ts";
import { quantile } from "./load.ts";
import { logOfRandom, type RandomLog } from "./log-of-random.ts";
import type { Ratio, Row } from "./table.ts";

const SIZES = [1_000, 10_000, 100_000, 1_000_000] as const;
const SAMPLES = 1_000;
const ROUNDS = 12;
const SLICE_MS = 40;

/** The i-th sample of one kind of proof at one size; gives the hashes of its path. */
type Prove = (i: number) => number;
type Kind = (log: RandomLog, size: number) => Prove;
/** What the time of a kind should follow: where hashing is all of the work, the hashes computed. */
type Measure = "path" | "computed";

const randomIndexes = (size: number) => Array.from({ length: SAMPLES }, () => Math.floor(Math.random() * size));

const KINDS = {
  "inclusion, one alone": (log: RandomLog, size: number): Prove => {
    const indexes = randomIndexes(size);
    return (i) => inclusionPath(indexes[i] as number, size, log.tiles).length;
  },
  // What the sequencer does for one that asks: its tiles are held between proofs (workers/sequencer/proofs.ts).
  "inclusion, one alone over held tiles": (log: RandomLog, size: number): Prove => {
    const indexes = randomIndexes(size);
    const held = memoTiles(log.tiles, 256);
    return (i) => inclusionPath(indexes[i] as number, size, held).length;
  },
  // What a commit does for its receipts (workers/sequencer/receipts.ts): the newest entries, one after the other.
  "inclusion, each of the newest 1,000": (log: RandomLog, size: number): Prove => {
    let memo = memoTiles(log.tiles);
    return (i) => {
      if (i === 0) memo = memoTiles(log.tiles);
      return joinedPath(size - SAMPLES + i, size, memo).length / HASH_LENGTH;
    };
  },
  consistency: (log: RandomLog, size: number): Prove => {
    const indexes = randomIndexes(size);
    return (i) => consistencyPath((indexes[i] as number) + 1, size, log.tiles).length;
  },
  "inclusion verified": (log: RandomLog, size: number): Prove => {
    const samples = randomIndexes(size).map((index) => ({ index, path: inclusionPath(index, size, log.tiles) }));
    const root = log.rootAt(size);
    return (i) => {
      const { index, path } = samples[i] as (typeof samples)[number];
      if (!verifyInclusion(log.leafAt(index), index, size, path, root).ok) throw new Error("a proof fails");
      return path.length;
    };
  },
} satisfies Record<string, Kind>;

const MEASURES: Readonly<Record<keyof typeof KINDS, Measure | null>> = {
  "inclusion, one alone": "computed",
  // A small log is held whole and computes nothing, so there is no price a hash.
  "inclusion, one alone over held tiles": null,
  "inclusion, each of the newest 1,000": "path",
  consistency: "computed",
  "inclusion verified": "path",
};

interface Figure {
  readonly size: number;
  /** Of one proof, the lower quartile of the slices: other processes take the caches too. */
  readonly micros: number;
  /** Mean hashes of a path. */
  readonly path: number;
  /** Mean hashes computed for a proof. */
  readonly computed: number;
}

/** The sizes take turns, so that a slow minute of the machine slows all of them. */
function figuresOf(log: RandomLog, kind: Kind): Figure[] {
  const sizes = SIZES.map((size) => {
    const prove = kind(log, size);
    return { size, prove, ...counted(prove), next: 0, slices: [] as number[] };
  });
  for (let round = 0; round < ROUNDS; round++) for (const at of sizes) at.slices.push(slice(at));
  return sizes.map(({ size, slices, path, computed }) => {
    return {
      size,
      path,
      computed,
      micros: quantile(
        slices.toSorted((a, b) => a - b),
        0.25,
      ),
    };
  });
}

/** Microseconds of processor time a proof, over at least `SLICE_MS`: a proof waits for nothing, so other work is left out. */
function slice(at: { prove: Prove; next: number }): number {
  const started = performance.now();
  const cpu = process.cpuUsage();
  let proofs = 0;
  while (performance.now() - started < SLICE_MS) {
    at.prove(at.next);
    at.next = (at.next + 1) % SAMPLES;
    proofs++;
  }
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / proofs;
}

/** An untimed round, which warms the code and counts. */
function counted(prove: Prove): { path: number; computed: number } {
  let computed = 0;
  let path = 0;
  useHashEngine({
    ...workerHashes,
    sha256(message) {
      computed++;
      return workerHashes.sha256(message);
    },
  });
  for (let i = 0; i < SAMPLES; i++) path += prove(i);
  useHashEngine(workerHashes);
  return { path: path / SAMPLES, computed: computed / SAMPLES };
}

const rowOf = (kind: string, { size, micros, path, computed }: Figure): Row => ({
  name: `${kind}, log of ${size.toLocaleString("en-GB")}`,
  perSecond: 1e6 / micros,
  unit: "proofs",
  note: `${micros.toFixed(1)} us, path of ${path.toFixed(1)}, ${computed.toFixed(1)} hashes computed`,
});

function ratioOf(kind: string, figures: readonly Figure[], by: Measure): Ratio {
  const values = figures.map((figure) => figure.micros / figure[by]);
  const value = Math.max(...values) / Math.min(...values);
  const hash = by === "path" ? "a hash of the path" : "a hash computed";
  return { name: `${kind}: time ${hash} over all sizes, dearest by cheapest`, value, aim: "at most 1.2" };
}

/** Proofs over tiles in memory at growing sizes, with the sequencer's hashes. */
export function proofResults(): { rows: Row[]; ratios: Ratio[] } {
  useHashEngine(workerHashes);
  const log = logOfRandom(SIZES);
  const rows: Row[] = [];
  const ratios: Ratio[] = [];
  for (const kind of Object.keys(KINDS) as (keyof typeof KINDS)[]) {
    const figures = figuresOf(log, KINDS[kind]);
    rows.push(...figures.map((figure) => rowOf(kind, figure)));
    const by = MEASURES[kind];
    if (by) ratios.push(ratioOf(kind, figures, by));
  }
  return { rows, ratios };
}

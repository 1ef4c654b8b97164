import { benchmarkOf, type FrameworkBook, nextVersion } from "./book.ts";
import type { Benchmark, Framework } from "./framework.ts";

/** A score of an audit's section `scores`, as far as it is looked at. */
export interface Score {
  readonly topic: string;
  readonly scale: string;
  readonly value: unknown;
}

export interface ShownScore {
  readonly framework: string;
  readonly version: number;
  readonly benchmark: string;
  readonly name: string;
  readonly value: number;
  /** The level's descriptor. */
  readonly says: string;
  /** Nobody gave it: the review's mapping says so. */
  readonly isMapped: boolean;
}

/**
 * Under the version that it was given by, then, where the review's mapping says so, under the next (DESIGN 10). Empty for what
 * is no score of a published framework.
 */
export function shownUnder(score: Score, book: FrameworkBook): ShownScore[] {
  const given = book.get(score.scale);
  const benchmark = benchmarkOf(given, score.topic);
  const own = given && benchmark && shown(given, benchmark, score.value, false);
  if (!own) return [];
  const next = nextVersion(book, given);
  const row = next?.reviews?.mapping.find((one) => one.benchmark === score.topic);
  const kept = benchmarkOf(next, score.topic);
  const mapped = next && row && kept ? shown(next, kept, row.to[own.value - 1], true) : null;
  return mapped ? [own, mapped] : [own];
}

/** Null for a value that is none of the five levels. */
function shown(
  { framework, version }: Framework,
  { id, name, levels }: Benchmark,
  value: unknown,
  isMapped: boolean,
): ShownScore | null {
  const level = levels.find((one) => one.level === value);
  return level ? { framework, version, benchmark: id, name, value: level.level, says: level.says, isMapped } : null;
}

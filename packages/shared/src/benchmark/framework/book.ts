import type { Benchmark, Framework } from "./framework.ts";
import { frameworkScale } from "./framework.ts";

/** Versions of frameworks by the scale that scores name them by. */
export type FrameworkBook = ReadonlyMap<string, Framework>;

/** In the order of the log: of two that call themselves the same version the first one counts. */
export function frameworkBook(published: Iterable<Framework>): FrameworkBook {
  const book = new Map<string, Framework>();
  for (const one of published) {
    const scale = frameworkScale(one);
    if (!book.has(scale)) book.set(scale, one);
  }
  return book;
}

export const benchmarkOf = (framework: Framework | undefined, id: string): Benchmark | undefined =>
  framework?.benchmarks.find((one) => one.id === id);

/** The version that reviewed this one. */
export const nextVersion = (book: FrameworkBook, { framework, version }: Framework): Framework | undefined =>
  book.get(frameworkScale({ framework, version: version + 1 }));

/** Newest version of each framework, by its id. */
export function newestFrameworks(book: FrameworkBook): ReadonlyMap<string, Framework> {
  const newest = new Map<string, Framework>();
  for (const one of book.values())
    if (one.version > (newest.get(one.framework)?.version ?? 0)) newest.set(one.framework, one);
  return newest;
}

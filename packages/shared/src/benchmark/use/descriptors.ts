import { benchmarkOf, type FrameworkBook } from "../framework/book.ts";
import { frameworkScale } from "../framework/framework.ts";

/** What each level of a score means, in the framework's words: what a figure is about when there is nobody to compare with yet. */
export interface Descriptors {
  readonly name: string;
  readonly question: string;
  /** Level 1 first. */
  readonly levels: readonly string[];
}

/** Null of findings and days, whose bins explain themselves, and of what no framework of the book has. */
export function descriptorsOf(metric: string, book: FrameworkBook): Descriptors | null {
  const [, framework = "", version = "", id = ""] = /^score\/([^@/]+)@([0-9]+)\/([^/]+)$/.exec(metric) ?? [];
  const benchmark = benchmarkOf(book.get(frameworkScale({ framework, version: Number(version) })), id);
  if (!benchmark) return null;
  return { name: benchmark.name, question: benchmark.question, levels: benchmark.levels.map(({ says }) => says) };
}

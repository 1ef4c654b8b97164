import { fail, ok, type Result } from "../../result.ts";
import type { Benchmark, Framework, PublishedFramework, Review } from "./framework.ts";
import { frameworkClaims } from "./framework.ts";

/** Where in the framework, and what is allowed there. */
export interface FrameworkProblem {
  readonly path: string;
  readonly message: string;
}

/**
 * A framework as it came, or every problem that it has, place by place. `newest`: the newest published version of this
 * framework; null: there is none yet.
 */
export function readFramework(
  value: unknown,
  newest: PublishedFramework | null,
): Result<Framework, FrameworkProblem[]> {
  const read = frameworkClaims.safeParse(value);
  if (!read.success)
    return fail(read.error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message })));
  const problems = newest ? followProblems(read.data, newest) : firstProblems(read.data);
  return problems.length > 0 ? fail(problems) : ok(read.data);
}

function firstProblems({ version, reviews }: Framework): FrameworkProblem[] {
  const found: FrameworkProblem[] = [];
  if (version !== 1) found.push({ path: "version", message: "must be 1: no version of it is published yet" });
  if (reviews) found.push({ path: "reviews", message: "must be absent: there is nothing to review yet" });
  return found;
}

function followProblems(next: Framework, { statement, claims }: PublishedFramework): FrameworkProblem[] {
  const before = frameworkClaims.parse(claims);
  const found: FrameworkProblem[] = [];
  if (next.version !== before.version + 1)
    found.push({ path: "version", message: `must be ${before.version + 1}: version ${before.version} is the newest` });
  if (next.from <= before.from) found.push({ path: "from", message: `must be after ${before.from}` });
  if (!next.reviews)
    return [...found, { path: "reviews", message: "is missing: it says what it changes in the version before" }];
  if (next.reviews.statement !== statement)
    found.push({ path: "reviews.statement", message: `must be \`${statement}\`, the version before` });
  return [...found, ...changeProblems(next, before, next.reviews), ...mappingProblems(next, before, next.reviews)];
}

const byId = ({ benchmarks }: Framework): ReadonlyMap<string, Benchmark> =>
  new Map(benchmarks.map((one) => [one.id, one]));

// Both came through the schema, which writes members in one order.
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whoever is scored hears of each change, and of no other. */
function changeProblems(next: Framework, before: Framework, { changes }: Review): FrameworkProblem[] {
  const [new_, old] = [byId(next), byId(before)];
  const changed = new Set([...new_.keys(), ...old.keys()].filter((id) => !isSame(new_.get(id), old.get(id))));
  const told = new Set<string>();
  const found: FrameworkProblem[] = [];
  changes.forEach(({ benchmark }, at) => {
    const path = `reviews.changes.${at}.benchmark`;
    if (!changed.has(benchmark)) found.push({ path, message: `nothing changed in \`${benchmark}\`` });
    else if (told.has(benchmark)) found.push({ path, message: `\`${benchmark}\` stands twice` });
    told.add(benchmark);
  });
  for (const id of changed)
    if (!told.has(id)) found.push({ path: "reviews.changes", message: `does not say what changed in \`${id}\`` });
  return found;
}

function mappingProblems(next: Framework, before: Framework, { mapping }: Review): FrameworkProblem[] {
  const [new_, old] = [byId(next), byId(before)];
  const seen = new Set<string>();
  return mapping.flatMap(({ benchmark: id, to }, at) => {
    const path = `reviews.mapping.${at}`;
    if (seen.has(id)) return [{ path: `${path}.benchmark`, message: `\`${id}\` stands twice` }];
    seen.add(id);
    const [is, was] = [new_.get(id), old.get(id)];
    if (!is || !was) return [{ path: `${path}.benchmark`, message: `\`${id}\` is not in both versions` }];
    const why = wrongLevels(to, isSame(is.levels, was.levels));
    return why === null ? [] : [{ path: `${path}.to`, message: why }];
  });
}

/** A table that turned a score into a better one, or two round, would say what no scorer said. */
function wrongLevels(to: readonly number[], isUnchanged: boolean): string | null {
  if (isUnchanged) return to.every((level, at) => level === at + 1) ? null : "must be 1 to 5: no level changed";
  if (to.some((level, at) => level > at + 1)) return "must not raise a score: that takes a scorer";
  const kept = to.filter((level) => level > 0);
  const sinks = kept.some((level, at) => level < (kept[at - 1] ?? 0));
  return sinks ? "must not put a higher level below a lower one" : null;
}

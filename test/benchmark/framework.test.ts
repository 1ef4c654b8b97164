import { TOPICS } from "@quasarix/shared/audit/scheme/topic.ts";
import { FRAMEWORKS } from "@quasarix/shared/benchmark/framework/built-in.ts";
import {
  type Framework,
  frameworkClaims,
  frameworkOfScale,
  frameworkScale,
  scoreMetric,
} from "@quasarix/shared/benchmark/framework/framework.ts";
import { QUASARIX_1 } from "@quasarix/shared/benchmark/framework/quasarix/first.ts";
import { quasarixReview } from "@quasarix/shared/benchmark/framework/quasarix/review.ts";
import { readFramework } from "@quasarix/shared/benchmark/framework/read-framework.ts";
import { metricId } from "@quasarix/shared/benchmark/metric.ts";
import { MAX_STATEMENT_LENGTH } from "@quasarix/shared/statement/statement.ts";
import { describe, expect, test } from "vitest";
import { hashOf } from "../policy/author-world.ts";

const published = { statement: hashOf("version 1"), claims: QUASARIX_1 };
const REVIEWED = quasarixReview(published.statement);

/** What `readFramework` says, one line a problem. */
function said(value: unknown, newest: typeof published | null): string[] {
  const read = readFramework(value, newest);
  return read.ok ? [] : read.failure.map(({ path, message }) => `${path}: ${message}`);
}

describe("the Quasarix set", () => {
  test("has all that FIELD 1 lists, climate resilience from its first review on", () => {
    const ids = REVIEWED.benchmarks.map(({ id }) => id);
    for (const id of [
      "data-sharing",
      "grievance-mechanism",
      "worker-training",
      "worker-voice",
      "living-wage",
      "material-traceability",
      "disclosure-depth",
      "climate-resilience",
    ])
      expect(ids).toContain(id);
    expect(QUASARIX_1.benchmarks.length).toBeGreaterThanOrEqual(12);
    expect(QUASARIX_1.benchmarks.map(({ id }) => id)).not.toContain("climate-resilience");
  });

  test("is a first version as it stands, and its review follows it", () => {
    expect(said(QUASARIX_1, null)).toEqual([]);
    expect(said(REVIEWED, published)).toEqual([]);
    expect(FRAMEWORKS.flatMap((one) => said(one, null))).toEqual([]);
  });

  test.each(REVIEWED.benchmarks.map((one) => ({ id: one.id, one })))(
    "$id asks one question, and its five levels are five sentences that nobody repeats",
    ({ one }) => {
      expect(one.question).toMatch(/\?$/);
      expect(Object.keys(TOPICS)).toContain(one.topic);
      expect(one.look?.length).toBeGreaterThan(1);
      const all = REVIEWED.benchmarks.flatMap(({ levels }) => levels.map(({ says }) => says));
      for (const { says } of one.levels) {
        expect(says).toMatch(/^[A-Z].{30,}\.$/);
        expect(all.filter((other) => other === says)).toHaveLength(1);
      }
    },
  );

  test("fits one statement many times over", () => {
    expect(JSON.stringify(REVIEWED).length * 4).toBeLessThan(MAX_STATEMENT_LENGTH);
  });

  test("gives each benchmark a scale and a metric that say their version", () => {
    expect(frameworkScale(QUASARIX_1)).toBe("urn:quasarix:framework:quasarix@1");
    expect(frameworkOfScale(frameworkScale(QUASARIX_1))).toBe("quasarix");
    expect(frameworkOfScale("urn:quasarix:framework:quasarix@0")).toBe(null);
    for (const { id } of QUASARIX_1.benchmarks)
      expect(metricId.safeParse(scoreMetric(QUASARIX_1, id)).success).toBe(true);
  });
});

const [first, ...others] = QUASARIX_1.benchmarks as [Framework["benchmarks"][number], ...Framework["benchmarks"]];
const withFirst = (over: object): unknown => ({ ...QUASARIX_1, benchmarks: [{ ...first, ...over }, ...others] });
const level = (at: number, says: string) => first.levels.map((one, i) => (i === at ? { ...one, says } : one));

describe("a framework that is none names every place", () => {
  test.each([
    ["a version before any other that is not the first", { ...QUASARIX_1, version: 2 }, "version: must be 1"],
    ["a first version that reviews", { ...QUASARIX_1, reviews: REVIEWED.reviews }, "reviews: must be absent"],
    ["four levels", withFirst({ levels: first.levels.slice(1) }), "benchmarks.0.levels: must be five levels"],
    ["levels out of order", withFirst({ levels: [...first.levels].reverse() }), "benchmarks.0.levels: must be level 1"],
    [
      "two levels that say the same",
      withFirst({ levels: level(2, first.levels[1]?.says ?? "") }),
      "benchmarks.0.levels: two levels say the same",
    ],
    ["a topic that is not ours", withFirst({ topic: "weather" }), "benchmarks.0.topic: must be one of our topics"],
    ["a word for evidence", withFirst({ evidence: "hearsay" }), "benchmarks.0.evidence: must be one of self-reported"],
    [
      "a critical benchmark that counts unverified",
      withFirst({ critical: true, evidence: "documented" }),
      "benchmarks.0.evidence: must be `third-party`",
    ],
    ["an id in capitals", withFirst({ id: "Voice" }), "benchmarks.0.id: must be 1 to 60 lower-case"],
    ["a benchmark twice", withFirst({ id: others[0]?.id }), "benchmarks: names a benchmark twice"],
    ["a line break in a question", withFirst({ question: "a\nb" }), "benchmarks.0.question: must be one line"],
    ["no day to begin on", { ...QUASARIX_1, from: "2027-02-30" }, "from: must be a date of the calendar"],
    ["a member that nobody reads", { ...QUASARIX_1, price: 1 }, ': Unrecognized key: "price"'],
  ])("%s", (_what, value, says) => {
    expect(said(value, null).join("\n")).toContain(says);
  });

  test("two things wrong are two places", () => {
    expect(said(withFirst({ topic: "weather", id: "Voice" }), null)).toHaveLength(2);
  });
});

type Reviews = NonNullable<Framework["reviews"]>;
const reviews = REVIEWED.reviews as Reviews;
const reviewed = (over: Partial<Reviews>, next: Framework = REVIEWED): unknown => ({
  ...next,
  reviews: { ...reviews, ...over },
});
const mapped = (benchmark: string, to: number[]) => ({
  mapping: reviews.mapping.map((row) => (row.benchmark === benchmark ? { benchmark, to } : row)),
});
const { reviews: _, ...without } = REVIEWED;

describe("a yearly review", () => {
  test.each([
    ["skips a version", { ...REVIEWED, version: 3 }, "version: must be 2: version 1 is the newest"],
    ["says the version over again", { ...REVIEWED, version: 1 }, "version: must be 2"],
    ["holds from no later a day", { ...REVIEWED, from: QUASARIX_1.from }, "from: must be after 2025-01-01"],
    ["does not say what it changes", without, "reviews: is missing"],
    ["names another version", reviewed({ statement: hashOf("another") }), "reviews.statement: must be `"],
    [
      "is silent on a new benchmark",
      reviewed({ changes: reviews.changes.slice(1) }),
      "reviews.changes: does not say what changed in `climate-resilience`",
    ],
    [
      "is silent on a benchmark that it drops",
      reviewed({}, { ...REVIEWED, benchmarks: REVIEWED.benchmarks.slice(1) }),
      "reviews.changes: does not say what changed in `data-sharing`",
    ],
    [
      "speaks of a change that there is not",
      reviewed({ changes: [...reviews.changes, { benchmark: "worker-voice", says: "More." }] }),
      "reviews.changes.3.benchmark: nothing changed in `worker-voice`",
    ],
    [
      "speaks twice of one",
      reviewed({ changes: [...reviews.changes, reviews.changes[0] as Reviews["changes"][number]] }),
      "reviews.changes.3.benchmark: `climate-resilience` stands twice",
    ],
    ["raises a score", reviewed(mapped("living-wage", [1, 3, 3, 4, 5])), "to: must not raise a score"],
    [
      "puts a higher level below a lower",
      reviewed(mapped("living-wage", [1, 2, 1, 3, 4])),
      "to: must not put a higher",
    ],
    [
      "moves scores where no level changed",
      reviewed(mapped("worker-voice", [1, 1, 2, 3, 4])),
      "to: must be 1 to 5: no level changed",
    ],
    ["maps four levels", reviewed(mapped("living-wage", [1, 1, 2, 3])), "to: must be five numbers"],
    [
      "maps a benchmark that is new",
      reviewed({ mapping: [{ benchmark: "climate-resilience", to: [1, 2, 3, 4, 5] }] }),
      "reviews.mapping.0.benchmark: `climate-resilience` is not in both versions",
    ],
    [
      "maps a benchmark twice",
      reviewed({ mapping: Array(2).fill(reviews.mapping[0]) }),
      "reviews.mapping.1.benchmark: `data-sharing` stands twice",
    ],
  ])("that %s is refused at its place", (_what, value, says) => {
    expect(said(value, published).join("\n")).toContain(says);
  });

  test("may leave a score to be given anew, or carry nothing over", () => {
    expect(said(reviewed(mapped("living-wage", [1, 0, 2, 3, 0])), published)).toEqual([]);
    expect(said(reviewed({ mapping: [] }), published)).toEqual([]);
  });

  test("is held against the version before whatever order its members came in", () => {
    const turned = { ...QUASARIX_1, benchmarks: QUASARIX_1.benchmarks.map((one) => reversed(one)) };
    expect(said(REVIEWED, { ...published, claims: turned })).toEqual([]);
    expect(frameworkClaims.parse(turned)).toEqual(QUASARIX_1);
  });
});

const reversed = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).reverse()) as T;

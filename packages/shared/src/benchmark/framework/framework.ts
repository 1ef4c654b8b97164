import * as z from "zod";
import { isoDate } from "../../audit/date.ts";
import { TOPIC_CODES } from "../../audit/scheme/topic.ts";
import { EVIDENCE } from "../../audit/score-evidence.ts";
import { lineText } from "../../registry/text.ts";
import { hashText } from "../../wire/ids.ts";
import { BINS } from "../metric.ts";

export const frameworkId = z.string().regex(/^[a-z0-9-]{1,40}$/, {
  error: "must be 1 to 40 lower-case letters, digits and hyphens",
});
export const benchmarkId = z.string().regex(/^[a-z0-9-]{1,60}$/, {
  error: "must be 1 to 60 lower-case letters, digits and hyphens",
});
/** As metric ids hold it. */
export const frameworkVersion = z.int().min(1).max(9_999);

const level = z.strictObject({ level: z.int().min(1).max(BINS), says: lineText(500) });

const levels = z
  .array(level)
  .length(BINS, { error: "must be five levels" })
  .refine((all) => all.every((one, at) => one.level === at + 1), { error: "must be level 1 to 5, in this order" })
  .refine((all) => new Set(all.map(({ says }) => says)).size === all.length, { error: "two levels say the same" });

/** One question about a site, answered by one of five levels. Levels 3 to 5 build on each other; 1 and 2 say how a site falls short. */
const benchmark = z
  .strictObject({
    id: benchmarkId,
    topic: z.enum(TOPIC_CODES, { error: `must be one of our topics: ${TOPIC_CODES.join(", ")}` }),
    name: lineText(80),
    question: lineText(300),
    /** It counts only where a third party saw it (FIELD 1). */
    critical: z.boolean(),
    /** The least that a score has to rest on to count. */
    evidence: z.enum(EVIDENCE, { error: `must be one of ${EVIDENCE.join(", ")}` }),
    levels,
    /** Where a scorer looks. */
    look: z.array(lineText(200)).min(1).max(8).optional(),
  })
  .refine((it) => !it.critical || it.evidence === "third-party", {
    error: "must be `third-party`: a critical benchmark counts only when verified",
    path: ["evidence"],
  });
export type Benchmark = z.infer<typeof benchmark>;

const review = z.strictObject({
  /** The statement of the version before. */
  statement: hashText,
  /** Each benchmark that was added, dropped or changed, in a sentence for those who score and are scored. */
  changes: z.array(z.strictObject({ benchmark: benchmarkId, says: lineText(500) })).max(120),
  /** Under which level an earlier score is shown; 0: it has to be scored anew. A benchmark without a row is not carried over. */
  mapping: z
    .array(
      z.strictObject({
        benchmark: benchmarkId,
        to: z.array(z.int().min(0).max(BINS)).length(BINS, { error: "must be five numbers" }),
      }),
    )
    .max(60),
});

const distinct = (names: readonly string[]): boolean => new Set(names).size === names.length;

/** Claims of `framework`, signed by the operator in the consortium's dossier: one version, whole. Nothing is ever edited. */
export const frameworkClaims = z.strictObject({
  framework: frameworkId,
  version: frameworkVersion,
  title: lineText(120),
  /** The day from which on sites are scored by it. */
  from: isoDate,
  benchmarks: z
    .array(benchmark)
    .min(1)
    .max(60)
    .refine((all) => distinct(all.map(({ id }) => id)), { error: "names a benchmark twice" }),
  reviews: review.optional(),
});
export type Framework = z.infer<typeof frameworkClaims>;
export type Review = z.infer<typeof review>;

/** A version, and the statement that published it. */
export interface PublishedFramework {
  readonly statement: string;
  readonly claims: Framework;
}

/** As a score names it: `urn:quasarix:framework:<framework>@<version>`. */
export const frameworkScale = ({ framework, version }: Pick<Framework, "framework" | "version">): string =>
  `urn:quasarix:framework:${framework}@${version}`;

/** The framework that such a scale is of; null: the scale of something else. */
export const frameworkOfScale = (scale: string): string | null =>
  /^urn:quasarix:framework:([a-z0-9-]{1,40})@[1-9][0-9]{0,3}$/.exec(scale)?.[1] ?? null;

export const scoreMetric = ({ framework, version }: Pick<Framework, "framework" | "version">, id: string): string =>
  `score/${framework}@${version}/${id}`;

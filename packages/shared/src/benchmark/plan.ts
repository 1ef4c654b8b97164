import * as z from "zod";
import { isoDate } from "../audit/date.ts";
import { hashText } from "../wire/ids.ts";
import { metricId } from "./metric.ts";
import { type Leaf, UNKNOWN } from "./site-record.ts";

/** The one tree (BENCHMARKS 1.1): a second one would cost eps 1 more per score. */
export const TREE = ["industry", "region", "country", "tier"] as const;
export type Dimension = (typeof TREE)[number];

export const PROFILES = ["eight", "small"] as const;
export type Profile = (typeof PROFILES)[number];
export const SERIES = ["quarter", "year", "founding"] as const;
export type SeriesName = (typeof SERIES)[number];

const name = z.string().min(1).max(128);
const seconds = z.int().min(0);

/** A site belongs to a cell when it fits each of its conditions; cells of one series never overlap. No condition: all peers. */
const condition = z.union([
  z.strictObject({ by: z.enum(TREE), in: z.array(name).min(1) }),
  z.strictObject({ by: z.enum(TREE), notIn: z.array(name).min(1) }),
]);
export type Condition = z.infer<typeof condition>;

/** `path`: `all`, or one part a split, as in `industry=textiles/region=other`. */
const cell = z.strictObject({ path: z.string().min(1).max(600), where: z.array(condition).max(TREE.length) });
export type Cell = z.infer<typeof cell>;

/** Days inclusive, by audit date; the rest Unix seconds. `commitment`: SHA-256 of the cohort's secret, b64url. */
const cohort = z.strictObject({
  id: z.string().regex(/^[0-9]{4}(-Q[1-4])?(\+[0-9]{4}-Q[1-4])?$/),
  from: isoDate,
  to: isoDate,
  cutoff: seconds,
  notBefore: seconds,
  commitment: hashText,
});
export type Cohort = z.infer<typeof cohort>;

const series = z.strictObject({
  name: z.enum(SERIES),
  metrics: z.array(metricId).min(1).max(30),
  cells: z.array(cell).min(1),
  cohorts: z.array(cohort).min(1),
});
export type Series = z.infer<typeof series>;

/**
 * The plan's file: compact JSON, members in this order, integers only. `planKey`: SHA-256 of the key that chooses sponsors;
 * `sites`: root over the hiding commitments to each participant's cell and sponsor.
 */
export const planFile = z.strictObject({
  version: z.literal(1),
  consortium: z.string().min(1).max(200),
  profile: z.enum(PROFILES),
  says: z.string().min(1).max(200),
  marks: z.array(z.string().min(1).max(200)),
  K: z.int().min(1),
  W: z.int().min(1),
  floor: z.strictObject({ counted: z.int().min(1), sponsors: z.int().min(1) }),
  /** The noise's scale as a fraction. */
  b: z.tuple([z.int().min(1), z.int().min(1)]),
  planKey: hashText,
  sites: hashText,
  /** Organisations that may re-run a release with its secret. */
  auditors: z.array(z.string().min(1)),
  /** By when a majority has to have voted yes, Unix seconds. */
  commitBy: seconds,
  series: z.array(series).min(1).max(2),
});
export type Plan = z.infer<typeof planFile>;

const fits = (leaf: Leaf, one: Condition): boolean =>
  "in" in one ? one.in.includes(leaf[one.by]) : !one.notIn.includes(leaf[one.by]);

/** The index of the cell that a site belongs to; -1: a name that no part has, which counts nowhere until the next plan. */
export const cellOf = ({ cells }: Pick<Series, "cells">, leaf: Leaf): number =>
  cells.findIndex(({ where }) => where.every((one) => fits(leaf, one)));

export const leafOf = (
  site: { sector: string | null; country: string; tier: string | null },
  region: string,
): Leaf => ({
  industry: site.sector ?? UNKNOWN,
  region,
  country: site.country,
  tier: site.tier ?? UNKNOWN,
});

import type { Evidence } from "./evidence.ts";
import type { FeatureName } from "./features.ts";

export type Verdict = "same" | "likely" | "distinct" | "unknown";

/** A learnt table: log odds are the intercept and the weighed features; from `likely` on, and from `same` on. */
export interface Weights {
  readonly intercept: number;
  readonly features: Readonly<Partial<Record<FeatureName, number>>>;
  readonly likely: number;
  readonly same: number;
}

export interface Judged {
  readonly verdict: Verdict;
  /** 0 to 1; one half is where `likely` begins. */
  readonly score: number;
}

const rounded = (score: number): number => Math.round(score * 10_000) / 10_000;
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** The log odds that the table gives, before any rule. */
export function learnt({ features }: Evidence, weights: Weights): number {
  let sum = weights.intercept;
  for (const name of Object.keys(weights.features) as FeatureName[])
    sum += (weights.features[name] ?? 0) * features[name];
  return sum;
}

/** Without an address on one side: names alone never make `same`, and only telling ones make `likely`. */
function byName(evidence: Evidence): Judged {
  const { nameLeast, nameMost } = evidence.features;
  const likeness = (nameLeast + nameMost) / 2;
  const score = rounded(sigmoid(6 * (likeness - 0.75) + evidence.shift));
  if (evidence.namesOpposed) return { verdict: "distinct", score: Math.min(score, 0.2) };
  if (evidence.tellingName && score >= 0.5) return { verdict: "likely", score };
  return { verdict: "unknown", score: Math.min(score, 0.49) };
}

/** A site's own number on both: the same, unless all else is against it. */
function byNumber(evidence: Evidence, odds: number): Judged {
  const opposed = evidence.contradicted || (evidence.namesOpposed && odds < -2);
  if (opposed) return { verdict: "likely", score: rounded(Math.max(0.5, Math.min(0.95, sigmoid(odds)))) };
  return { verdict: "same", score: rounded(Math.max(0.99, sigmoid(odds))) };
}

export function judge(evidence: Evidence, weights: Weights): Judged {
  const odds = learnt(evidence, weights) + evidence.shift - weights.likely;
  if (evidence.ruled === "distinct") return { verdict: "distinct", score: rounded(Math.min(0.02, sigmoid(odds))) };
  if (evidence.ruled === "one") return byNumber(evidence, odds);
  if (evidence.nameless) return { verdict: "unknown", score: rounded(Math.min(0.49, sigmoid(odds))) };
  if (evidence.nowhere) return byName(evidence);
  const score = rounded(sigmoid(odds));
  if (score < 0.5) return { verdict: "distinct", score };
  return { verdict: odds >= weights.same - weights.likely && !evidence.doubt ? "same" : "likely", score };
}

import type { FeatureName } from "@quasarix/shared/registry/match/features.ts";
import { learnt, type Weights } from "@quasarix/shared/registry/match/verdict.ts";
import type { Examined, Judgeable } from "./examples.ts";
import type { DataSet } from "./labelled.ts";
import { type Example, train } from "./logistic.ts";
import { type Scored, thresholdFor } from "./measure.ts";

const PENALTY = 1;
const MOST = 3_000;
const TOTAL = 500;
const MADE = 0.3;

/** How much each set counts. The labels of early childhood follow the address alone, which no supplier list does: it counts less. */
const COUNTS: Readonly<Record<DataSet, number>> = {
  apple_cross_year: 1,
  chicago_food: 1,
  "chicago-early-childhood": 0.2,
  "fodors-zagats": 0.6,
};

/** Facts that may only speak against; all others may only speak for. A weight with the other sign is left out. */
const AGAINST: ReadonlySet<FeatureName> = new Set<FeatureName>([
  "nameApart",
  "nameTradesApart",
  "nameNumbersDiffer",
  "addressApart",
  "numberDifferent",
  "streetDifferent",
  "postcodeDifferent",
  "directionsDiffer",
  "kindsDiffer",
  "labelsDiffer",
  "houseAndNameApart",
  "houseAndTradesApart",
  "sameNameElsewhere",
  "sameNameOtherNumber",
]);

type Keep = (it: Judgeable) => boolean;

function drawn(pairs: readonly Judgeable[], total: number): Example[] {
  const some = pairs.filter(({ lot }) => lot < MOST / pairs.length);
  return some.map(({ evidence, same }) => ({
    x: Object.values(evidence.features),
    y: same ? 1 : 0,
    weight: total / some.length,
  }));
}

/** Matches and others of a set weigh the same together, however many there are. */
function examplesOf({ set, pairs, made }: Examined, keep: Keep): Example[] {
  const kept = pairs.filter((it) => keep(it) && !it.evidence.nowhere);
  const total = TOTAL * COUNTS[set];
  return [
    ...drawn(
      kept.filter(({ same }) => same),
      total,
    ),
    ...drawn(
      kept.filter(({ same }) => !same),
      total,
    ),
    ...drawn(made.filter(keep), TOTAL * MADE),
  ];
}

interface Table {
  readonly intercept: number;
  readonly features: Partial<Record<FeatureName, number>>;
}

/** The weights whose signs mean what their facts mean; facts are left out until all do. */
function signed(examples: readonly Example[], names: readonly FeatureName[]): Table {
  let left = names.map((_, i) => i);
  for (;;) {
    const [intercept = 0, ...weights] = train(
      examples.map((it) => ({ ...it, x: left.map((i) => it.x[i] ?? 0) })),
      PENALTY,
    );
    const right = left.filter((i, at) => (weights[at] ?? 0) * (AGAINST.has(names[i] as FeatureName) ? -1 : 1) > 0.005);
    if (right.length === left.length) {
      const short = (weight: number) => Math.round(weight * 1_000) / 1_000;
      return {
        intercept: short(intercept),
        features: Object.fromEntries(left.map((i, at) => [names[i], short(weights[at] ?? 0)])),
      };
    }
    left = right;
  }
}

/** Trained on the pairs of all sets that `keep` keeps; no thresholds yet. */
export function tableFrom(sets: readonly Examined[], keep: Keep): Weights {
  const names = Object.keys(sets[0]?.pairs[0]?.evidence.features ?? {}) as FeatureName[];
  return {
    ...signed(
      sets.flatMap((set) => examplesOf(set, keep)),
      names,
    ),
    likely: 0,
    same: 0,
  };
}

export const scored = (pairs: readonly Judgeable[], weights: Weights): Scored[] =>
  pairs.map(({ evidence, same }) => ({
    odds: learnt(evidence, weights) + evidence.shift,
    same,
    doubt: evidence.doubt,
  }));

/** Log odds of pairs none of which its weights were trained on, set by set. */
export function crossValidated(sets: readonly Examined[], folds: number): Scored[][] {
  const out: Scored[][] = sets.map(({ pairs }) => new Array<Scored>(pairs.length));
  for (let fold = 0; fold < folds; fold++) {
    const weights = tableFrom(sets, (it) => it.fold !== fold);
    for (const [k, { pairs }] of sets.entries()) {
      const tested = pairs.map((it, i) => [it, i] as const).filter(([it]) => it.fold === fold);
      const found = scored(
        tested.map(([it]) => it),
        weights,
      );
      for (const [n, [, i]] of tested.entries()) (out[k] as Scored[])[i] = found[n] as Scored;
    }
  }
  return out;
}

/** The table to ship, with thresholds set on pairs that were held out in turn. */
export function tableFromAll(sets: readonly Examined[], heldOut: readonly (readonly Scored[])[]): Weights {
  const unseen = sets.map(({ labelled }) => labelled.unseen);
  return { ...tableFrom(sets, () => true), ...thresholdFor(heldOut, unseen) };
}

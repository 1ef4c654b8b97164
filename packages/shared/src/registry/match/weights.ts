import type { Weights } from "./verdict.ts";

/**
 * Learnt; written by `scripts/match/train.ts` and not by hand. From the labelled pairs of
 * apple_cross_year: 1963 pairs, 1363 of one site
 * chicago_food: 2802 pairs, 1202 of one site
 * chicago-early-childhood: 231419 pairs, 6488 of one site
 * fodors-zagats: 503 pairs, 112 of one site
 * (labels that begin with `ambiguous` and `same_site_renamed` left out; of the last two the pairs that share a key),
 * and 293 pairs made from matches of the first by changing one number.
 * Logistic regression over all pairs; both thresholds set on the 5 folds held out in turn, grouped by site or company.
 */
export const WEIGHTS: Weights = {
  intercept: -3.867,
  features: {
    nameMost: 2.347,
    nameApart: -0.48,
    nameNumbersDiffer: -0.326,
    nameAcronym: 0.087,
    addressEqual: 2.573,
    addressDice: 0.468,
    addressApart: -0.905,
    numberDifferent: -0.969,
    streetEqual: 0.065,
    kindsDiffer: -0.045,
    labelsShared: 0.762,
    labelsDiffer: -1.137,
    houseAndName: 0.122,
    houseAndNameDice: 0.615,
    houseAndNameMost: 1.103,
    houseAndTradesApart: -0.109,
    tellingNameNoClash: 0.148,
    addressAndName: 1.749,
    sameNameElsewhere: -1.544,
    sameNameOtherNumber: -1.805,
  },
  likely: -0.5,
  same: 2.45,
};

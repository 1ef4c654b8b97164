import type { Weights } from "./verdict.ts";

/**
 * Learnt; written by `scripts/match/train.ts` and not by hand. From the labelled pairs of
 * apple_cross_year: 1963 pairs, 1363 of one site
 * chicago_food: 2802 pairs, 1202 of one site
 * chicago-early-childhood: 231419 pairs, 6488 of one site
 * fodors-zagats: 503 pairs, 112 of one site
 * (labels that begin with `ambiguous` and `same_site_renamed` left out; of the last two the pairs that share a key),
 * and 626 pairs made from matches of the first, by changing one number or taking another's name.
 * Logistic regression over all pairs; both thresholds set on the 5 folds held out in turn, grouped by site or company.
 */
export const WEIGHTS: Weights = {
  intercept: -4.668,
  features: {
    nameMost: 2.599,
    nameDice: 0.187,
    nameApart: -0.505,
    nameTradesApart: -0.016,
    nameNumbersDiffer: -0.304,
    nameAcronym: 0.092,
    addressEqual: 2.101,
    addressDice: 0.601,
    addressApart: -0.911,
    numberEqual: 0.265,
    numberDifferent: -0.741,
    streetEqual: 0.172,
    postcodeEqual: 0.335,
    kindsDiffer: -0.069,
    labelsShared: 0.538,
    labelsDiffer: -0.863,
    house: 0.203,
    houseAndName: 0.071,
    houseAndNameDice: 0.587,
    houseAndNameMost: 0.852,
    houseAndTradesApart: -0.119,
    addressAndName: 2.293,
    sameNameElsewhere: -1.445,
    sameNameOtherNumber: -1.836,
  },
  likely: -0.5,
  same: 3.05,
};

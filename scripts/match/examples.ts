import { type Evidence, evidenceOf, weigh } from "@quasarix/shared/registry/match/evidence.ts";
import type { MatchPlace } from "@quasarix/shared/registry/match/place.ts";
import { type Prepared, prepare } from "@quasarix/shared/registry/match/prepared.ts";
import type { DataSet, Labelled, LabelledPair } from "./labelled.ts";

export const FOLDS = 5;

export interface Judgeable {
  readonly evidence: Evidence;
  readonly same: boolean;
  readonly fold: number;
  /** A number from 0 to 1 by which examples are drawn, the same each time. */
  readonly lot: number;
  readonly pair: LabelledPair;
}

export interface Examined {
  readonly set: DataSet;
  readonly labelled: Labelled;
  readonly pairs: readonly Judgeable[];
  readonly renamed: readonly Judgeable[];
  /** Made for training only: a site and the same words at another number, or another's name at its address. */
  readonly made: readonly Judgeable[];
}

/** FNV-1a as a number from 0 to 1. */
function lotOf(text: string): number {
  let hash = 2_166_136_261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619);
  return (hash >>> 0) / 2 ** 32;
}

/** The address with one of its numbers changed, or null where it has none. */
function atAnotherNumber(place: MatchPlace, by: number): MatchPlace | null {
  const numbers = [...(place.address ?? "").matchAll(/(?<!\d)\d{1,4}(?!\d)/g)];
  const chosen = numbers[by % Math.max(1, numbers.length)];
  if (!chosen || place.address === undefined) return null;
  const changed = String(Number(chosen[0]) + 3 + ((by * 7) % 90));
  const { index } = chosen;
  return {
    ...place,
    address: `${place.address.slice(0, index)}${changed}${place.address.slice(index + chosen[0].length)}`,
  };
}

/** Each record is read once. */
class Examiner {
  readonly #read = new Map<MatchPlace, Prepared>();

  #prepared(place: MatchPlace): Prepared {
    const known = this.#read.get(place) ?? prepare(place);
    this.#read.set(place, known);
    return known;
  }

  examine(pair: LabelledPair, at: string): Judgeable {
    const evidence = evidenceOf(weigh(this.#prepared(pair.a), this.#prepared(pair.b)));
    return { evidence, same: pair.same, fold: Math.floor(lotOf(pair.group) * FOLDS), lot: lotOf(at), pair };
  }
}

const EVERY = 4;

/** Of every fourth match of the first set one that moved by a number, and of every fourth a neighbour in its place. */
function madeFrom({ set, pairs }: Labelled): LabelledPair[] {
  if (set !== "apple_cross_year") return [];
  return pairs.flatMap((pair, i) => {
    if (!pair.same || i % EVERY > 1) return [];
    const neighbour = pairs[(i + 531) % pairs.length];
    const a = i % EVERY === 0 ? atAnotherNumber(pair.a, i) : { ...pair.a, name: neighbour?.b.name ?? "" };
    return a === null || neighbour?.group === pair.group ? [] : [{ ...pair, a, same: false }];
  });
}

export function examined(labelled: Labelled): Examined {
  const examiner = new Examiner();
  const { set } = labelled;
  return {
    set,
    labelled,
    pairs: labelled.pairs.map((pair, i) => examiner.examine(pair, `${set} ${i}`)),
    renamed: labelled.renamed.map((pair, i) => examiner.examine(pair, `renamed ${i}`)),
    made: madeFrom(labelled).map((pair, i) => examiner.examine(pair, `made ${i}`)),
  };
}

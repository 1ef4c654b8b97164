import { wordLikeness } from "./word-likeness.ts";

export interface Weighed {
  readonly word: string;
  readonly weight: number;
}

export interface Alignment {
  /** The share of the weight on either side that found a counterpart, 0 to 1. */
  readonly a: number;
  readonly b: number;
  /** Words alike on both sides, as the first side writes them. */
  readonly shared: readonly string[];
  readonly onlyA: readonly Weighed[];
  readonly onlyB: readonly Weighed[];
}

interface Candidate {
  readonly i: number;
  readonly j: number;
  readonly likeness: number;
  readonly order: string;
}

/** Which words of one side are which of the other; the same pairs whatever the order of words or sides. */
class Aligner {
  readonly #a: readonly Weighed[];
  readonly #b: readonly Weighed[];
  readonly #likeA: number[];
  readonly #likeB: number[];

  constructor(a: readonly Weighed[], b: readonly Weighed[]) {
    this.#a = a;
    this.#b = b;
    this.#likeA = a.map(() => 0);
    this.#likeB = b.map(() => 0);
  }

  #exact(): void {
    const at = new Map(this.#b.map(({ word }, j) => [word, j]));
    for (const [i, { word }] of this.#a.entries()) {
      const j = at.get(word);
      if (j === undefined) continue;
      this.#likeA[i] = 1;
      this.#likeB[j] = 1;
    }
  }

  /** Two words of one side that are one word of the other. */
  #joined(halves: readonly Weighed[], likeH: number[], wholes: readonly Weighed[], likeW: number[]): void {
    for (const [w, { word }] of wholes.entries()) {
      if (likeW[w] !== 0 || word.length < 4) continue;
      const open = halves.map((_, i) => i).filter((i) => likeH[i] === 0 && word.includes(halves[i]?.word ?? ""));
      if (open.length > 2) open.sort((i, j) => ((halves[i]?.word ?? "") < (halves[j]?.word ?? "") ? -1 : 1));
      for (const i of open) {
        const j = open.find((it) => it !== i && `${halves[i]?.word}${halves[it]?.word}` === word);
        if (j === undefined) continue;
        likeH[i] = 1;
        likeH[j] = 1;
        likeW[w] = 1;
        break;
      }
    }
  }

  #nearly(): void {
    const found: Candidate[] = [];
    for (const [i, { word: a }] of this.#a.entries()) {
      if (this.#likeA[i] !== 0) continue;
      for (const [j, { word: b }] of this.#b.entries()) {
        if (this.#likeB[j] !== 0) continue;
        const likeness = wordLikeness(a, b);
        if (likeness > 0) found.push({ i, j, likeness, order: a < b ? `${a} ${b}` : `${b} ${a}` });
      }
    }
    found.sort((x, y) => y.likeness - x.likeness || (x.order < y.order ? -1 : x.order > y.order ? 1 : 0));
    for (const { i, j, likeness } of found) {
      if (this.#likeA[i] !== 0 || this.#likeB[j] !== 0) continue;
      this.#likeA[i] = likeness;
      this.#likeB[j] = likeness;
    }
  }

  align(): Alignment {
    this.#exact();
    this.#joined(this.#a, this.#likeA, this.#b, this.#likeB);
    this.#joined(this.#b, this.#likeB, this.#a, this.#likeA);
    this.#nearly();
    return {
      a: covered(this.#a, this.#likeA),
      b: covered(this.#b, this.#likeB),
      shared: this.#a.filter((_, i) => this.#likeA[i] !== 0).map(({ word }) => word),
      onlyA: this.#a.filter((_, i) => this.#likeA[i] === 0),
      onlyB: this.#b.filter((_, j) => this.#likeB[j] === 0),
    };
  }
}

function covered(words: readonly Weighed[], likeness: readonly number[]): number {
  let found = 0;
  let all = 0;
  for (const [i, { weight }] of words.entries()) {
    found += weight * (likeness[i] ?? 0);
    all += weight;
  }
  return all === 0 ? 0 : found / all;
}

/** Each side's words are distinct. */
export const align = (a: readonly Weighed[], b: readonly Weighed[]): Alignment => new Aligner(a, b).align();

export const weightOf = (words: readonly Weighed[]): number => words.reduce((sum, { weight }) => sum + weight, 0);

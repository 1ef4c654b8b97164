/** Below 2^26: a product of two remainders stays an exact number. */
const PRIMES = [67_108_859, 67_108_837] as const;

/**
 * Whether a vector of 0 and 1 is a sum of multiples of these rows. Row-reduced modulo two primes instead of over the
 * rationals: a vector outside the span modulo a prime is outside it over the rationals, unless the prime divides a minor of
 * the matrix. Where every column meets at most one row of each of two partitions, the matrix is that of a bipartite graph:
 * totally unimodular, every minor 0, 1 or -1, and the answer is exact. `isUnimodular` says whether that holds.
 */
export class RowSpace {
  readonly #width: number;
  readonly #fields: readonly Field[];

  constructor(width: number, rows: readonly (readonly number[])[]) {
    this.#width = width;
    this.#fields = PRIMES.map((prime) => new Field(prime));
    for (const field of this.#fields) for (const row of rows) field.add(this.#dense(row));
  }

  get rank(): number {
    return Math.max(...this.#fields.map(({ rank }) => rank));
  }

  /** `ones`: the columns of the vector that are 1. */
  holds(ones: readonly number[]): boolean {
    return this.#fields.every((field) => field.holds(this.#dense(ones)));
  }

  #dense(ones: readonly number[]): Float64Array {
    const vector = new Float64Array(this.#width);
    for (const at of ones) vector[at] = 1;
    return vector;
  }
}

/** No column in more than one row of either set. */
export function isUnimodular(width: number, ...partitions: readonly (readonly (readonly number[])[])[]): boolean {
  return (
    partitions.length <= 2 &&
    partitions.every((rows) => {
      const times = new Uint32Array(width);
      for (const row of rows) for (const at of row) times[at] = (times[at] ?? 0) + 1;
      return times.every((count) => count <= 1);
    })
  );
}

class Field {
  readonly #prime: number;
  /** Each with 1 at its pivot, reduced by those before it. */
  readonly #rows: { readonly pivot: number; readonly values: Float64Array }[] = [];

  constructor(prime: number) {
    this.#prime = prime;
  }

  get rank(): number {
    return this.#rows.length;
  }

  add(vector: Float64Array): void {
    const pivot = this.#reduced(vector).findIndex((value) => value !== 0);
    if (pivot < 0) return;
    const inverse = this.#power(vector[pivot] ?? 1, this.#prime - 2);
    for (let at = pivot; at < vector.length; at++) vector[at] = ((vector[at] ?? 0) * inverse) % this.#prime;
    this.#rows.push({ pivot, values: vector });
  }

  holds(vector: Float64Array): boolean {
    return this.#reduced(vector).every((value) => value === 0);
  }

  /** In place. */
  #reduced(vector: Float64Array): Float64Array {
    for (const { pivot, values } of this.#rows) {
      const times = vector[pivot] ?? 0;
      if (times === 0) continue;
      for (let at = pivot; at < vector.length; at++) {
        const value = values[at] ?? 0;
        if (value !== 0) vector[at] = ((vector[at] ?? 0) + times * (this.#prime - value)) % this.#prime;
      }
    }
    return vector;
  }

  #power(base: number, exponent: number): number {
    let [result, square, left] = [1, base, exponent];
    while (left > 0) {
      if (left % 2 === 1) result = (result * square) % this.#prime;
      square = (square * square) % this.#prime;
      left = Math.floor(left / 2);
    }
    return result;
  }
}

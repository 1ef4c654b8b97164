/** Up to `size` pieces of work under way at once; whoever adds one more waits for a place, so that memory stays bounded. */
export class Crowd {
  readonly #size: number;
  readonly #underWay = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | null = null;

  constructor(size: number) {
    this.#size = size;
  }

  /** Throws what an earlier piece of work threw. */
  async add(work: () => Promise<void>): Promise<void> {
    while (this.#underWay.size >= this.#size) await Promise.race(this.#underWay);
    this.#throwFailure();
    const one: Promise<void> = work()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#underWay.delete(one));
    this.#underWay.add(one);
  }

  /** When all that was added has ended; throws what any of it threw. */
  async end(): Promise<void> {
    await Promise.all(this.#underWay);
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }
}

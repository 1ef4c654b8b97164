import type { Ledger } from "./ledger.ts";

/** A checkpoint chosen for publication. Entries below `uploaded`, a multiple of 256, are in the bucket. */
export interface Publication {
  readonly size: number;
  readonly uploaded: number;
}

/** At most one published checkpoint a second (DESIGN 5). */
const INTERVAL_MS = 1_000;

/** Which checkpoint is on its way to the bucket. The choice is kept, so that a crash cannot leave one there unlisted. */
export class Outbox {
  readonly #storage: DurableObjectStorage;
  readonly #ledger: Ledger;

  constructor(storage: DurableObjectStorage, ledger: Ledger) {
    this.#storage = storage;
    this.#ledger = ledger;
  }

  /** When the next publication may begin; null when all is published. */
  dueAt(size: number): number | null {
    const newest = this.#ledger.newestPublished();
    if (size <= (newest?.size ?? 0)) return null;
    return newest && !this.underWay() ? newest.at + INTERVAL_MS : 0;
  }

  underWay(): Publication | null {
    const [row] = this.#storage.sql.exec<{ size: number; uploaded: number }>(
      "SELECT size, uploaded FROM outbox ORDER BY size LIMIT 1",
    );
    return row ?? null;
  }

  /** Goes on with the publication under way, else chooses `size`. Requires that it is due. */
  choose(size: number): Publication {
    const begun = this.underWay();
    if (begun) return begun;
    const published = this.#ledger.newestPublished()?.size ?? 0;
    const chosen = { size, uploaded: published - (published % 256) };
    this.#storage.sql.exec("INSERT INTO outbox (size, uploaded) VALUES (?, ?)", chosen.size, chosen.uploaded);
    return chosen;
  }

  uploaded(size: number, to: number): void {
    this.#storage.sql.exec("UPDATE outbox SET uploaded = ? WHERE size = ?", to, size);
  }

  published(size: number, at: number): void {
    this.#storage.transactionSync(() => {
      this.#storage.sql.exec("INSERT OR IGNORE INTO published (size, at) VALUES (?, ?)", size, at);
      this.#storage.sql.exec("DELETE FROM outbox WHERE size = ?", size);
    });
  }
}

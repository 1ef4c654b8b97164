import { base64 } from "@quasarix/shared/base64.ts";
import type { PublishedCheckpoint } from "@quasarix/shared/log/append.ts";
import { parseCheckpoint } from "@quasarix/shared/log/checkpoint.ts";
import { parseNote } from "@quasarix/shared/log/note.ts";

/** How many sizes an isolate remembers. */
const KEPT = 4096;

/** Which checkpoints this log published: what `seen` may name. Published sizes never change, so they are kept. */
export class PublishedSizes {
  readonly #list: (after: number, limit: number) => Promise<readonly PublishedCheckpoint[]>;
  readonly #roots = new Map<number, string>();
  #largest = 0;

  constructor(list: (after: number, limit: number) => Promise<readonly PublishedCheckpoint[]>) {
    this.#list = list;
  }

  /** The largest published size this isolate has met; it only lags. */
  get largest(): number {
    return this.#largest;
  }

  /** The root, b64, that was published for this size; null: none was. */
  async rootOf(size: number): Promise<string | null> {
    const kept = this.#roots.get(size);
    if (kept !== undefined) return kept;
    const [found] = await this.#list(size - 1, 1);
    if (found?.size !== size) return null;
    const root = rootOf(found.note);
    if (this.#roots.size >= KEPT) this.#roots.clear();
    this.#roots.set(size, root);
    this.#largest = Math.max(this.#largest, size);
    return root;
  }
}

function rootOf(text: string): string {
  const note = parseNote(text);
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
  if (!checkpoint.ok) throw new Error("the sequencer published a note that does not parse");
  return base64(checkpoint.value.root);
}

import { base64 } from "@quasarix/shared/base64.ts";
import type { PublishedCheckpoint } from "@quasarix/shared/log/append.ts";
import { parseCheckpoint } from "@quasarix/shared/log/checkpoint.ts";
import { parseNote } from "@quasarix/shared/log/note.ts";

/** How many sizes an isolate remembers. */
const KEPT = 4096;

type List = (after: number, limit: number) => Promise<readonly PublishedCheckpoint[]>;

/** Which checkpoints this log published: what `seen` may name. Answers of yes are kept, of no asked again. */
export class PublishedSizes {
  readonly #list: List;
  readonly #roots = new Map<number, string>();

  constructor(list: List) {
    this.#list = list;
  }

  /** Was this root, b64, published for this size? */
  async has(size: number, root: string): Promise<boolean> {
    if (this.#roots.get(size) === root) return true;
    const [found] = await this.#list(size - 1, 1);
    if (found?.size !== size || rootOf(found.note) !== root) return false;
    if (this.#roots.size >= KEPT) this.#roots.clear();
    this.#roots.set(size, root);
    return true;
  }

  /** Was a checkpoint published that holds the entry of this index? */
  async holds(index: number): Promise<boolean> {
    return (await this.#list(index, 1)).length > 0;
  }
}

function rootOf(text: string): string {
  const note = parseNote(text);
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
  if (!checkpoint.ok) throw new Error("the sequencer published a note that does not parse");
  return base64(checkpoint.value.root);
}

import { base64 } from "@quasarix/shared/base64.ts";
import type { PublishedCheckpoint } from "@quasarix/shared/log/append.ts";
import { type Checkpoint, parseSignedCheckpoint } from "@quasarix/shared/log/checkpoint.ts";

/** How many sizes an isolate remembers. */
const KEPT = 4096;

interface PublishedPorts {
  /** As the sequencer knows it. */
  readonly list: (after: number, limit: number) => Promise<readonly PublishedCheckpoint[]>;
  /** The note that stands in the bucket for exactly this size. */
  readonly written: (size: number) => Promise<string | null>;
}

/** Which checkpoints this log published: what `seen` may name. Answers of yes are kept, of no asked again. */
export class PublishedSizes {
  readonly #ports: PublishedPorts;
  readonly #roots = new Map<number, string>();

  constructor(ports: PublishedPorts) {
    this.#ports = ports;
  }

  /**
   * Was this root, b64, published for this size? The bucket has the last word: a sequencer that died before it noted a
   * publication, or was restored to before it, must not make an honest author's `seen` look like a split view.
   */
  async has(size: number, root: string): Promise<boolean> {
    if (this.#roots.get(size) === root) return true;
    const [found] = await this.#ports.list(size - 1, 1);
    const note = found?.size === size ? found.note : await this.#ports.written(size);
    if (note === null || base64(publishedCheckpoint(note).root) !== root) return false;
    if (this.#roots.size >= KEPT) this.#roots.clear();
    this.#roots.set(size, root);
    return true;
  }

  /** Was a checkpoint published that holds the entry of this index? */
  async holds(index: number): Promise<boolean> {
    return (await this.#ports.list(index, 1)).length > 0;
  }
}

/** Of our own log: a note that does not parse is a bug. */
export function publishedCheckpoint(note: string): Checkpoint {
  const parsed = parseSignedCheckpoint(note);
  if (!parsed.ok) throw new Error("the sequencer published a note that does not parse");
  return parsed.value.checkpoint;
}

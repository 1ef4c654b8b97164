import { utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";

/** Choices that follow from a seed alone. */
export interface Dice {
  /** 0 to `limit` - 1. */
  below(limit: number): number;
  one<T>(items: readonly T[]): T;
}

export function diceOf(seed: string): Dice {
  let count = 0;
  const below = (limit: number): number => {
    const digest = sha256(utf8(`${seed} ${count++}`));
    return new DataView(digest.buffer, digest.byteOffset).getUint32(0) % limit;
  };
  return { below, one: (items) => items[below(items.length)] as (typeof items)[number] };
}

import { ctr } from "@noble/ciphers/aes.js";
import type { Bytes } from "../bytes.ts";
import { concat, u64be } from "../bytes.ts";

/** The next 32 bits, 0 to 2^32-1. Never runs dry. */
export type Words = () => number;

const BLOCK = 16;
const FIRST_BLOCKS = 8;
const MOST_BLOCKS = 256;

/** AES-256 in counter mode from block 0 (NIST SP 800-38A), as big-endian words. `key`: 32 bytes, for this one stream. */
export function keystream(key: Bytes): Words {
  let blocks = FIRST_BLOCKS;
  let next = 0;
  let at = 0;
  let held = new DataView(new ArrayBuffer(0));
  return () => {
    if (at === held.byteLength) {
      const fresh = blocksOf(key, next, blocks);
      held = new DataView(fresh.buffer, fresh.byteOffset, fresh.byteLength);
      next += blocks;
      blocks = Math.min(2 * blocks, MOST_BLOCKS);
      at = 0;
    }
    const word = held.getUint32(at);
    at += 4;
    return word;
  };
}

function blocksOf(key: Bytes, from: number, count: number): Bytes {
  const counter = concat(u64be(0), u64be(from));
  return ctr(key, counter).encrypt(new Uint8Array(count * BLOCK)) as Bytes;
}

import { createCipheriv } from "node:crypto";
import { keystream, type Words } from "@quasarix/shared/benchmark/keystream.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { describe, expect, test } from "vitest";

const take = (words: Words, count: number): number[] => Array.from({ length: count }, words);

/** The same of OpenSSL. */
function opensslWords(key: Bytes, count: number): number[] {
  const stream = createCipheriv("aes-256-ctr", key, Buffer.alloc(16)).update(Buffer.alloc(4 * count));
  return Array.from({ length: count }, (_, i) => stream.readUInt32BE(4 * i));
}

describe("the keystream", () => {
  test("begins as AES-256 of the zero block under the zero key (NIST AESAVS)", () => {
    expect(take(keystream(new Uint8Array(32)), 4)).toEqual([0xdc95c078, 0xa2408989, 0xad48a214, 0x92842087]);
  });

  test("agrees with OpenSSL word by word, across every refill", () => {
    const key = Uint8Array.from({ length: 32 }, (_, i) => 7 * i);
    const [ours, theirs] = [take(keystream(key), 20_000), opensslWords(key, 20_000)];
    expect(ours.findIndex((word, i) => word !== theirs[i])).toBe(-1);
  });

  test("two streams of one key do not disturb each other", () => {
    const [one, other] = [keystream(new Uint8Array(32)), keystream(new Uint8Array(32))];
    take(one, 50);
    expect(take(other, 50)).toEqual(opensslWords(new Uint8Array(32), 50));
  });
});

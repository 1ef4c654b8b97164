import type { Bytes } from "../bytes.ts";
import { concat } from "../bytes.ts";
import { sha256 } from "../sha256.ts";

/** SHA-256: 32 bytes. */
export type Hash = Bytes;

export const HASH_LENGTH = 32;

/** RFC 6962 2.1: the root of no entries is the hash of no bytes. */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array(0));

/** RFC 6962 2.1. The prefix 0x00 keeps a leaf from ever hashing to an inner node. */
export function leafHash(entry: Uint8Array): Hash {
  const input = new Uint8Array(1 + entry.length);
  input.set(entry, 1);
  return sha256(input);
}

// 0x01 and two hashes. Hashing never waits, so one buffer serves all nodes; a new one each would cost as much as a block.
const node = Uint8Array.of(1, ...EMPTY_ROOT, ...EMPTY_ROOT);

/** RFC 6962 2.1. */
export function nodeHash(left: Hash, right: Hash): Hash {
  // Only a stranger's root can be of another length, and it has to come out as what it is.
  if (left.length !== HASH_LENGTH || right.length !== HASH_LENGTH) return sha256(concat(Uint8Array.of(1), left, right));
  node.set(left, 1);
  node.set(right, 1 + HASH_LENGTH);
  return sha256(node);
}

/** RFC 6962 2.1 over leaf hashes. Pairing level by level and carrying an odd one up is the same as the split at the largest power of two. */
export function rootOfLeaves(leaves: readonly Hash[]): Hash {
  let row = leaves;
  while (row.length > 1) {
    const above: Hash[] = [];
    for (let i = 0; i + 1 < row.length; i += 2) above.push(nodeHash(row[i] as Hash, row[i + 1] as Hash));
    if (row.length % 2 === 1) above.push(row[row.length - 1] as Hash);
    row = above;
  }
  return row[0] ?? EMPTY_ROOT;
}

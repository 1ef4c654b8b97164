import { equal } from "../bytes.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { Hash } from "./tree.ts";
import { HASH_LENGTH, nodeHash } from "./tree.ts";

export type { TileSource } from "./proof-path.ts";
export {
  consistencyPath,
  inclusionPath,
  joinedPath,
  memoTiles,
  tilesForConsistency,
  tilesForInclusion,
} from "./proof-path.ts";

export type ProofReason = "index" | "size" | "hash-length" | "path-length" | "path";
export type ProofRefusal = { readonly reason: ProofReason };

/** Sizes above 2^53-1 come as BigInt only from outside probes; our own are numbers. */
type Count = number | bigint;

const refuse = (reason: ProofReason): Result<true, ProofRefusal> => fail({ reason });

const isHash = (bytes: Hash): boolean => bytes.length === HASH_LENGTH;

/** RFC 9162 2.1.3.2, the same proofs as RFC 6962 2.1.1. `leaf` is the leaf hash; `path` runs from its sibling to the root's child. */
export function verifyInclusion(
  leaf: Hash,
  index: Count,
  size: Count,
  path: readonly Hash[],
  root: Hash,
): Result<true, ProofRefusal> {
  if (index < 0 || index >= size) return refuse("index");
  if (![leaf, ...path].every(isHash)) return refuse("hash-length");
  let node = BigInt(index);
  let last = BigInt(size) - 1n;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0n) return refuse("path-length");
    if (node % 2n === 1n || node === last) {
      hash = nodeHash(sibling, hash);
      // An unpaired node on the right edge has no sibling until the level where it is a right child. It is `last`, so not 0.
      while (node % 2n === 0n) {
        node /= 2n;
        last /= 2n;
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node /= 2n;
    last /= 2n;
  }
  if (last !== 0n) return refuse("path-length");
  return equal(hash, root) ? ok(true) : refuse("path");
}

/** RFC 9162 2.1.4.2. From size 0 nothing can be proven, so it is an error (FORMATS 2); so is a larger past. */
export function verifyConsistency(
  size1: Count,
  size2: Count,
  path: readonly Hash[],
  root1: Hash,
  root2: Hash,
): Result<true, ProofRefusal> {
  if (size1 <= 0 || size1 > size2) return refuse("size");
  if (!path.every(isHash)) return refuse("hash-length");
  const old = BigInt(size1);
  if (old === BigInt(size2)) {
    if (path.length > 0) return refuse("path-length");
    return equal(root1, root2) ? ok(true) : refuse("path");
  }
  const isPerfect = (old & (old - 1n)) === 0n;
  const [first, ...rest] = isPerfect ? [root1, ...path] : path;
  if (!first) return refuse("path-length");
  return walkConsistency(old - 1n, BigInt(size2) - 1n, first, rest, root1, root2);
}

function walkConsistency(
  lastOld: bigint,
  lastNew: bigint,
  first: Hash,
  rest: readonly Hash[],
  root1: Hash,
  root2: Hash,
): Result<true, ProofRefusal> {
  let node = lastOld;
  let last = lastNew;
  while (node % 2n === 1n) {
    node /= 2n;
    last /= 2n;
  }
  let oldHash = first;
  let newHash = first;
  for (const hash of rest) {
    if (last === 0n) return refuse("path-length");
    if (node % 2n === 1n || node === last) {
      oldHash = nodeHash(hash, oldHash);
      newHash = nodeHash(hash, newHash);
      while (node % 2n === 0n) {
        node /= 2n;
        last /= 2n;
      }
    } else {
      newHash = nodeHash(newHash, hash);
    }
    node /= 2n;
    last /= 2n;
  }
  if (last !== 0n) return refuse("path-length");
  return equal(oldHash, root1) && equal(newHash, root2) ? ok(true) : refuse("path");
}

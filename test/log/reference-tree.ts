import { createHash } from "node:crypto";
import type { Bytes } from "@quasarix/shared/bytes.ts";

const sha256 = (...parts: Uint8Array[]): Bytes => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

/** RFC 6962 2.1 as it is written, over leaf hashes: slow, and shares nothing with the product. */
export function referenceRoot(leaves: readonly Bytes[]): Bytes {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0] as Bytes;
  const k = split(leaves.length);
  return sha256(Uint8Array.of(1), referenceRoot(leaves.slice(0, k)), referenceRoot(leaves.slice(k)));
}

export const referenceLeaf = (entry: Uint8Array): Bytes => sha256(Uint8Array.of(0), entry);

/** RFC 6962 2.1.1. */
export function referenceInclusion(m: number, leaves: readonly Bytes[]): Bytes[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...referenceInclusion(m, leaves.slice(0, k)), referenceRoot(leaves.slice(k))]
    : [...referenceInclusion(m - k, leaves.slice(k)), referenceRoot(leaves.slice(0, k))];
}

/** RFC 6962 2.1.2. */
export const referenceConsistency = (m: number, leaves: readonly Bytes[]): Bytes[] => subproof(m, leaves, true);

function subproof(m: number, leaves: readonly Bytes[], whole: boolean): Bytes[] {
  if (m === leaves.length) return whole ? [] : [referenceRoot(leaves)];
  const k = split(leaves.length);
  return m <= k
    ? [...subproof(m, leaves.slice(0, k), whole), referenceRoot(leaves.slice(k))]
    : [...subproof(m - k, leaves.slice(k), false), referenceRoot(leaves.slice(0, k))];
}

const split = (n: number): number => 2 ** (31 - Math.clz32(n - 1));

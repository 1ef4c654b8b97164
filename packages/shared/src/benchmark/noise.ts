import { base64url } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { utf8 } from "../bytes.ts";
import { hmacSha256 } from "../sha256.ts";
import { keystream } from "./keystream.ts";
import { laplace, type Scale } from "./laplace.ts";
import type { Bins } from "./release-file.ts";

/** What the noise of one (cell, metric) follows from. */
export interface NoiseOf {
  /** The cohort's secret. */
  readonly secret: Bytes;
  readonly releaseId: string;
  readonly path: string;
  readonly metric: string;
  /** `inputDigest`: other records, other noise, or two versions would differ by just the changed score. */
  readonly digest: Bytes;
}

/** `votes`: digest of the adopting votes, which nobody knew when the secret was committed to. */
export const releaseIdOf = (planHash: string, cohort: string, votes: string): string =>
  `${planHash}|${cohort}|${votes}`;

/** One draw a bin, each from a stream of its own; the same input gives the same noise for ever (BENCHMARKS 1.3.4). */
export function noiseOf({ secret, releaseId, path, metric, digest }: NoiseOf, b: Scale): Bins {
  const input = base64url(digest);
  const draw = (j: number): number =>
    laplace(keystream(hmacSha256(secret, utf8(`${releaseId}|${path}|${metric}|${j}|${input}`))), b);
  return [draw(1), draw(2), draw(3), draw(4), draw(5)];
}

/** Negative bins stay: clipping would lean on every sum. */
export const withNoise = (bins: Bins, noise: Bins): Bins => [
  bins[0] + noise[0],
  bins[1] + noise[1],
  bins[2] + noise[2],
  bins[3] + noise[3],
  bins[4] + noise[4],
];

import { vi } from "vitest";
import { FIVE, POOLS, type PoolSize, SEEDS, SIX } from "./world.ts";

export const isLong = process.env["LONG"] === "1";
// Minutes each, of 20,000 suppliers.
if (isLong) vi.setConfig({ testTimeout: 3_600_000 });

/** Full size: three pools and three seeds. In `npm test` the two smaller pools once. */
export const WORLDS: readonly (readonly [PoolSize, string])[] = isLong
  ? Object.values(POOLS).flatMap((size) => SEEDS.map((seed) => [size, seed] as const))
  : [
      [POOLS.twelve, SEEDS[0]],
      [POOLS.thirty, SEEDS[1]],
    ];

/** Pools of the profile of five to seven members. */
export const SMALL_WORLDS: readonly (readonly [PoolSize, string])[] = [SIX, FIVE].flatMap((size) =>
  (isLong ? SEEDS : SEEDS.slice(0, 1)).map((seed) => [size, seed] as const),
);

/** Of a reduced run, said; a full one says so. */
export const sizeText = (text: string): string => `${isLong ? "full" : "reduced"} size: ${text}`;

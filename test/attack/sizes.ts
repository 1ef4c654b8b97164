import { vi } from "vitest";
import { sized } from "./measured.ts";
import { FIVE, POOLS, type PoolSize, SEEDS, SIX } from "./world.ts";

export const isLong = process.env["LONG"] === "1";
// Minutes each, of 20,000 suppliers.
if (isLong) vi.setConfig({ testTimeout: 3_600_000 });

type World = readonly [PoolSize, string];
const everySeed = (...sizes: readonly PoolSize[]): World[] =>
  sizes.flatMap((size) => SEEDS.map((seed) => [size, seed] as const));

/** In `npm run attack` three pools and three seeds; in `test:long` the two smaller ones, in `npm test` these once. */
export const WORLDS: readonly World[] = sized<readonly World[]>(
  [
    [POOLS.twelve, SEEDS[0]],
    [POOLS.thirty, SEEDS[1]],
  ],
  everySeed(POOLS.twelve, POOLS.thirty),
  everySeed(...Object.values(POOLS)),
);

/** Pools of the profile of five to seven members. */
export const SMALL_WORLDS: readonly (readonly [PoolSize, string])[] = [SIX, FIVE].flatMap((size) =>
  (isLong ? SEEDS : SEEDS.slice(0, 1)).map((seed) => [size, seed] as const),
);

/** Of a reduced run, said; a full one says so. */
export const sizeText = (text: string): string => `${sized("reduced", "long run's", "full")} size: ${text}`;

import { useNodeEngines } from "@quasarix/client/node/engines.ts";
import type { SeriesName } from "@quasarix/shared/benchmark/plan.ts";
import { SMALL_WORLDS, WORLDS } from "./sizes.ts";
import { type AttackWorld, worldOf } from "./world.ts";

useNodeEngines();

export interface Case {
  readonly name: string;
  readonly series: readonly SeriesName[];
  readonly world: AttackWorld;
}

/** Both series of the larger pools, and the yearly one of those with five to seven members. */
export const CASES: readonly Case[] = [
  ...WORLDS.map((one) => ({ one, series: ["quarter", "year"] as const })),
  ...SMALL_WORLDS.map((one) => ({ one, series: ["year"] as const })),
].map(({ one: [size, seed], series }) => ({ name: `${size.name}, ${seed}`, series, world: worldOf(size, seed) }));

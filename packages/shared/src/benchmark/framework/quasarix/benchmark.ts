import type { Benchmark } from "../framework.ts";

type Texts = readonly [string, string, string, string, string];

/** `levels`: what each says, from 1 to 5. */
export const benchmark = ({
  levels,
  look,
  ...one
}: Omit<Benchmark, "levels" | "look"> & { readonly look: readonly string[]; readonly levels: Texts }): Benchmark => ({
  ...one,
  levels: levelsOf(levels),
  look: [...look],
});

export const levelsOf = (says: Texts): Benchmark["levels"] => says.map((text, at) => ({ level: at + 1, says: text }));

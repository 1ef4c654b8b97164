import type { RandomBytes } from "@quasarix/shared/ports.ts";

/** Numbers in [0, 1), in steps so fine that the choice among thousands is even. */
export const chanceOf =
  (random: RandomBytes): (() => number) =>
  () =>
    new DataView(random(4).buffer).getUint32(0) / 2 ** 32;

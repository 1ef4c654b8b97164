import { TREE } from "@quasarix/shared/benchmark/plan.ts";
import type { Leaf } from "@quasarix/shared/benchmark/site-record.ts";

/** One record of one metric and the published numbers (cells of releases) that it was counted in. */
export interface Counted {
  readonly site: string;
  readonly leaf: Leaf;
  readonly sponsor: string;
  readonly value: number;
  /** Names: series, cohort and path. */
  readonly cells: readonly string[];
}

export const leafName = (leaf: Leaf): string => TREE.map((by) => leaf[by]).join("/");

/** The records of each published number. */
export function byCell(counted: readonly Counted[]): Map<string, Counted[]> {
  const cells = new Map<string, Counted[]>();
  for (const one of counted)
    for (const cell of one.cells) {
      const held = cells.get(cell);
      if (held) held.push(one);
      else cells.set(cell, [one]);
    }
  return cells;
}

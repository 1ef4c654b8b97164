import { BINS } from "@quasarix/shared/benchmark/metric.ts";
import { byCell, type Counted, leafName } from "./counted.ts";
import { boundsOf } from "./linear-bounds.ts";

export interface Verified {
  /** Leaves whose whole histogram follows from what is published. */
  readonly found: readonly string[];
  readonly leaves: number;
  readonly numbers: number;
}

/**
 * S5: what a coalition that knows its own records can prove of the leaves that one or two others stand behind, were there no
 * noise: whole numbers that satisfy every published one, bounded by linear programs (Liu et al. 2025).
 */
export async function verifiedLeaves(
  counted: readonly Counted[],
  coalition: ReadonlySet<string>,
  mostLeaves: number,
): Promise<Verified> {
  const leaves = [...Map.groupBy(counted, ({ leaf }) => leafName(leaf))];
  const numbers = byCell(counted);
  const asked = leaves.flatMap(([, own], i) => (isThin(own, coalition) ? [i] : [])).slice(0, mostLeaves);
  let open = asked;
  for (let bin = 1; bin <= BINS && open.length > 0; bin++) {
    const bounds = await boundsOf(sumsOf(leaves, numbers, coalition, bin), open);
    open = open.filter((_, i) => bounds[i]?.least === bounds[i]?.most);
  }
  return { found: open.map((i) => leaves[i]?.[0] ?? ""), leaves: asked.length, numbers: numbers.size };
}

/** One or two sponsors, at least one of them outside the coalition. */
function isThin(own: readonly Counted[], coalition: ReadonlySet<string>): boolean {
  const sponsors = [...new Set(own.map(({ sponsor }) => sponsor))];
  return sponsors.length <= 2 && sponsors.some((sponsor) => !coalition.has(sponsor));
}

/** Bins are apart from one another: each has equations of its own. */
function sumsOf(
  leaves: readonly [string, Counted[]][],
  numbers: ReadonlyMap<string, Counted[]>,
  coalition: ReadonlySet<string>,
  bin: number,
) {
  const columns = new Map(leaves.map(([name], i) => [name, i]));
  const inBin = (own: readonly Counted[]): Counted[] => own.filter(({ value }) => value === bin);
  return {
    least: leaves.map(([, own]) => inBin(own).filter(({ sponsor }) => coalition.has(sponsor)).length),
    rows: [...numbers.values()].map((own) => ({
      over: [...new Set(own.map(({ leaf }) => columns.get(leafName(leaf)) as number))],
      total: inBin(own).length,
    })),
  };
}

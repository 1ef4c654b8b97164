import { type Figures, figures } from "./measure.ts";

export interface Link {
  readonly i: number;
  readonly j: number;
  /** 0 to 1. */
  readonly score: number;
}

const pairKey = (i: number, j: number): number => (i < j ? i * 100_000 + j : j * 100_000 + i);

/**
 * Joins records, best links first; two groups are joined only where their links, all told, speak for it. A link that
 * the keys did not bring up counts as none, so that one bridge does not join two sites.
 */
export function clustersOf(size: number, links: readonly Link[], from: number): readonly number[] {
  const score = new Map(links.map((link) => [pairKey(link.i, link.j), link.score]));
  const group = Array.from({ length: size }, (_, i) => i);
  const members = new Map(group.map((i) => [i, [i]]));
  for (const { i, j } of [...links].filter((link) => link.score >= from).sort((a, b) => b.score - a.score)) {
    const [left, right] = [group[i] as number, group[j] as number];
    if (left === right) continue;
    const [kept, added] = [members.get(left) ?? [], members.get(right) ?? []];
    const sum = kept.reduce((all, x) => all + added.reduce((part, y) => part + (score.get(pairKey(x, y)) ?? 0), 0), 0);
    if (sum / (kept.length * added.length) < from) continue;
    for (const it of added) group[it] = left;
    members.set(left, [...kept, ...added]);
    members.delete(right);
  }
  return group;
}

function sizesOf(labels: readonly (string | number)[]): ReadonlyMap<string | number, number> {
  const sizes = new Map<string | number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return sizes;
}

const pairsIn = (sizes: Iterable<number>): number => [...sizes].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);

export interface ClusterFigures {
  readonly pairwise: Figures;
  readonly bCubed: Figures;
}

/** Of all pairs of records, and (B-cubed) of each record's company on average. */
export function clusterFigures(found: readonly number[], truth: readonly string[]): ClusterFigures {
  const both = found.map((cluster, i) => `${cluster} ${truth[i]}`);
  const [clusters, sites, shared] = [sizesOf(found), sizesOf(truth), sizesOf(both)];
  const right = pairsIn(shared.values());
  let precision = 0;
  let recall = 0;
  for (const [i, key] of both.entries()) {
    const together = shared.get(key) ?? 0;
    precision += together / (clusters.get(found[i] as number) ?? 1) / found.length;
    recall += together / (sites.get(truth[i] as string) ?? 1) / found.length;
  }
  return {
    pairwise: figures(right, pairsIn(clusters.values()) - right, pairsIn(sites.values()) - right),
    bCubed: { precision, recall, f1: (2 * precision * recall) / (precision + recall) },
  };
}

/** Each side's records at most once, best links first: for two lists that hold no site twice. */
export function oneToOne(links: readonly Link[], from: number): readonly Link[] {
  const taken = new Set<number>();
  return [...links]
    .sort((a, b) => b.score - a.score)
    .filter(({ i, j, score }) => {
      if (score < from || taken.has(i) || taken.has(j)) return false;
      taken.add(i);
      taken.add(j);
      return true;
    });
}

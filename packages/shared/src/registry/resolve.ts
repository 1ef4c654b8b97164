import type { SiteId, StatementId } from "../wire/ids.ts";

/** A merge as the log has it. `splitIndex`: log index of the first split that names it. */
export interface SiteMerge {
  readonly statement: StatementId;
  readonly stays: SiteId;
  readonly absorbed: SiteId;
  readonly logIndex: number;
  readonly splitIndex: number | null;
}

/** Which ids are one facility at present. An id that no merge names is its own. */
export interface Merges {
  /** The site that stays: of an id that was never absorbed, itself. */
  rootOf(site: SiteId): SiteId;
  /** Null where it is not absorbed. */
  mergedInto(site: SiteId): SiteId | null;
  /** The root and all that it absorbs, ascending. */
  membersOf(site: SiteId): readonly SiteId[];
  /** Whether this merge holds: not split, and not void from the first. */
  stands(merge: StatementId): boolean;
}

/**
 * Replays merges and splits in the order of the log, whatever order they are given in. The door judges by what it has
 * recorded, so two merges at once may contradict each other: the one that the log has second is void, for ever, where one
 * of its sites was absorbed then. So each step joins two roots, and no circle can come about.
 */
export function mergesOf(rows: readonly SiteMerge[]): Merges {
  const into = replay(rows);
  const rootOf = (site: SiteId): SiteId => {
    let root = site;
    for (let next = into.get(root); next; next = into.get(root)) root = next.stays;
    return root;
  };
  const members = Map.groupBy(new Set(rows.flatMap(({ stays, absorbed }) => [stays, absorbed])), rootOf);
  const standing = new Set([...into.values()].map(({ statement }) => statement));
  return {
    rootOf,
    mergedInto: (site) => (into.has(site) ? rootOf(site) : null),
    membersOf: (site) => members.get(rootOf(site))?.toSorted() ?? [site],
    stands: (merge) => standing.has(merge),
  };
}

export const NO_MERGES: Merges = mergesOf([]);

/** By absorbed site: the merge that holds. */
function replay(rows: readonly SiteMerge[]): ReadonlyMap<SiteId, SiteMerge> {
  const into = new Map<SiteId, SiteMerge>();
  const events = rows.flatMap((row) => [
    { at: row.logIndex, row, joins: true },
    ...(row.splitIndex === null ? [] : [{ at: row.splitIndex, row, joins: false }]),
  ]);
  for (const { row, joins } of events.sort((a, b) => a.at - b.at)) {
    const { stays, absorbed } = row;
    const isFree = stays !== absorbed && !into.has(stays) && !into.has(absorbed);
    if (joins && isFree) into.set(absorbed, row);
    if (!joins && into.get(absorbed) === row) into.delete(absorbed);
  }
  return into;
}

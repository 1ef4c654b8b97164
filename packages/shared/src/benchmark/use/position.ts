import { sum } from "./estimate.ts";
import { latestOf, type OwnValue } from "./own.ts";
import type { Percent } from "./percent.ts";
import { isUnder, type Picture, partKey, sumOf } from "./picture.ts";
import { peersWithoutMe, placeOf } from "./place.ts";

/** `cell`: the path of the cell that the site belongs to; null where that is not known. */
export interface PlacedValue extends OwnValue {
  readonly cell: string | null;
}

/** Where one's own suppliers of a branch stand among its peers. */
export interface Position {
  readonly metric: string;
  readonly branch: string;
  /** Averaged over all of them. */
  readonly place: Percent;
  /** Each on its own, in the order given. */
  readonly each: readonly { readonly site: string; readonly value: number; readonly place: Percent }[];
  /** Among the others alone; null where it is not known what of one's own was counted in which cell. */
  readonly withoutMe: Percent | null;
}

/** Worked out from the file and one's own values, here. Null without a published cell or without suppliers of one's own in the branch. */
export function positionOf(
  picture: Picture,
  branch: string,
  metric: string,
  values: readonly PlacedValue[],
): Position | null {
  const own = latestOf(values.filter((one) => one.metric === metric));
  const here = own.filter(({ cell }) => cell === null || isUnder(cell, branch));
  const peers = sumOf(picture, branch, metric);
  const scores = here.map(({ value }) => value);
  const place = peers && placeOf(peers.counted, metric, scores);
  if (peers === null || place === null) return null;
  const each = here.flatMap(({ site, value }) => {
    const alone = placeOf(peers.counted, metric, [value]);
    return alone ? [{ site, value, place: alone }] : [];
  });
  return { metric, branch, place, each, withoutMe: amongOthers(picture, peers.cells, metric, here) };
}

function amongOthers(
  picture: Picture,
  cells: readonly string[],
  metric: string,
  own: readonly PlacedValue[],
): Percent | null {
  if (own.some(({ cell }) => cell === null) && picture.cells.length > 1) return null;
  const others = cells.map((path) => {
    const counted = picture.published.get(partKey(path, metric));
    if (!counted) throw new Error(`\`${path}\` is not published`);
    const mine = own.filter(({ cell }) => cell === null || cell === path).map(({ value }) => value);
    return peersWithoutMe(counted, mine, picture.K);
  });
  const scores = own.map(({ value }) => value);
  return placeOf(sum(others), metric, scores);
}

import path from "node:path";
import { siteKeys } from "@quasarix/shared/registry/match/keys.ts";
import type { MatchPlace } from "@quasarix/shared/registry/match/place.ts";
import { rowsOf } from "./csv-file.ts";

export const DATA_SETS = ["apple_cross_year", "chicago_food", "chicago-early-childhood", "fodors-zagats"] as const;
export type DataSet = (typeof DATA_SETS)[number];

export interface LabelledPair {
  readonly a: MatchPlace;
  readonly b: MatchPlace;
  readonly same: boolean;
  /** Pairs of one group fall into one fold: nothing is tested on what it was trained on. */
  readonly group: string;
}

export interface Labelled {
  readonly set: DataSet;
  readonly pairs: readonly LabelledPair[];
  /** Pairs of one site that share no key, and so are never seen. */
  readonly unseen: number;
  /** One site under a new name: reported apart. */
  readonly renamed: readonly LabelledPair[];
  /** Where whole records were compared: how many, and the site of each. */
  readonly sites?: readonly string[];
  /** Of each pair, its two records. */
  readonly ends?: readonly (readonly [number, number])[];
  /** Where others publish a choice of the pairs with labels: which of ours they are, and how many of one site are unseen. */
  readonly published?: { readonly at: readonly number[]; readonly unseen: number };
}

type Row = Readonly<Record<string, string>>;

const side = (row: Row, of: "a" | "b"): MatchPlace => ({
  name: row[`name_${of}`] ?? "",
  address: row[`address_${of}`] || undefined,
  country: row[`country_${of}`] || undefined,
});

const sharesKey = (a: MatchPlace, b: MatchPlace): boolean => {
  const keys = new Set(siteKeys(a));
  return siteKeys(b).some((key) => keys.has(key));
};

/** A file of pairs: labels that begin with `ambiguous` are left out, `same_site_renamed` stands apart. */
function pairsFile(set: DataSet, file: string, groupOf: (row: Row) => string): Labelled {
  const rows = rowsOf(file).filter((row) => !row["label"]?.startsWith("ambiguous"));
  const all = rows.map((row) => ({
    label: row["label"],
    pair: { a: side(row, "a"), b: side(row, "b"), same: row["label"] === "match", group: groupOf(row) },
  }));
  const pairs = all.filter(({ label }) => label !== "same_site_renamed").map(({ pair }) => pair);
  const renamed = all.filter(({ label }) => label === "same_site_renamed").map(({ pair }) => ({ ...pair, same: true }));
  return { set, pairs, renamed, unseen: pairs.filter(({ a, b, same }) => same && !sharesKey(a, b)).length };
}

export interface Keyed {
  readonly place: MatchPlace;
  readonly site: string;
}

/** Every two records that share a key. */
export function candidatesOf(records: readonly Keyed[]): readonly (readonly [number, number])[] {
  const holders = new Map<string, number[]>();
  const pairs: [number, number][] = [];
  for (const [j, { place }] of records.entries()) {
    const keys = siteKeys(place);
    const met = new Set(keys.flatMap((key) => holders.get(key) ?? []));
    for (const i of [...met].sort((x, y) => x - y)) pairs.push([i, j]);
    for (const key of keys) holders.set(key, [...(holders.get(key) ?? []), j]);
  }
  return pairs;
}

/** Whole records: the candidates that the keys bring together are the pairs. */
function records(set: DataSet, all: readonly Keyed[], mayPair: (i: number, j: number) => boolean): Labelled {
  const ends = candidatesOf(all).filter(([i, j]) => mayPair(i, j));
  const pairs = ends.map(([i, j]) => {
    const [x, y] = [all[i] as Keyed, all[j] as Keyed];
    return { a: x.place, b: y.place, same: x.site === y.site, group: x.site < y.site ? x.site : y.site };
  });
  let together = 0;
  for (const [i, x] of all.entries())
    for (let j = i + 1; j < all.length; j++) if (x.site === all[j]?.site && mayPair(i, j)) together++;
  const seen = pairs.filter(({ same }) => same).length;
  return { set, pairs, renamed: [], unseen: together - seen, sites: all.map(({ site }) => site), ends };
}

function earlyChildhood(folder: string): Labelled {
  const file = path.join(folder, "entity-resolution/chicago-early-childhood/sites_with_true_ids.csv");
  const all = rowsOf(file).map((row) => ({
    place: { name: row["site_name"] ?? "", address: row["address"] || undefined, postcode: row["zip"] || undefined },
    site: row["true_id"] ?? "",
  }));
  return records("chicago-early-childhood", all, () => true);
}

function restaurants(folder: string): Labelled {
  const at = (name: string) => path.join(folder, "entity-resolution/fodors-zagats", name);
  const known = new Map(rowsOf(at("matches_fodors_zagats.csv")).map((row) => [row["fodors_id"], row["zagats_id"]]));
  const place = (row: Row): MatchPlace => ({ name: row["name"] ?? "", address: row["addr"], city: row["city"] });
  const fodors = rowsOf(at("fodors.csv")).map((row) => ({
    place: place(row),
    site: known.has(row["id"]) ? `z${known.get(row["id"])}` : `f${row["id"]}`,
  }));
  const zagats = rowsOf(at("zagats.csv")).map((row) => ({ place: place(row), site: `z${row["id"]}` }));
  const all = records("fodors-zagats", [...fodors, ...zagats], (i, j) => i < fodors.length && j >= fodors.length);
  const ids = [...rowsOf(at("fodors.csv")), ...rowsOf(at("zagats.csv"))].map((row) => row["id"]);
  return { ...all, published: publishedPairs(all, ids, rowsOf(at("lbl_restnt_wf1.csv"))) };
}

function publishedPairs({ ends = [], pairs }: Labelled, ids: readonly (string | undefined)[], rows: readonly Row[]) {
  const at = new Map(ends.map(([i, j], k) => [`${ids[i]} ${ids[j]}`, k]));
  const found = rows.map((row) => at.get(`${row["ltable_id"]} ${row["rtable_id"]}`));
  const seen = found.filter((k) => k !== undefined);
  const same = rows.filter((row) => row["gold"] === "1").length;
  return { at: seen, unseen: same - seen.filter((k) => pairs[k]?.same).length };
}

const streetNumber = (row: Row) => (row["address_a"] ?? "").replace(/\s+/g, " ").toLowerCase();

/** Reads the four labelled sets in place. */
export function labelledSets(folder: string): readonly Labelled[] {
  const pairs = (name: string) => path.join(folder, "labelled-pairs", name);
  return [
    pairsFile("apple_cross_year", pairs("apple_cross_year_silver.csv"), (row) =>
      (row["name_a"] ?? "").toLowerCase().slice(0, 6),
    ),
    pairsFile("chicago_food", pairs("chicago_food_silver.csv"), streetNumber),
    earlyChildhood(folder),
    restaurants(folder),
  ];
}

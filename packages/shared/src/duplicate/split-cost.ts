/** How the cost of a joint audit is divided among its joiners. */
export const SPLITS = ["equal", "weights", "topics"] as const;
export type Split = (typeof SPLITS)[number];

/** For people: the one place that says how cents are rounded. */
export const SPLIT_SAYS: Readonly<Record<Split, string>> = {
  equal: "in equal parts",
  weights: "by the weights that the secretariat recorded",
  topics: "by how many topics each joiner needs",
};
export const ROUNDING_SAYS =
  "each part is cut down to whole cents; the cents left over go one each to the parts that lost most, of equal losses to the smaller hash";

/** One part: `id` orders ties, `weight` is a whole number of at least 1. */
export interface Part {
  readonly id: string;
  readonly weight: number;
}

/**
 * Divides whole cents in proportion to the weights, by largest remainder: the parts always sum to `cents`. Same parts in
 * another order, same answer. Throws on no parts, on one id twice, and on a weight or a cost that is no such number.
 */
export function splitCost(cents: number, parts: readonly Part[]): ReadonlyMap<string, number> {
  if (!Number.isSafeInteger(cents) || cents < 0) throw new Error("a cost is whole cents");
  if (parts.length === 0 || new Set(parts.map(({ id }) => id)).size !== parts.length)
    throw new Error("a cost is split among parts with ids of their own");
  if (!parts.every(({ weight }) => Number.isSafeInteger(weight) && weight >= 1))
    throw new Error("a weight is a whole number of at least 1");
  // In BigInt: a cost times a weight leaves the safe integers.
  const total = parts.reduce((sum, { weight }) => sum + BigInt(weight), 0n);
  const cut = parts.map(({ id, weight }) => {
    const exact = BigInt(cents) * BigInt(weight);
    return { id, whole: Number(exact / total), lost: exact % total };
  });
  const left = cents - cut.reduce((sum, { whole }) => sum + whole, 0);
  const first = cut.toSorted((a, b) => (a.lost === b.lost ? (a.id < b.id ? -1 : 1) : a.lost > b.lost ? -1 : 1));
  return new Map(first.map(({ id, whole }, i) => [id, whole + (i < left ? 1 : 0)]));
}

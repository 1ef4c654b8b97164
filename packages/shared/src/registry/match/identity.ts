import type { MatchPlace } from "./place.ts";

export interface SharedScheme {
  readonly scheme: string;
  readonly a: string;
  readonly b: string;
  readonly equal: boolean;
  /** Does the scheme number places, or the companies that run them? */
  readonly of: "site" | "company";
}

const kindOf = (scheme: string, value: string): "site" | "company" =>
  ["lei", "duns", "bpnl"].includes(scheme) || (scheme === "sedex" && value.startsWith("ZC")) ? "company" : "site";

type Identifiers = NonNullable<MatchPlace["identifiers"]>;

/** The schemes by which both are numbered, sorted; equal where any of the numbers is. A list may give one site many numbers of its own. */
export function sharedSchemes(a: Identifiers = [], b: Identifiers = []): readonly SharedScheme[] {
  const named = (of: Identifiers) =>
    [...of].map(({ scheme, value }) => ({ scheme: `${scheme} ${kindOf(scheme, value)}`, value })).sort(byText);
  const [left, right] = [named(a), named(b)];
  const schemes = [...new Set(left.map(({ scheme }) => scheme))];
  return schemes.flatMap((name) => {
    const mine = left.filter(({ scheme }) => scheme === name).map(({ value }) => value);
    const theirs = right.filter(({ scheme }) => scheme === name).map(({ value }) => value);
    const [first, other] = [mine[0], theirs[0]];
    if (first === undefined || other === undefined) return [];
    const [scheme = "", of] = name.split(" ");
    const common = mine.find((value) => theirs.includes(value));
    const values = common === undefined ? { a: first, b: other, equal: false } : { a: common, b: common, equal: true };
    return [{ scheme, ...values, of: of === "company" ? ("company" as const) : ("site" as const) }];
  });
}

function byText(x: { scheme: string; value: string }, y: { scheme: string; value: string }): number {
  const [left, right] = [`${x.scheme} ${x.value}`, `${y.scheme} ${y.value}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

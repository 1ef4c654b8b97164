import type { Statement } from "../statement/statement.ts";
import type { ListingClaims } from "./listing.ts";

/** What a member may do only so often a quarter: without a bound its questions would fish through the whole registry. */
export interface Allowance {
  readonly kind: "list-growth" | "intent";
  /** Of one quarter. */
  readonly limit: number;
  /** Of the first quarter in which the member takes any of it: a list that exists comes in whole. */
  readonly first: number;
  /** What is allowed, in words that go on with a semicolon. */
  readonly says: string;
}

const LIST_GROWTH: Allowance = {
  kind: "list-growth",
  limit: 1_000,
  first: 5_000,
  says: "a list grows by 5,000 sites in its first quarter and by 1,000 in each later one",
};
const INTENTS: Allowance = { kind: "intent", limit: 200, first: 200, says: "200 intents a quarter" };

/** What a statement takes of an allowance: `each` as it stands, and each of `sites` that was never on the author's list. */
export interface Use {
  readonly of: Allowance;
  readonly each: number;
  readonly sites: readonly string[];
}

/** Null for a statement that is bounded by nothing. Requires that it was admitted. */
export function useOf({ row, claims, sections }: Statement): Use | null {
  switch (row.type) {
    case "listing": {
      const places = sections.get("places")?.members["places"] as readonly unknown[] | undefined;
      return { of: LIST_GROWTH, each: places?.length ?? 0, sites: (claims as unknown as ListingClaims).sites };
    }
    case "intent":
      return { of: INTENTS, each: 1, sites: [] };
    default:
      return null;
  }
}

export interface Quarter {
  /** `2026-Q4`, by UTC. */
  readonly name: string;
  /** Unix ms at which the next one begins. */
  readonly until: number;
}

export function quarterOf(now: number): Quarter {
  const day = new Date(now);
  const [year, quarter] = [day.getUTCFullYear(), Math.floor(day.getUTCMonth() / 3)];
  return { name: `${year}-Q${quarter + 1}`, until: Date.UTC(year, quarter * 3 + 3) };
}

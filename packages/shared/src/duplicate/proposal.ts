import type { Logged } from "../statement/logged.ts";
import type { ListingClaims, Relation } from "./listing.ts";

/** A listing as the round sees it, before it has read what the listing proposes. */
export interface ProposalRow {
  readonly listing: string;
  readonly org: string;
  readonly relation: Relation;
  readonly logIndex: number;
  readonly admittedAt: number;
}

export const projectProposal = ({ claims, hash, index, admittedAt }: Logged): ProposalRow => ({
  listing: hash,
  org: claims.iss,
  relation: (claims as unknown as ListingClaims).relation,
  logIndex: index,
  admittedAt,
});

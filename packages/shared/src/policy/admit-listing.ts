import { listedPlaces, listingClaims } from "../duplicate/listing.ts";
import { organisationKind } from "../registry/kinds.ts";
import { isComplete, type Statement } from "../statement/statement.ts";
import type { Failure } from "../wire/failure.ts";
import { invalidClaims } from "./admit-opening.ts";
import { notAllowed, type Rule, refused } from "./admit-rule.ts";
import { claimsOf } from "./own-claims.ts";

/** A member's list stands in its own dossier: nobody else learns who is on it. */
export const admitListing: Rule = (statement, author, facts) => {
  if (!organisationKind(author.kind)?.buys) return notAllowed("only members list their suppliers");
  if (statement.claims.sub !== author.id) return notAllowed("a list stands in its member's dossier");
  const claims = listingClaims.safeParse(claimsOf(statement));
  if (!claims.success) return invalidClaims(claims.error);
  const { sites, drops = [] } = claims.data;
  const unknown = sites.findIndex((site) => !facts.sites.has(site));
  if (unknown >= 0) return refused("no such site", `sites/${unknown}`);
  const strange = drops.findIndex((site) => !facts.sites.has(site));
  if (strange >= 0) return refused("no such site", `drops/${strange}`);
  const places = placesRefusal(statement);
  if (places) return places;
  const says = sites.length + drops.length + (placesIn(statement)?.length ?? 0);
  return says === 0 ? refused("lists nothing", "sites") : null;
};

const placesIn = ({ sections }: Statement) => sections.get("places")?.members["places"] as unknown[] | undefined;

/** The round reads them later, so nothing incomplete may come in, and nothing that could not be opened. */
function placesRefusal(statement: Statement): Failure | null {
  if (!isComplete(statement)) return refused("a section is not complete", "sections");
  const read = listedPlaces.safeParse(statement.sections.get("places")?.members ?? {});
  return read.success ? null : invalidClaims(read.error);
}

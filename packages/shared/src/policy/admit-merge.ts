import { mergeClaims } from "../registry/merge.ts";
import type { SiteId } from "../wire/ids.ts";
import { invalidClaims } from "./admit-opening.ts";
import { notAllowed, type Rule, refused } from "./admit-rule.ts";
import type { AuthorFacts } from "./author-facts.ts";
import { claimsOf } from "./own-claims.ts";

/** Two ids of one facility. Nobody's rights change: a grant speaks for the id that it names. */
export const admitMerge: Rule = (statement, author, facts) => {
  if (!author.isOperator) return notAllowed("only the operator merges sites");
  const claims = mergeClaims.safeParse(claimsOf(statement));
  if (!claims.success) return invalidClaims(claims.error);
  const { sub } = statement.claims;
  const { absorbs } = claims.data;
  if (!facts.sites.has(sub)) return refused("no such site", "sub");
  if (!facts.sites.has(absorbs)) return refused("no such site", "absorbs");
  if (sub === absorbs) return refused("a site does not absorb itself", "absorbs");
  return absorbed(facts, sub, "sub") ?? absorbed(facts, absorbs, "absorbs");
};

/** Only roots are joined, so that every id leads to one site, and a split gives back what the merge took. */
function absorbed({ merges }: AuthorFacts, site: SiteId, at: string): ReturnType<Rule> {
  const into = merges.mergedInto(site);
  return into === null ? null : refused(`is merged into ${into} already`, at);
}

export const admitSplit: Rule = (statement, author, facts) => {
  if (!author.isOperator) return notAllowed("only the operator splits sites");
  const [claim] = Object.keys(claimsOf(statement));
  if (claim !== undefined) return refused("a split has no claims of its own", claim);
  const { re, sub } = statement.claims;
  const merge = re === undefined ? undefined : facts.targets.get(re);
  if (merge?.type !== "merge" || merge.subject !== sub) return refused("no such merge of this site", "re");
  return facts.merges.stands(merge.hash) ? null : refused("this merge does not stand", "re");
};

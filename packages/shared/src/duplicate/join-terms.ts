import type { OrgId, SiteId } from "../wire/ids.ts";
import type { JointTerms } from "./join.ts";
import type { Group, Terms } from "./plan.ts";

/** What the platform stated last to one joiner of a plan. */
export interface Stated extends Terms {
  readonly org: OrgId;
  readonly site: SiteId;
  readonly isOver: boolean;
}

/** What the platform has to state, and to whom. */
export interface TermsDue {
  readonly org: OrgId;
  readonly terms: JointTerms;
}

/**
 * What joiners have not heard yet: terms that are new or changed, or that it is over for them. Nothing once the window that
 * was stated has begun: from its first day on the terms are fixed, and whoever is in is charged.
 */
export function termsDue(
  plan: string,
  group: Group | null,
  stated: readonly Stated[],
  today: string,
): readonly TermsDue[] {
  const standing = stated.filter(({ isOver }) => !isOver);
  if (standing.some(({ from }) => from <= today)) return [];
  const together = group && group.terms.until >= today ? group : null;
  const orgs = new Set(together?.joiners.map(({ org }) => org));
  const left = standing.filter(({ org }) => !orgs.has(org)).map((one) => over(plan, one));
  return [...(together ? news(together, standing) : []), ...left];
}

function news({ plan, joiners, terms }: Group, standing: readonly Stated[]): TermsDue[] {
  const { from, until } = terms;
  const due = joiners.map(({ org, site }) => ({ org, terms: { plan, site, from, until, topics: [...terms.topics] } }));
  return due.filter((one) => !standing.some((it) => it.org === one.org && isSame(it, one.terms)));
}

const isSame = (a: Terms, b: Terms): boolean =>
  a.from === b.from && a.until === b.until && a.topics.join("\n") === b.topics.join("\n");

const over = (plan: string, { org, site, from, until, topics }: Stated): TermsDue => ({
  org,
  terms: { plan, site, from, until, topics: [...topics], over: true },
});

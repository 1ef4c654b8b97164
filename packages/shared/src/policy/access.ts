import { inactive } from "./active.ts";
import { decide } from "./decide.ts";
import type { Ask, AuditFacts, Grant } from "./facts.ts";
import { type Closed, grantedBy } from "./granted.ts";
import { AUDIT_SECTIONS, type AuditSection, PRESETS } from "./sections.ts";

/** Every reason for which something stays closed, as a person would say it. */
export const REASONS = {
  suspended: "The organisation is suspended.",
  "key-disputed": "The key that signed this audit was declared lost; the audit has to be attested again.",
  embargo: "The audit is not final yet: its supplier still has time to reply.",
  "no-right": "Nothing was granted.",
  "not-granted": "This section was not granted.",
  "right-to-share-unknown": "The audit does not say by what right it may be shared, so it stays with its author.",
  "buyer-consent": "A buyer paid for this audit and has not consented to sharing it.",
  reciprocity: "What is for all members is for those that contributed an audit lately.",
  revoked: "The grant was revoked.",
  "too-early": "The grant has not begun.",
  ended: "The grant has ended.",
  purpose: "The grant is for another purpose.",
} as const;
export type Reason = keyof typeof REASONS;

/** What one grant, or the terms of a pool, opens of one audit now; and why not more. */
export interface Given {
  readonly id: string;
  readonly opens: readonly AuditSection[];
  readonly closed: readonly Reason[];
}

export interface OwnAccess {
  readonly standing: "author" | "submitter" | "supplier" | "grant" | null;
  readonly sections: readonly { readonly section: AuditSection; readonly because: readonly string[] }[];
}

/** What is open to the asker, and by which grants, section by section: `decide` itself, asked for each. */
export function ownAccess(facts: AuditFacts, ask: Ask, now: number): OwnAccess {
  const sections = AUDIT_SECTIONS.flatMap((section) => {
    const { scope } = decide(facts, { ...ask, sections: [section] }, now);
    return scope ? [{ section, because: scope.because }] : [];
  });
  return { standing: standingOf(facts, ask, sections.length > 0), sections };
}

function standingOf(facts: AuditFacts, { principal }: Ask, isOpen: boolean): OwnAccess["standing"] {
  if (!isOpen) return null;
  if (principal.org === facts.author) return "author";
  if (principal.org === facts.submitter) return "submitter";
  return principal.org === facts.supplier ? "supplier" : "grant";
}

/** The owner of an audit, who is told what is refused and why: its site's supplier. */
export const isOwner = (facts: AuditFacts, ask: Ask): boolean =>
  ask.principal.org === facts.supplier && !ask.principal.suspended;

/**
 * For the owner: each grant by itself. What is the grantee's own affair (suspended, a contribution too old) is not the
 * supplier's to know and plays no part; a consent is, but not whose.
 */
export function givenAccess(facts: AuditFacts, purpose: Ask["purpose"], now: number): readonly Given[] {
  const alone = (grants: readonly Grant[], terms: string | null): AuditFacts => ({
    ...facts,
    grants,
    terms,
    rulebook: { ...facts.rulebook, reciprocityDays: null },
  });
  const given = facts.grants.map((grant) => givenBy(alone([grant], null), grant.id, grant.grantee, purpose, now));
  if (facts.terms === null || facts.rulebook.mode !== "pool") return given;
  return [...given, givenBy(alone([], facts.terms), facts.terms, "members", purpose, now)];
}

function givenBy(facts: AuditFacts, id: string, grantee: string, purpose: Ask["purpose"], now: number): Given {
  const principal = { org: grantee, kind: "member", isOperator: false, suspended: false, door: "assertion" } as const;
  const ask: Ask = { principal, purpose, sections: null, asSubmitter: false };
  const block = blockFor(facts, now);
  const { sections, closed } = grantedBy(facts, ask, now);
  const whys = [...(block ? [block] : []), ...closed.map((one: Closed) => one.why), ...withheld(facts, now)];
  return { id, opens: block ? [] : sections, closed: [...new Set<Reason>(whys)] };
}

function blockFor({ disputed, rulebook, finalAt }: AuditFacts, now: number): Reason | null {
  if (disputed) return "key-disputed";
  const isFinal = finalAt !== null && now >= finalAt;
  return rulebook.embargo === "until-final" && !isFinal ? "embargo" : null;
}

/** A buyer's consent may cover less than the grant or the pool does. */
function withheld({ right, consents, submitter, grants, terms }: AuditFacts, now: number): Reason[] {
  if (right !== "buyer-with-supplier-consent") return [];
  const given = [...grants.flatMap(({ sections }) => sections), ...(terms === null ? [] : PRESETS.findings)];
  const active = consents.filter((one) => one.org === submitter && inactive(one, now) === null);
  const allowed = new Set(active.flatMap(({ sections }) => sections));
  return given.every((name) => allowed.has(name)) ? [] : ["buyer-consent"];
}

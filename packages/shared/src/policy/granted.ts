import { inactive, reaches } from "./active.ts";
import type { Ask, AuditFacts, Consent, Grant } from "./facts.ts";
import { AUDIT_SECTIONS, type AuditSection, GRANTABLE_SECTIONS, PRESETS } from "./sections.ts";

/** Why something that might have opened a section does not. */
export type Closed =
  | { readonly why: "right-to-share-unknown" | "buyer-consent" | "reciprocity" }
  | { readonly why: "revoked" | "too-early" | "ended" | "purpose"; readonly grant: string };

/** Sections open beyond standing rights, by the grants and terms that open them, until the first of their reasons ends. */
export interface Granted {
  readonly sections: readonly AuditSection[];
  readonly because: readonly string[];
  readonly validUntil: number;
  readonly closed: readonly Closed[];
}

interface Source {
  readonly id: string;
  readonly sections: readonly AuditSection[];
  readonly notAfter: number;
  /** Given to all members, not to this one by name. */
  readonly toAll: boolean;
}

export const FOR_EVER = Number.MAX_SAFE_INTEGER;
const DAY_MS = 86_400_000;

/** The union over what is given, of what was asked; where a buyer paid, no further than its consent. */
export function grantedBy(facts: AuditFacts, ask: Ask, now: number): Granted {
  const closed: Closed[] = [];
  const sources = [...givenBy(facts, ask, now, closed), ...pooled(facts, ask)];
  if (sources.length > 0 && facts.right === "unknown") return nothing([...closed, { why: "right-to-share-unknown" }]);
  const consent = consented(facts, now);
  const open = (name: AuditSection) =>
    GRANTABLE_SECTIONS.includes(name) && consent.sections.includes(name) && (ask.sections?.includes(name) ?? true);
  const used: Source[] = [];
  for (const source of sources) {
    const left = source.toAll ? reciprocal(facts, source, now) : source;
    if (left === null) closed.push({ why: "reciprocity" });
    else if (left.sections.some(open)) used.push(left);
    else if (facts.right === "buyer-with-supplier-consent") closed.push({ why: "buyer-consent" });
  }
  return {
    sections: AUDIT_SECTIONS.filter((name) => open(name) && used.some(({ sections }) => sections.includes(name))),
    because: used.map(({ id }) => id),
    validUntil: Math.min(consent.notAfter, ...used.map(({ notAfter }) => notAfter)),
    closed,
  };
}

const nothing = (closed: readonly Closed[]): Granted => ({ sections: [], because: [], validUntil: FOR_EVER, closed });

function givenBy(facts: AuditFacts, ask: Ask, now: number, closed: Closed[]): Source[] {
  const sources: Source[] = [];
  for (const grant of facts.grants) {
    if (!isFor(grant, facts, ask)) continue;
    const why = inactive(grant, now) ?? (grant.purposes.includes(ask.purpose) ? null : "purpose");
    if (why) closed.push({ why, grant: grant.id });
    else sources.push({ ...grant, toAll: grant.grantee === "members" });
  }
  return sources;
}

/** Onward sharing has no way in: whoever was granted something is not the site's supplier, so its grants reach nobody. */
function isFor(grant: Grant, facts: AuditFacts, { principal }: Ask): boolean {
  if (grant.site !== facts.site || (grant.audit !== null && grant.audit !== facts.audit)) return false;
  return reaches(grant, facts.supplier, principal);
}

/** DESIGN 8, mode `pool`: every member sees up to *findings*, where the supplier signed the terms that are in force. */
function pooled({ rulebook, terms }: AuditFacts, { principal }: Ask): Source[] {
  if (rulebook.mode !== "pool" || terms === null || principal.kind !== "member") return [];
  return [{ id: terms, sections: PRESETS.findings, notAfter: FOR_EVER, toAll: true }];
}

/** What reaches all members reaches those that contribute, until their last contribution is too old. */
function reciprocal({ rulebook, contributedAt }: AuditFacts, source: Source, now: number): Source | null {
  const until = contributesUntil(rulebook.reciprocityDays, contributedAt);
  return now < until ? { ...source, notAfter: Math.min(source.notAfter, until) } : null;
}

/** Unix ms from which on what is for all members does not reach this one; `contributedAt` null: it contributed nothing yet. */
export function contributesUntil(reciprocityDays: number | null, contributedAt: number | null): number {
  if (reciprocityDays === null) return FOR_EVER;
  return contributedAt === null ? 0 : contributedAt + reciprocityDays * DAY_MS;
}

/** Dual consent: a buyer's report goes no further than the buyer that paid says; a report with no known buyer, nowhere. */
function consented(facts: AuditFacts, now: number): Pick<Consent, "sections" | "notAfter"> {
  if (facts.right !== "buyer-with-supplier-consent") return { sections: AUDIT_SECTIONS, notAfter: FOR_EVER };
  const active = facts.consents.filter((one) => one.org === facts.submitter && inactive(one, now) === null);
  return {
    sections: AUDIT_SECTIONS.filter((name) => active.some(({ sections }) => sections.includes(name))),
    notAfter: Math.min(FOR_EVER, ...active.map(({ notAfter }) => notAfter)),
  };
}

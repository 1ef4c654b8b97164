import type { Ask, AuditFacts, Grant } from "./facts.ts";
import { mintRead, type ReadScope, type ReceiptNote } from "./scope.ts";
import { AUDIT_SECTIONS, type AuditSection, GRANTABLE_SECTIONS } from "./sections.ts";

export type Denial =
  | { readonly why: "suspended" }
  | { readonly why: "key-disputed" }
  | { readonly why: "no-right" }
  | { readonly why: "right-to-share-unknown" }
  | { readonly why: "not-granted"; readonly section: AuditSection }
  | { readonly why: "revoked" | "too-early" | "ended" | "purpose"; readonly grant: string };

export interface Decision {
  readonly scope: ReadScope | null;
  readonly denied: readonly Denial[];
}

interface Opening {
  readonly right: ReceiptNote["standing"];
  readonly sections: readonly AuditSection[];
  readonly because: readonly string[];
  readonly validUntil: number;
}

const FOR_EVER = Number.MAX_SAFE_INTEGER;
// `people` holds the interviews, and a section opens as a whole, so the supplier does without it.
const SUPPLIER_SECTIONS = AUDIT_SECTIONS.filter((name) => name !== "commercial" && name !== "people");

/** Pure and explains itself (DESIGN 8): standing rights, else the union over active grants; any block wins; default nothing. */
export function decide(facts: AuditFacts, ask: Ask, now: number): Decision {
  const block = blockOf(facts, ask);
  if (block) return { scope: null, denied: [block] };
  const denied: Denial[] = [];
  const opening = standingRight(facts, ask) ?? grantedBy(facts, ask, now, denied);
  const sections = asked(opening, ask);
  for (const name of ask.sections ?? [])
    if (!sections.includes(name)) denied.push({ why: "not-granted", section: name });
  if (sections.length === 0) return { scope: null, denied: denied.length > 0 ? denied : [{ why: "no-right" }] };
  const receipt = receiptFor(facts, ask, { ...opening, sections }, now);
  return { scope: scopeOf(facts, ask, opening, sections, receipt), denied };
}

const asked = ({ sections }: Opening, ask: Ask): readonly AuditSection[] =>
  sections.filter((name) => ask.sections === null || ask.sections.includes(name));

/**
 * A member's name in the supplier's chain as the submitter would say who handed the copy in (DESIGN 2.3), and a grantee
 * that reads every audit but its own would say it too. So a submitter with a grant is noted as a grantee like any other;
 * without one, or when it checks intake's copy, in its own chain: it learns nothing that it did not hand in.
 */
function receiptFor(facts: AuditFacts, ask: Ask, opening: Opening, now: number): ReceiptNote {
  const supplier = facts.supplier ?? facts.site;
  const { right: standing, sections, because } = opening;
  if (standing !== "submitter") return { holder: supplier, standing, sections, because };
  const granted = grantedBy(facts, ask, now, []);
  const shown = asked(granted, ask);
  if (ask.asSubmitter || shown.length === 0) return { holder: ask.principal.org, standing, sections, because };
  return { holder: supplier, standing: "grant", sections: shown, because: granted.because };
}

function blockOf(facts: AuditFacts, ask: Ask): Denial | null {
  if (ask.principal.suspended) return { why: "suspended" };
  if (facts.disputed && ask.principal.org !== facts.author) return { why: "key-disputed" };
  return null;
}

/** Rights that come from facts, not grants; they leave receipts too. */
function standingRight(facts: AuditFacts, ask: Ask): Opening | null {
  const org = ask.principal.org;
  const standing = (right: ReceiptNote["standing"], sections: readonly AuditSection[]): Opening => ({
    right,
    sections,
    because: [],
    validUntil: FOR_EVER,
  });
  if (org === facts.author) return standing("author", AUDIT_SECTIONS);
  if (org === facts.submitter) return standing("submitter", AUDIT_SECTIONS);
  if (org === facts.supplier) return standing("supplier", SUPPLIER_SECTIONS);
  return null;
}

function grantedBy(facts: AuditFacts, ask: Ask, now: number, denied: Denial[]): Opening {
  const open = new Set<AuditSection>();
  const because: string[] = [];
  let validUntil = FOR_EVER;
  for (const grant of facts.grants) {
    if (!isFor(grant, facts, ask)) continue;
    const reason = facts.right === "unknown" ? ({ why: "right-to-share-unknown" } as const) : inactive(grant, ask, now);
    if (reason) {
      denied.push(reason);
      continue;
    }
    for (const name of grant.sections) if (GRANTABLE_SECTIONS.includes(name)) open.add(name);
    because.push(grant.id);
    validUntil = Math.min(validUntil, grant.notAfter);
  }
  return { right: "grant", sections: AUDIT_SECTIONS.filter((name) => open.has(name)), because, validUntil };
}

/** A grant speaks only for the supplier that gave it, while the site is that supplier's. */
function isFor(grant: Grant, facts: AuditFacts, ask: Ask): boolean {
  const { principal } = ask;
  if (grant.grantor !== facts.supplier || grant.site !== facts.site) return false;
  if (grant.audit !== null && grant.audit !== facts.audit) return false;
  return grant.grantee === principal.org || (grant.grantee === "members" && principal.kind === "member");
}

function inactive(grant: Grant, ask: Ask, now: number): Denial | null {
  if (grant.revoked) return { why: "revoked", grant: grant.id };
  if (now < grant.notBefore) return { why: "too-early", grant: grant.id };
  if (now >= grant.notAfter) return { why: "ended", grant: grant.id };
  if (!grant.purposes.includes(ask.purpose)) return { why: "purpose", grant: grant.id };
  return null;
}

const scopeOf = (
  facts: AuditFacts,
  ask: Ask,
  opening: Opening,
  sections: readonly AuditSection[],
  receipt: ReceiptNote,
): ReadScope =>
  mintRead({
    org: ask.principal.org,
    audit: facts.audit,
    site: facts.site,
    sections,
    origin: opening.right === "submitter",
    purpose: ask.purpose,
    because: opening.because,
    receipt,
    factsVersion: facts.factsVersion,
    validUntil: opening.validUntil,
  });

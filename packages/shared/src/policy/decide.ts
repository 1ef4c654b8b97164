import type { Ask, AuditFacts } from "./facts.ts";
import { type Closed, FOR_EVER, type Granted, grantedBy } from "./granted.ts";
import { mintRead, type ReadScope, type ReceiptNote } from "./scope.ts";
import { AUDIT_SECTIONS, type AuditSection } from "./sections.ts";

export type Denial =
  | Closed
  | { readonly why: "suspended" | "key-disputed" | "embargo" | "no-right" }
  | { readonly why: "not-granted"; readonly section: AuditSection };

export interface Decision {
  readonly scope: ReadScope | null;
  readonly denied: readonly Denial[];
}

interface Opening extends Pick<Granted, "sections" | "because" | "validUntil"> {
  readonly right: ReceiptNote["standing"];
}

// `people` holds the interviews, and a section opens as a whole, so the supplier does without it.
const SUPPLIER_SECTIONS = AUDIT_SECTIONS.filter((name) => name !== "commercial" && name !== "people");

/** Pure and explains itself (DESIGN 8): standing rights, else the union over active grants; any block wins; default nothing. */
export function decide(facts: AuditFacts, ask: Ask, now: number): Decision {
  const standing = standingRight(facts, ask);
  const block = blockOf(facts, ask, standing, now);
  if (block) return { scope: null, denied: [block] };
  const granted = standing ? null : grantedBy(facts, ask, now);
  const opening = standing ?? { right: "grant" as const, ...(granted as Granted) };
  const denied: Denial[] = [...(granted?.closed ?? [])];
  for (const name of ask.sections ?? [])
    if (!opening.sections.includes(name)) denied.push({ why: "not-granted", section: name });
  if (opening.sections.length === 0) return { scope: null, denied: denied.length > 0 ? denied : [{ why: "no-right" }] };
  return { scope: scopeOf(facts, ask, opening, receiptFor(facts, ask, opening, now)), denied };
}

function blockOf(facts: AuditFacts, ask: Ask, standing: Opening | null, now: number): Denial | null {
  if (ask.principal.suspended) return { why: "suspended" };
  if (facts.disputed && standing?.right !== "author") return { why: "key-disputed" };
  const isFinal = facts.finalAt !== null && now >= facts.finalAt;
  if (!standing && !isFinal && facts.rulebook.embargo === "until-final") return { why: "embargo" };
  return null;
}

/** Rights that come from facts, not grants; they leave receipts too. */
function standingRight(facts: AuditFacts, ask: Ask): Opening | null {
  const org = ask.principal.org;
  const standing = (right: ReceiptNote["standing"], sections: readonly AuditSection[]): Opening => ({
    right,
    sections: sections.filter((name) => ask.sections?.includes(name) ?? true),
    because: [],
    validUntil: FOR_EVER,
  });
  if (org === facts.author) return standing("author", AUDIT_SECTIONS);
  if (org === facts.submitter) return standing("submitter", AUDIT_SECTIONS);
  if (org === facts.supplier) return standing("supplier", SUPPLIER_SECTIONS);
  return null;
}

/**
 * A member's name in the supplier's chain as the submitter would say who handed the copy in (DESIGN 2.3), and a grantee
 * that reads every audit but its own would say it too. So a submitter with a grant is noted as a grantee like any other;
 * without one, or when it checks intake's copy, in its own chain: it learns nothing that it did not hand in.
 */
function receiptFor(facts: AuditFacts, ask: Ask, opening: Opening, now: number): ReceiptNote {
  const { right: standing, sections, because } = opening;
  const own = { reader: ask.principal.org, delayMs: 0, standing, sections, because };
  if (standing === "grant") return granteeNote(facts, ask, opening);
  if (standing !== "submitter") return { holder: facts.supplier ?? facts.site, ...own };
  const blocked = blockOf(facts, ask, null, now);
  const granted = grantedBy(facts, ask, now);
  if (ask.asSubmitter || blocked || granted.sections.length === 0) return { holder: ask.principal.org, ...own };
  return granteeNote(facts, ask, granted);
}

const DAY_MS = 86_400_000;

/** Who read, as the rulebook says. A category without the grants that opened it: a grant names whom it was given to. */
function granteeNote(
  { supplier, site, rulebook }: AuditFacts,
  { principal }: Ask,
  { sections, because }: Pick<Granted, "sections" | "because">,
): ReceiptNote {
  const note = { holder: supplier ?? site, standing: "grant" as const, sections };
  const { receipts } = rulebook;
  if (receipts.show === "category") return { ...note, reader: principal.kind, delayMs: 0, because: [] };
  const delayMs = receipts.show === "delayed" ? receipts.days * DAY_MS : 0;
  return { ...note, reader: principal.org, delayMs, because };
}

const scopeOf = (facts: AuditFacts, ask: Ask, opening: Opening, receipt: ReceiptNote): ReadScope =>
  mintRead({
    org: ask.principal.org,
    audit: facts.audit,
    site: facts.site,
    sections: opening.sections,
    origin: opening.right === "submitter",
    purpose: ask.purpose,
    because: opening.because,
    receipt,
    factsVersion: facts.factsVersion,
    validUntil: opening.validUntil,
  });

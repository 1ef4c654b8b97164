/** Whose dossier a type belongs to. */
export type SubjectKind = "consortium" | "site" | "organisation";
/** Who may say it (FORMATS 1.1); `policy/admit` turns these words into a decision for the types that the door takes. */
export type AuthorKind = "operator" | "platform" | "supplier" | "auditor" | "member" | "self" | "author" | "recovery";

export interface CatalogueRow {
  readonly type: string;
  readonly version: number;
  readonly subject: SubjectKind;
  readonly authors: readonly AuthorKind[];
  /** All of them are in every statement of the type, by name; none means that there is no `sections` claim. */
  readonly sections: readonly string[];
}

/** Sections of an audit (DESIGN 8), in the order of the golden vectors. */
export const AUDIT_SECTIONS = [
  "existence",
  "scores",
  "findings",
  "plans",
  "people",
  "workforce",
  "evidence",
  "commercial",
] as const;
export type AuditSection = (typeof AUDIT_SECTIONS)[number];

export const PROVENANCES = ["auditor-signed", "supplier-signed", "submitted-copy", "listed"] as const;
export type Provenance = (typeof PROVENANCES)[number];

const row = (
  type: string,
  subject: SubjectKind,
  authors: readonly AuthorKind[],
  sections: readonly string[] = [],
): CatalogueRow => ({ type, version: 1, subject, authors, sections });

/**
 * FORMATS 1.1, row by row. What a type's own claims have to be is said where it is admitted (`registry`, `audit`,
 * `policy`): `verify` reads no further than this, since a bundle outlives a schema.
 */
export const catalogue: readonly CatalogueRow[] = [
  row("genesis", "consortium", ["operator"]),
  row("organisation", "consortium", ["operator"]),
  // The platform opens what members propose, in rounds: a member's name beside a site would say who buys there.
  row("site", "consortium", ["supplier", "operator", "platform"]),
  row("key", "consortium", ["self", "recovery", "operator"]),
  row("key-loss", "consortium", ["self", "recovery", "operator"]),
  row("keyring", "consortium", ["platform"]),
  row("rulebook", "consortium", ["operator"]),
  row("vote", "consortium", ["member"]),
  row("audit", "site", ["auditor", "supplier", "platform"], AUDIT_SECTIONS),
  row("reply", "site", ["supplier"], ["reply"]),
  row("correction", "site", ["author"], ["correction"]),
  row("attest", "site", ["author"], ["attest"]),
  row("dispute", "site", ["supplier", "platform"], ["dispute"]),
  row("erasure", "site", ["author", "operator"]),
  row("merge", "site", ["operator"]),
  row("split", "site", ["operator"]),
  row("submission", "organisation", ["member"], AUDIT_SECTIONS),
  // Not in FORMATS' first list: what an audit's clock stands on, a buyer's consent, a supplier's yes to pooling, its receipts' head.
  row("delivery", "site", ["platform"]),
  row("consent", "organisation", ["member"]),
  row("terms", "organisation", ["supplier"]),
  row("receipts", "organisation", ["platform"]),
  // Nor are these: a member's list, a supplier's no to discovery, a joiner's share of a joint audit.
  row("listing", "organisation", ["member"], ["places"]),
  row("discovery", "organisation", ["supplier"]),
  row("settlement", "organisation", ["platform"]),
  row("intent", "organisation", ["member"], ["reason"]),
  row("joint", "organisation", ["member", "platform", "operator"]),
  // And these: what scores mean, what may be published of them, and what was.
  row("framework", "consortium", ["operator"]),
  row("release-plan", "consortium", ["operator"]),
  row("release", "consortium", ["platform"]),
  ...["grant", "revoke", "request", "answer", "recognition", "policy", "escalation"].map((type) =>
    row(type, "organisation", ["supplier", "member"]),
  ),
];

const byName = new Map(catalogue.map((one) => [`urn:quasarix:${one.type}:${one.version}`, one]));

/** Null for a type that this version does not know. */
export const catalogueRow = (vct: string): CatalogueRow | null => byName.get(vct) ?? null;

/** `urn:quasarix:<type>:<n>`; throws on a type that has no row, since only our own code names one. */
export function vctOf(type: string, version = 1): string {
  const vct = `urn:quasarix:${type}:${version}`;
  if (!byName.has(vct)) throw new Error(`no row in the catalogue for \`${vct}\``);
  return vct;
}

import * as z from "zod";
import { isConsortiumId, isHashText, isOrganisationId, isSiteId } from "./id.ts";

/** Whose dossier a type belongs to. */
export type SubjectKind = "consortium" | "site" | "organisation";
/** Who may say it (FORMATS 1.1); `admit` in policy turns these into a decision. */
export type AuthorKind = "operator" | "platform" | "supplier" | "auditor" | "member" | "self" | "author" | "recovery";

export interface CatalogueRow {
  readonly type: string;
  readonly version: number;
  readonly subject: SubjectKind;
  readonly authors: readonly AuthorKind[];
  /** All of them are in every statement of the type, by name; none means that there is no `sections` claim. */
  readonly sections: readonly string[];
  /** The type's own plain claims, checked at the door. `verify` does not: a bundle outlives a schema. */
  readonly claims: z.ZodType;
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

const organisation = z.string().refine(isOrganisationId, "an organisation id");
const site = z.string().refine(isSiteId, "a site id");
const origin = z.string().refine(isConsortiumId, "a log origin");
const hash = z.string().refine(isHashText, "32 bytes of b64url");
const index = z.int().nonnegative();
const seconds = z.int().nonnegative();
const line = z.string().min(1).max(300);

const any = z.looseObject({});
const answering = z.looseObject({ re: hash });

const rows: readonly CatalogueRow[] = [
  {
    type: "genesis",
    version: 1,
    subject: "consortium",
    authors: ["operator"],
    sections: [],
    claims: z.looseObject({ origin, log: line, operator: hash, platform: hash }),
  },
  {
    type: "organisation",
    version: 1,
    subject: "consortium",
    authors: ["operator"],
    sections: [],
    claims: z.looseObject({
      opens: organisation,
      dossier: hash,
      name: line.optional(),
      kinds: z.array(line).optional(),
    }),
  },
  {
    type: "site",
    version: 1,
    subject: "consortium",
    authors: ["supplier", "operator"],
    sections: [],
    claims: z.looseObject({
      opens: site,
      dossier: hash,
      supplier: organisation.optional(),
      name: line.optional(),
      address: line.optional(),
      country: z.string().length(2).optional(),
      identifiers: z.array(z.strictObject({ scheme: line, value: line })).optional(),
    }),
  },
  {
    type: "key",
    version: 1,
    subject: "consortium",
    authors: ["self", "recovery", "operator"],
    sections: [],
    claims: z.looseObject({
      x: hash,
      use: z.enum(["record", "auth", "recovery", "platform"]),
      custody: z.literal("platform").optional(),
    }),
  },
  {
    type: "key-loss",
    version: 1,
    subject: "consortium",
    authors: ["self", "recovery", "operator"],
    sections: [],
    claims: z.looseObject({ kid: hash, loss: index }),
  },
  {
    type: "keyring",
    version: 1,
    subject: "consortium",
    authors: ["platform"],
    sections: [],
    claims: z.looseObject({ covers: index, size: index, root: hash }),
  },
  { type: "rulebook", version: 1, subject: "consortium", authors: ["operator"], sections: [], claims: any },
  { type: "vote", version: 1, subject: "consortium", authors: ["member"], sections: [], claims: any },
  {
    type: "audit",
    version: 1,
    subject: "site",
    authors: ["auditor", "supplier", "platform"],
    sections: AUDIT_SECTIONS,
    claims: z.looseObject({ provenance: z.enum(PROVENANCES) }),
  },
  { type: "reply", version: 1, subject: "site", authors: ["supplier"], sections: ["reply"], claims: answering },
  { type: "correction", version: 1, subject: "site", authors: ["author"], sections: ["correction"], claims: answering },
  { type: "attest", version: 1, subject: "site", authors: ["author"], sections: ["attest"], claims: answering },
  {
    type: "dispute",
    version: 1,
    subject: "site",
    authors: ["supplier", "platform"],
    sections: ["dispute"],
    claims: answering,
  },
  {
    type: "erasure",
    version: 1,
    subject: "site",
    authors: ["author", "operator"],
    sections: [],
    claims: z.looseObject({ re: hash, erased: z.array(line).min(1) }),
  },
  { type: "merge", version: 1, subject: "site", authors: ["operator"], sections: [], claims: any },
  {
    type: "submission",
    version: 1,
    subject: "organisation",
    authors: ["member"],
    sections: AUDIT_SECTIONS,
    claims: z.looseObject({ site }),
  },
  {
    type: "grant",
    version: 1,
    subject: "organisation",
    authors: ["supplier", "member"],
    sections: [],
    claims: z.looseObject({
      grantee: z.union([organisation, z.literal("members")]),
      site,
      statement: hash.optional(),
      grantSections: z.array(z.enum(AUDIT_SECTIONS)).min(1),
      purposes: z.array(line).min(1).optional(),
      notBefore: seconds.optional(),
      notAfter: seconds.optional(),
    }),
  },
  {
    type: "revoke",
    version: 1,
    subject: "organisation",
    authors: ["supplier", "member"],
    sections: [],
    claims: answering,
  },
  {
    type: "request",
    version: 1,
    subject: "organisation",
    authors: ["supplier", "member"],
    sections: [],
    claims: z.looseObject({ site }),
  },
  {
    type: "answer",
    version: 1,
    subject: "organisation",
    authors: ["supplier", "member"],
    sections: [],
    claims: answering,
  },
  ...(["intent", "recognition", "joint", "policy", "escalation"] as const).map((type) => ({
    type,
    version: 1,
    subject: "organisation" as const,
    authors: ["supplier", "member"] as const,
    sections: [],
    claims: any,
  })),
];

const byName = new Map(rows.map((row) => [`urn:quasarix:${row.type}:${row.version}`, row]));

/** FORMATS 1.1. Null for a type that this version does not know. */
export const catalogueRow = (vct: string): CatalogueRow | null => byName.get(vct) ?? null;

/** `urn:quasarix:<type>:<n>`; throws on a type that has no row, since only our own code names one. */
export function vctOf(type: string, version = 1): string {
  const vct = `urn:quasarix:${type}:${version}`;
  if (!byName.has(vct)) throw new Error(`no row in the catalogue for \`${vct}\``);
  return vct;
}

export const catalogue: readonly CatalogueRow[] = rows;

import { type AuditContent, auditContent } from "@quasarix/shared/audit/content.ts";
import { base64url } from "@quasarix/shared/base64.ts";
import type { GrantClaims } from "@quasarix/shared/policy/grant.ts";
import type { rulebookClaims } from "@quasarix/shared/policy/rulebook.ts";
import type { ConsentClaims, TermsClaims } from "@quasarix/shared/policy/terms.ts";
import type { KeyUse } from "@quasarix/shared/registry/key.ts";
import type { OrganisationClaims } from "@quasarix/shared/registry/organisation.ts";
import type { SiteClaims } from "@quasarix/shared/registry/site.ts";
import type { Provenance } from "@quasarix/shared/statement/catalogue.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import type { Draft } from "@quasarix/shared/statement/issue.ts";
import type { Json } from "@quasarix/shared/statement/json.ts";
import type { ReservedSubject } from "@quasarix/shared/wire/registry.ts";
import type * as z from "zod";

/** What is said, about whom; author, time and `seen` come with the signature. */
export type Saying = Pick<Draft, "vct" | "sub" | "re" | "claims" | "sections">;

/** Members that are undefined are left out, as JSON does. */
export const plain = <T>(value: T): Record<string, Json> => JSON.parse(JSON.stringify(value)) as Record<string, Json>;

type Opened = Pick<ReservedSubject, "id" | "commitment">;

export const genesisOf = (
  consortium: string,
  claims: { readonly log: string; readonly operator: string; readonly platform: string },
): Saying => ({ vct: vctOf("genesis"), sub: consortium, claims: { origin: consortium, ...claims } });

/** `admits`: the kids of the organisation's first keys. */
export const organisationOf = (
  consortium: string,
  opened: Opened,
  claims: OrganisationClaims & { readonly admits: readonly string[] },
): Saying => ({
  vct: vctOf("organisation"),
  sub: consortium,
  claims: { opens: opened.id, dossier: opened.commitment, ...plain(claims) },
});

export const siteOf = (consortium: string, opened: Opened, claims: SiteClaims): Saying => ({
  vct: vctOf("site"),
  sub: consortium,
  claims: { opens: opened.id, dossier: opened.commitment, ...plain(claims) },
});

export const keyOf = (
  consortium: string,
  key: {
    readonly publicKey: Uint8Array;
    readonly use: KeyUse;
    readonly possession?: { readonly challenge: string; readonly signature: string };
  },
): Saying => ({
  vct: vctOf("key"),
  sub: consortium,
  claims: plain({ x: base64url(key.publicKey), use: key.use, possession: key.possession }),
});

/** In the one spelling of submissions: the schema's order of members. What the schema refuses goes as it is, for the door to name. */
const sectionsOf = (content: AuditContent): Record<string, Record<string, Json>> =>
  plain(auditContent.safeParse(content).data ?? content) as Record<string, Record<string, Json>>;

/** For an auditor or a supplier. A member's own go through `submissionOf`: see FORMATS 1.1. */
export const auditOf = (
  site: string,
  provenance: Extract<Provenance, "auditor-signed" | "supplier-signed">,
  content: AuditContent,
): Saying => ({ vct: vctOf("audit"), sub: site, claims: { provenance }, sections: sectionsOf(content) });

/** `replaces`: the own submission of the same site that this one stands in place of; intake then corrects its copy. */
export const submissionOf = (member: string, site: string, content: AuditContent, replaces?: string): Saying => ({
  vct: vctOf("submission"),
  sub: member,
  re: replaces,
  claims: { site },
  sections: sectionsOf(content),
});

export const grantOf = (supplier: string, claims: GrantClaims): Saying => ({
  vct: vctOf("grant"),
  sub: supplier,
  claims: plain(claims),
});

/** `given`: the statementHash of what is taken back: a grant, an answer, a consent, or terms. */
export const revokeOf = (org: string, given: string): Saying => ({ vct: vctOf("revoke"), sub: org, re: given });

export const rulebookOf = (consortium: string, claims: z.infer<typeof rulebookClaims>): Saying => ({
  vct: vctOf("rulebook"),
  sub: consortium,
  claims: plain(claims),
});

export const termsOf = (supplier: string, claims: TermsClaims): Saying => ({
  vct: vctOf("terms"),
  sub: supplier,
  claims: plain(claims),
});

export const consentOf = (member: string, claims: ConsentClaims): Saying => ({
  vct: vctOf("consent"),
  sub: member,
  claims: plain(claims),
});

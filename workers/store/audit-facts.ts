import type { SharingRight } from "@quasarix/shared/audit/existence.ts";
import { finalAt } from "@quasarix/shared/audit/lifecycle.ts";
import type { AuditFacts, Consent, Grant } from "@quasarix/shared/policy/facts.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { AuditSection } from "@quasarix/shared/policy/sections.ts";
import type { Db } from "./db.ts";
import { type GrantRow, grantKinds, grantOf } from "./grant-kinds.ts";
import { RULEBOOK, type RulebookRow, rulebookOf } from "./rulebook.ts";

interface AuditFactsRow {
  readonly audit: string;
  readonly site: string;
  readonly author: string;
  readonly submitter: string | null;
  readonly supplier: string | null;
  readonly sharing: SharingRight;
  readonly logIndex: number;
  readonly loss: number | null;
  readonly version: number;
  readonly provenance: string;
  readonly admittedAt: number;
  readonly deliveredAt: number | null;
  readonly respondedAt: number | null;
  readonly acceptedAt: number | null;
  readonly terms: string | null;
  readonly contributedAt: number | null;
}

type ConsentRow = Omit<Consent, "sections" | "revoked"> & {
  readonly audit: string;
  readonly sections: string;
  readonly revoked: 0 | 1;
};

// The subjects whose facts decide a read: the site, the reader, the consortium. Versions only rise, so equal sums are equal versions.
const VERSION = `(SELECT sum(facts_version) FROM subjects WHERE id IN (?SITE, ?2, ?3))`;

const NAMED = "(SELECT value FROM json_each(?1))";
/** Of an audit `a`: what the clock of its reply stands on (`finalAt`). */
export const CLOCK = `(SELECT min(admitted_at) FROM deliveries WHERE audit = a.hash AND (event = 'opened' OR number = 3)) AS deliveredAt,
    (SELECT min(admitted_at) FROM responses WHERE audit = a.hash AND type IN ('reply', 'dispute')) AS respondedAt,
    (SELECT min(admitted_at) FROM responses WHERE audit = a.hash AND stance = 'accepts') AS acceptedAt`;

export const FACTS = `SELECT a.hash AS audit, a.site, a.author, a.sharing_right AS sharing, a.log_index AS logIndex, s.supplier,
    a.provenance, a.admitted_at AS admittedAt,
    (SELECT org FROM submissions WHERE audit = a.hash) AS submitter,
    (SELECT loss_index FROM keys WHERE kid = a.kid) AS loss,
    ${CLOCK},
    (SELECT statement FROM terms WHERE site = a.site AND supplier = s.supplier AND revoked_by IS NULL
      AND rulebook = (SELECT statement FROM rulebooks ORDER BY log_index DESC LIMIT 1)
      ORDER BY log_index LIMIT 1) AS terms,
    (SELECT admitted_at FROM submissions WHERE org = ?2 AND listed = 0 ORDER BY log_index DESC LIMIT 1) AS contributedAt,
    ${VERSION.replace("?SITE", "a.site")} AS version
  FROM audits AS a LEFT JOIN sites AS s ON s.id = a.site WHERE a.hash IN ${NAMED}`;

export const CONSENTS = `SELECT id, org, audit, sections, not_before AS notBefore, not_after AS notAfter,
    revoked_by IS NOT NULL AS revoked FROM consents WHERE audit IN ${NAMED} ORDER BY log_index`;

/** Facts of some audits for one asker, by audit; an audit that does not exist has none. Never a body. Of grants: see grant-kinds.ts. */
export async function loadAuditFacts(
  db: Db,
  origin: string,
  principal: Principal,
  audits: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, AuditFacts>> {
  const names = JSON.stringify(audits);
  const [facts, grants, consents, rulebook] = (await db.batch([
    db.prepare(FACTS).bind(names, principal.org, origin),
    grantKinds(db, principal.org, names, now),
    db.prepare(CONSENTS).bind(names),
    db.prepare(RULEBOOK),
  ])) as [D1Result<AuditFactsRow>, D1Result<GrantRow>, D1Result<ConsentRow>, D1Result<RulebookRow>];
  const around = {
    grants: Map.groupBy(grants.results.map(grantOf), ({ site }) => site),
    consents: Map.groupBy(consents.results, ({ audit }) => audit),
    rulebook: rulebookOf(rulebook.results[0]),
  };
  return new Map(facts.results.map((row) => [row.audit, factsOf(row, around)]));
}

const consentOf = ({ audit: _, ...row }: ConsentRow): Consent => ({
  ...row,
  sections: JSON.parse(row.sections) as AuditSection[],
  revoked: row.revoked === 1,
});

interface Around {
  readonly grants: ReadonlyMap<string, readonly Grant[]>;
  readonly consents: ReadonlyMap<string, readonly ConsentRow[]>;
  readonly rulebook: AuditFacts["rulebook"];
}

const factsOf = (row: AuditFactsRow, { grants, consents, rulebook }: Around): AuditFacts => ({
  audit: row.audit,
  site: row.site,
  author: row.author,
  submitter: row.submitter,
  supplier: row.supplier,
  right: row.sharing,
  disputed: row.loss !== null && row.loss <= row.logIndex,
  rulebook,
  terms: row.terms,
  finalAt: finalAt(row),
  contributedAt: row.contributedAt,
  grants: grants.get(row.site) ?? [],
  consents: (consents.get(row.audit) ?? []).map(consentOf),
  factsVersion: row.version,
});

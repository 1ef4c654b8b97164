import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import { NOTHING_ASKED } from "@quasarix/shared/policy/asked.ts";
import type {
  AuthorFacts,
  KeyFacts,
  OrgFacts,
  SubjectFacts,
  TargetFacts,
} from "@quasarix/shared/policy/author-facts.ts";
import { NOTHING_INTENDED } from "@quasarix/shared/policy/intended.ts";
import type { Purpose } from "@quasarix/shared/policy/purposes.ts";
import { NOTHING_RECOGNISED } from "@quasarix/shared/policy/recognised.ts";
import type { AuditSection } from "@quasarix/shared/policy/sections.ts";
import type { Merges } from "@quasarix/shared/registry/resolve.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import type { SignedPart } from "@quasarix/shared/statement/statement.ts";
import type { Db } from "./db.ts";
import { newestFrameworksOf } from "./frameworks.ts";
import { RULEBOOK, type RulebookRow, rulebookOf } from "./rulebook.ts";
import { loadMerges } from "./site-merges.ts";

type OrgRow = Omit<OrgFacts, "admits" | "isOperator" | "suspended"> & {
  isOperator: 0 | 1;
  suspended: 0 | 1;
  admits: string;
};
type TargetRow = Omit<TargetFacts, "revoked" | "opens" | "asks" | "reports"> & {
  revoked: 0 | 1;
  opens: 0 | 1;
  reportSite: string | null;
  isListed: 0 | 1;
  isReplaced: 0 | 1;
  site: string | null;
  sections: string;
  purposes: string;
  until: number;
};

// A key that is to be admitted must not be known yet, under whatever name.
function newKids({ row, claims }: SignedPart): string[] {
  const key = row.type === "key" && typeof claims["x"] === "string" ? fromBase64url(claims["x"]) : null;
  return key ? [thumbprint(key)] : [];
}

const asked = (names: Iterable<string>): string => JSON.stringify([...new Set(names)]);
/** No id is longer than a hash's 43 characters, but for the log's origin; what claims hold besides is not looked up. */
const LONGEST = 200;
/** Of a claim that names many, each. */
const many = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const texts = (values: readonly unknown[]): string[] =>
  values.filter((value) => typeof value === "string" && value.length <= LONGEST) as string[];
const mapBy = <T>(rows: readonly T[], name: (row: T) => string): Map<string, T> =>
  new Map(rows.map((row) => [name(row), row]));

const ASKED = "IN (SELECT value FROM json_each(?1))";
const ORGS = `SELECT id, kind, is_operator AS isOperator, suspended, admits FROM organisations WHERE id ${ASKED}`;
const KEYS = `SELECT kid, x, org, use, from_index AS "from", until_index AS "until", loss_index AS loss FROM keys
  WHERE kid ${ASKED}`;
const SUBJECTS = `SELECT id, kind, commitment, reserved_by AS reservedBy, opening FROM subjects WHERE id ${ASKED}`;
const SITES = `SELECT id, supplier FROM sites
  WHERE id ${ASKED} OR id IN (SELECT site FROM requests WHERE hash IN (SELECT value FROM json_each(?2)))`;
const TARGETS = `SELECT s.hash, s.issuer, s.type, s.subject, s.log_index AS "index",
    coalesce(g.revoked_by, c.revoked_by, t.revoked_by, d.revoked_by, n.revoked_by, i.revoked_by, j.revoked_by) IS NOT NULL AS revoked, g.id IS NOT NULL AS opens,
    (SELECT org FROM submissions WHERE audit = s.hash) AS submitter, r.site, r.sections, r.purposes, r.until,
    m.site AS reportSite, m.listed AS isListed, EXISTS (SELECT 1 FROM submissions WHERE replaces = s.hash) AS isReplaced
  FROM statements AS s LEFT JOIN grants AS g ON g.id = s.hash LEFT JOIN consents AS c ON c.id = s.hash
    LEFT JOIN terms AS t ON t.statement = s.hash LEFT JOIN recognitions AS n ON n.hash = s.hash
    LEFT JOIN requests AS r ON r.hash = s.hash
    LEFT JOIN intents AS i ON i.hash = s.hash LEFT JOIN joint_names AS j ON j.statement = s.hash
    LEFT JOIN discovery_withdrawals AS d ON d.statement = s.hash
    LEFT JOIN submissions AS m ON m.hash = s.hash
  WHERE s.log_index IS NOT NULL AND s.hash ${ASKED}`;
const KNOWN = `SELECT hash FROM statements WHERE hash ${ASKED}`;

/** The registry around a batch of statements, in one round trip. Facts only, never a body; of requests see asked-facts.ts. */
export async function loadAuthorFacts(db: Db, origin: string, parts: readonly SignedPart[]): Promise<AuthorFacts> {
  const all = parts.map(({ claims }) => claims);
  const [orgs, keys, subjects, suppliers, targets, known, rulebook] = (await db.batch([
    db.prepare(ORGS).bind(asked(texts(all.flatMap((claims) => [claims.iss, claims["supplier"], claims["grantee"]])))),
    db.prepare(KEYS).bind(asked(parts.flatMap((part) => [part.kid, ...newKids(part)]))),
    db.prepare(SUBJECTS).bind(asked(texts(all.map((claims) => claims["opens"])))),
    db
      .prepare(SITES)
      .bind(
        asked(
          texts(
            all.flatMap((claims) => [
              claims.sub,
              claims["site"],
              claims["absorbs"],
              ...many(claims["sites"]),
              ...many(claims["drops"]),
            ]),
          ),
        ),
        asked(texts(all.map(({ re }) => re))),
      ),
    db.prepare(TARGETS).bind(asked(texts(all.flatMap((claims) => [claims.re, claims["audit"], claims["by"]])))),
    db.prepare(KNOWN).bind(asked(parts.map(({ hash }) => base64url(hash)))),
    db.prepare(RULEBOOK),
  ])) as [
    D1Result<OrgRow>,
    D1Result<KeyFacts>,
    D1Result<Omit<SubjectFacts, "opened"> & { opening: string | null }>,
    D1Result<{ id: string; supplier: string | null }>,
    D1Result<TargetRow>,
    D1Result<{ hash: string }>,
    D1Result<RulebookRow>,
  ];
  return {
    origin,
    orgs: mapBy(orgs.results.map(orgFacts), ({ id }) => id),
    keys: mapBy(keys.results, ({ kid }) => kid),
    subjects: mapBy(
      subjects.results.map(({ opening, ...row }) => ({ ...row, opened: opening !== null })),
      ({ id }) => id,
    ),
    sites: new Map(suppliers.results.map(({ id, supplier }) => [id, supplier])),
    targets: mapBy(targets.results.map(targetFacts), ({ hash }) => hash),
    merges: await mergesAround(db, parts),
    known: new Set(known.results.map(({ hash }) => hash)),
    rulebook: rulebookOf(rulebook.results[0]),
    asked: NOTHING_ASKED,
    recognised: NOTHING_RECOGNISED,
    intended: NOTHING_INTENDED,
    frameworks: await newestFrameworksOf(db, parts),
  };
}

/** Nothing is asked for a batch that merges and splits nothing. */
async function mergesAround(db: Db, parts: readonly SignedPart[]): Promise<Merges> {
  const told = parts.filter(({ row }) => row.type === "merge" || row.type === "split");
  return loadMerges(db, texts(told.flatMap(({ claims }) => [claims.sub, claims["absorbs"]])));
}

const targetFacts = ({
  site,
  sections,
  purposes,
  until,
  reportSite,
  isListed,
  isReplaced,
  ...row
}: TargetRow): TargetFacts => ({
  ...row,
  reports: reportSite === null ? null : { site: reportSite, isListed: isListed === 1, isReplaced: isReplaced === 1 },
  revoked: row.revoked === 1,
  opens: row.opens === 1,
  asks:
    site === null
      ? null
      : {
          site,
          sections: JSON.parse(sections) as AuditSection[],
          purposes: JSON.parse(purposes) as Purpose[],
          until,
        },
});

const orgFacts = (row: OrgRow): OrgFacts => ({
  ...row,
  isOperator: row.isOperator === 1,
  suspended: row.suspended === 1,
  admits: JSON.parse(row.admits) as string[],
});

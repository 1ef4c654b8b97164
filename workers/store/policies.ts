import { fromBase64url } from "@quasarix/shared/base64.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { PolicyView } from "@quasarix/shared/wire/policies.ts";
import type { Db } from "./db.ts";
import { STANDS } from "./listings.ts";

/** A policy and where it stands in its list. */
export interface ListedPolicy {
  readonly position: number;
  readonly view: PolicyView;
}

interface PolicyRow {
  readonly policy: string;
  readonly member: string;
  readonly name: string;
  readonly version: number;
  readonly inForce: 0 | 1;
  readonly claims: string;
  readonly index: number;
}

const POLICIES = `SELECT p.statement AS policy, p.org AS member, o.name, p.claims, p.log_index AS "index",
    (SELECT count(*) FROM policies AS n WHERE n.org = p.org AND n.log_index <= p.log_index) AS version,
    NOT EXISTS (SELECT 1 FROM policies AS n WHERE n.org = p.org AND n.log_index > p.log_index) AS inForce
  FROM policies AS p JOIN organisations AS o ON o.id = p.org`;

/** The members whose list has a site of the asker's as a current supplier: nobody else hears of their policies. */
const BUYERS = `SELECT l.org FROM sites AS s JOIN listings AS l ON l.site = s.id
  WHERE s.supplier = ?1 AND l.relation = 'current' AND ${STANDS}`;

const SHOWN = `p.org IN (${BUYERS}) AND o.suspended = 0
  AND NOT EXISTS (SELECT 1 FROM policies AS n WHERE n.org = p.org AND n.log_index > p.log_index)`;

/** Exported for the test of its plan. */
export const SHOWN_POLICIES = `${POLICIES} WHERE ${SHOWN}`;

const viewOf = ({ policy, member, name, version, inForce, claims }: PolicyRow): PolicyView => ({
  policy,
  member: { id: member, name },
  version,
  inForce: inForce === 1,
  accepts: JSON.parse(claims) as PolicyView["accepts"],
});

/** The asker's own, oldest first. */
export async function listOwnPolicies(db: Db, by: Principal, after: number, limit: number): Promise<ListedPolicy[]> {
  const page = db.prepare(`${POLICIES} WHERE p.org = ?1 AND p.log_index > ?2 ORDER BY p.log_index LIMIT ?3`);
  const { results } = await page.bind(by.org, after, limit).all<PolicyRow>();
  return results.map((row) => ({ position: row.index, view: viewOf(row) }));
}

/** 48 bits of the statement's hash: a place that says nothing of when it was signed. */
const placeOf = (hash: string): number =>
  (fromBase64url(hash) ?? new Uint8Array(6)).slice(0, 6).reduce((place, byte) => place * 256 + byte, 0);

/** Those in force that the asker's buyers show it, in the order of their hashes. There are no more than there are members. */
export async function listShownPolicies(db: Db, by: Principal, after: number, limit: number): Promise<ListedPolicy[]> {
  const { results } = await db.prepare(SHOWN_POLICIES).bind(by.org).all<PolicyRow>();
  return results
    .map((row) => ({ position: placeOf(row.policy), view: viewOf(row) }))
    .sort((a, b) => a.position - b.position)
    .filter(({ position }) => position > after)
    .slice(0, limit);
}

/** One that is the asker's own or shown to it; `null` names the asker's own in force. */
export async function findPolicy(db: Db, by: Principal, hash: string | null): Promise<PolicyView | null> {
  const found =
    hash === null
      ? db.prepare(`${POLICIES} WHERE p.org = ?1 ORDER BY p.log_index DESC LIMIT 1`).bind(by.org)
      : db.prepare(`${POLICIES} WHERE p.statement = ?2 AND (p.org = ?1 OR (${SHOWN}))`).bind(by.org, hash);
  const row = await found.first<PolicyRow>();
  return row && viewOf(row);
}

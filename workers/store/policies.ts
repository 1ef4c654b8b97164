import { fromBase64url } from "@quasarix/shared/base64.ts";
import { namelessId, namelessPolicy } from "@quasarix/shared/duplicate/nameless-policy.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { PolicyView } from "@quasarix/shared/wire/policies.ts";
import { BATCH_SIZE } from "./batches.ts";
import type { Db } from "./db.ts";
import { STANDS } from "./listings.ts";
import { REQUESTER } from "./requester.ts";

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

// Whoever opens a copy of a competitor's site lands on the lists of its buyers, and may give grants to everybody: only what
// the member itself said to this supplier by name is a reason to name it.
const NAMED = `EXISTS (SELECT 1 FROM sites AS s JOIN requests AS r ON r.site = s.id
  WHERE s.supplier = ?1 AND r.org = p.org AND (${REQUESTER}) = p.org)`;

const SHOWN = `p.org IN (${BUYERS}) AND o.suspended = 0 AND ${NAMED}
  AND NOT EXISTS (SELECT 1 FROM policies AS n WHERE n.org = p.org AND n.log_index > p.log_index)`;

/** Exported for the test of its plan. */
export const SHOWN_POLICIES = `${POLICIES} WHERE ${SHOWN}`;

/** As of the last batch, and of members suspended too: when one comes, changes or goes would else say whose it is. Exported for the test of its plan. */
export const NAMELESS_POLICIES = `SELECT p.claims FROM policies AS p
  WHERE p.org IN (SELECT l.org FROM sites AS s JOIN listings AS l ON l.site = s.id
      WHERE s.supplier = ?1 AND l.relation = 'current' AND l.log_index < ${BATCH_SIZE} AND NOT EXISTS
        (SELECT 1 FROM listings AS n WHERE n.org = l.org AND n.site = l.site AND n.log_index > l.log_index
          AND n.log_index < ${BATCH_SIZE}))
    AND p.log_index < ${BATCH_SIZE} AND NOT EXISTS
      (SELECT 1 FROM policies AS n WHERE n.org = p.org AND n.log_index > p.log_index AND n.log_index < ${BATCH_SIZE})
    AND NOT ${NAMED}`;

const viewOf = ({ policy, member, name, version, inForce, claims }: PolicyRow): PolicyView => ({
  policy,
  member: { id: member, name },
  version,
  inForce: inForce === 1,
  accepts: JSON.parse(claims) as PolicyView["accepts"],
});

function namelessView({ claims }: Pick<PolicyRow, "claims">): PolicyView {
  const accepts = namelessPolicy(JSON.parse(claims) as PolicyView["accepts"]);
  return { policy: namelessId(accepts), member: null, version: null, inForce: true, accepts };
}

/** The asker's own, oldest first. */
export async function listOwnPolicies(db: Db, by: Principal, after: number, limit: number): Promise<ListedPolicy[]> {
  const page = db.prepare(`${POLICIES} WHERE p.org = ?1 AND p.log_index > ?2 ORDER BY p.log_index LIMIT ?3`);
  const { results } = await page.bind(by.org, after, limit).all<PolicyRow>();
  return results.map((row) => ({ position: row.index, view: viewOf(row) }));
}

/** 48 bits of the policy's hash: a place that says nothing of when it was signed. */
const placeOf = (hash: string): number =>
  (fromBase64url(hash) ?? new Uint8Array(6)).slice(0, 6).reduce((place, byte) => place * 256 + byte, 0);

/** Those in force that the asker's buyers show it, of nameless ones that say the same one. There are no more than there are members. */
async function shownPolicies(db: Db, by: Principal): Promise<PolicyView[]> {
  const [named, nameless] = (await db.batch([
    db.prepare(SHOWN_POLICIES).bind(by.org),
    db.prepare(NAMELESS_POLICIES).bind(by.org),
  ])) as [D1Result<PolicyRow>, D1Result<PolicyRow>];
  const views = [...named.results.map(viewOf), ...nameless.results.map(namelessView)];
  return [...new Map(views.map((view) => [view.policy, view])).values()];
}

/** In the order of their hashes. */
export async function listShownPolicies(db: Db, by: Principal, after: number, limit: number): Promise<ListedPolicy[]> {
  return (await shownPolicies(db, by))
    .map((view) => ({ position: placeOf(view.policy), view }))
    .sort((a, b) => a.position - b.position)
    .filter(({ position }) => position > after)
    .slice(0, limit);
}

/** One that is the asker's own or shown to it; `null` names the asker's own in force. */
export async function findPolicy(db: Db, by: Principal, hash: string | null): Promise<PolicyView | null> {
  const own =
    hash === null
      ? db.prepare(`${POLICIES} WHERE p.org = ?1 ORDER BY p.log_index DESC LIMIT 1`).bind(by.org)
      : db.prepare(`${POLICIES} WHERE p.statement = ?2 AND p.org = ?1`).bind(by.org, hash);
  const row = await own.first<PolicyRow>();
  if (row) return viewOf(row);
  return (hash !== null && (await shownPolicies(db, by)).find(({ policy }) => policy === hash)) || null;
}

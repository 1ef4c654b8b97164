import type { Relation } from "@quasarix/shared/duplicate/listing.ts";
import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import type { Db } from "./db.ts";
import { boundRows, jsonChunks } from "./db.ts";
import { within } from "./outbox.ts";
import type { StoredStatement } from "./vault.ts";

export interface WaitingListing extends StoredStatement {
  readonly org: string;
  readonly relation: Relation;
  readonly index: number;
}

/** Listings that no round has read yet. By hash: an order that says nothing of who came when. */
export async function listProposals(
  db: Db,
  _: SystemScope,
  ask: { readonly until: number; readonly limit: number },
): Promise<readonly WaitingListing[]> {
  const some = `SELECT s.id, s.hash AS place, length(b.jwt) + length(b.bodies) AS length FROM proposals AS p
    JOIN statements AS s ON s.hash = p.listing JOIN statement_bodies AS b ON b.id = s.id
    WHERE p.sites IS NULL AND s.staged_at <= ?1 ORDER BY s.hash LIMIT ?2`;
  const more = `s.issuer AS org, s.log_index AS "index",
    (SELECT relation FROM proposals WHERE listing = s.hash) AS relation`;
  return (await db.prepare(within(some, more)).bind(ask.until, ask.limit).all<WaitingListing>()).results;
}

/** What the places of one listing became. */
export interface Settled {
  readonly listing: WaitingListing;
  readonly places: readonly { readonly number: number; readonly site: string }[];
}

export interface Reserved {
  readonly id: string;
  readonly commitment: string;
}

// Two rounds at once, after a crash: the second finds a listing of its own taken, and neither reserves nor settles anything.
const UNTAKEN = `NOT EXISTS (SELECT 1 FROM proposals WHERE sites IS NOT NULL AND listing IN (SELECT value FROM json_each(?2)))`;

const RESERVE = `INSERT INTO subjects (id, kind, commitment, reserved_by, reserved_at)
  SELECT value->>'$.id', 'site', value->>'$.commitment', ?3, ?4 FROM json_each(?1) WHERE ${UNTAKEN}`;
const LIST = `${boundRows(["org", "site", "relation", "statement", "log_index"])}
  INSERT INTO listings (org, site, relation, statement, log_index)
  SELECT org, site, relation, statement, log_index FROM one WHERE ${UNTAKEN}
  ON CONFLICT DO NOTHING`;
export const SETTLE = `${boundRows(["listing", "sites"])} UPDATE proposals SET sites = one.sites FROM one
  WHERE proposals.listing = one.listing AND proposals.sites IS NULL AND ${UNTAKEN}`;

/**
 * To stand first in the batch that stages the openings: the ids are reserved, the places on their members' lists, the
 * listings settled, or nothing is.
 */
export function settle(
  db: Db,
  _: SystemScope,
  settled: readonly Settled[],
  reserved: readonly Reserved[],
  { origin, now }: { readonly origin: string; readonly now: number },
): D1PreparedStatement[] {
  const names = JSON.stringify(settled.map(({ listing }) => listing.hash));
  const done = settled.map(({ listing, places }) => [listing.hash, places]);
  return [
    ...jsonChunks(reserved).map((rows) => db.prepare(RESERVE).bind(rows, names, origin, now)),
    ...jsonChunks(settled.flatMap(rowsOf)).map((rows) => db.prepare(LIST).bind(rows, names)),
    // In one statement: the first of several would make all others find their listings taken.
    db.prepare(SETTLE).bind(JSON.stringify(done), names),
  ];
}

const rowsOf = ({ listing: { org, relation, hash, index }, places }: Settled): (string | number)[][] =>
  places.map(({ site }) => [org, site, relation, hash, index]);

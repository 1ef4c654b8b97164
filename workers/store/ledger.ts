import type { Contribution, Sums } from "@quasarix/shared/duplicate/ledger.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { LedgerStatement, LedgerView } from "@quasarix/shared/wire/ledger.ts";
import { BATCH_SIZE } from "./batches.ts";
import type { Db } from "./db.ts";
import { ALL_OF_IT, COUNTED } from "./recognitions.ts";

type Joint = NonNullable<LedgerView["member"]>["joints"][number];

interface SumRow {
  readonly currency: string | null;
  readonly avoided: number;
  readonly quarterDays: number;
  readonly cents: number | null;
}

const EVERYWHERE = "recognitions AS r JOIN audits AS a ON a.hash = r.audit";
const OF_SUPPLIER = `sites AS s JOIN audits AS a ON a.site = s.id JOIN recognitions AS r ON r.audit = a.hash`;

const sums = (from: string, of = ""): string =>
  `SELECT r.currency, count(*) AS avoided, sum(r.quarter_days) AS quarterDays, sum(r.cents) AS cents
  FROM ${from} WHERE ${of}${COUNTED} GROUP BY r.currency`;

const OWN_SUMS = sums(EVERYWHERE, "r.org = ?2 AND ");
const SUPPLIER_SUMS = sums(OF_SUPPLIER, "s.supplier = ?2 AND ");
const ALL_SUMS = sums(EVERYWHERE);

const OWN_JOINTS = `SELECT plan, statement AS settlement FROM settlements WHERE org = ?1 ORDER BY log_index`;

const joiners = (of: string): string => `SELECT count(*) AS plans, ifnull(sum(n - 1), 0) AS avoided
  FROM (SELECT count(DISTINCT org) AS n FROM settlements WHERE log_index < ?1 ${of} GROUP BY plan)`;
const ALL_JOINTS = joiners("");
const SUPPLIER_JOINTS = joiners(
  `AND plan IN (SELECT j.plan FROM joints AS j JOIN sites AS s ON s.id = j.site WHERE s.supplier = ?2)`,
);

const SUPPLIER_AUDITS = `SELECT DISTINCT r.audit FROM ${OF_SUPPLIER} WHERE s.supplier = ?2 AND ${COUNTED} ORDER BY r.audit`;

/** What moved a figure, and in which batch that became known; a settlement is moved by all whom it names. */
const contributions = (recognitions: string, settlements: string): string => `SELECT DISTINCT org,
    (SELECT number FROM discovery_batches WHERE size > at ORDER BY size LIMIT 1) AS batch
  FROM (SELECT r.org, r.log_index AS at FROM ${recognitions}
    UNION ALL SELECT r.org, r.revoked_index FROM ${recognitions}
    UNION ALL SELECT p.org, p.log_index FROM settlements AS p ${settlements}) WHERE at < ${BATCH_SIZE}`;
const ALL_CONTRIBUTIONS = contributions("recognitions AS r", "");
const SUPPLIER_CONTRIBUTIONS = contributions(
  `${OF_SUPPLIER} WHERE s.supplier = ?1`,
  `WHERE p.plan IN (SELECT j.plan FROM joints AS j JOIN sites AS s ON s.id = j.site WHERE s.supplier = ?1)`,
);

const BATCH = "SELECT size FROM discovery_batches WHERE number = ?1";

/** `batch` 0: nothing of others is known yet. */
export async function sizeOfBatch(db: Db, batch: number): Promise<number> {
  return (await db.prepare(BATCH).bind(batch).first<{ size: number }>())?.size ?? 0;
}

/** The asker's own, up to this moment. */
export async function memberLedger(db: Db, by: Principal): Promise<{ sums: Sums; joints: Joint[] }> {
  const [rows, joints] = (await db.batch([
    db.prepare(OWN_SUMS).bind(ALL_OF_IT, by.org),
    db.prepare(OWN_JOINTS).bind(by.org),
  ])) as [D1Result<SumRow>, D1Result<Joint>];
  return { sums: sumsFrom(rows.results), joints: joints.results };
}

/** What other members did with the audits of the asker's sites, below this log size. */
export async function supplierLedger(
  db: Db,
  by: Principal,
  size: number,
): Promise<{ recognised: number; audits: string[]; joints: number }> {
  const [rows, audits, joints] = (await db.batch([
    db.prepare(SUPPLIER_SUMS).bind(size, by.org),
    db.prepare(SUPPLIER_AUDITS).bind(size, by.org),
    db.prepare(SUPPLIER_JOINTS).bind(size, by.org),
  ])) as [D1Result<SumRow>, D1Result<{ audit: string }>, D1Result<{ plans: number }>];
  return {
    recognised: sumsFrom(rows.results).avoided,
    audits: audits.results.map(({ audit }) => audit),
    joints: joints.results[0]?.plans ?? 0,
  };
}

/** Over all members, or over the sites of `supplier`, below this log size. Both parts of `avoided` are counted here. */
export async function totals(
  db: Db,
  size: number,
  supplier?: Principal,
): Promise<{ sums: Sums; recognitions: number; joints: number }> {
  const [rows, joints] = (await db.batch([
    supplier ? db.prepare(SUPPLIER_SUMS).bind(size, supplier.org) : db.prepare(ALL_SUMS).bind(size),
    supplier ? db.prepare(SUPPLIER_JOINTS).bind(size, supplier.org) : db.prepare(ALL_JOINTS).bind(size),
  ])) as [D1Result<SumRow>, D1Result<{ plans: number; avoided: number }>];
  const recognised = sumsFrom(rows.results);
  const { plans = 0, avoided = 0 } = joints.results[0] ?? {};
  return {
    sums: { ...recognised, avoided: recognised.avoided + avoided },
    recognitions: recognised.avoided,
    joints: plans,
  };
}

/** Who had a part in what, by batch: for `shownThrough`, and for nobody's eyes. */
export async function contributionsTo(db: Db, supplier?: Principal): Promise<readonly Contribution[]> {
  const asked = supplier ? db.prepare(SUPPLIER_CONTRIBUTIONS).bind(supplier.org) : db.prepare(ALL_CONTRIBUTIONS);
  return (await asked.all<Contribution>()).results;
}

const STATEMENTS = `SELECT hash AS statement, kind FROM (
    SELECT r.hash, 'recognition' AS kind FROM ${EVERYWHERE} WHERE ${COUNTED}
    UNION ALL SELECT statement, 'settlement' FROM settlements WHERE log_index < ?1)
  ORDER BY hash LIMIT ?2 OFFSET ?3`;

/** All that the consortium's figures are made of, by hash: the order of the log would say when each was signed. */
export async function listLedgerStatements(
  db: Db,
  size: number,
  after: number,
  limit: number,
): Promise<{ readonly position: number; readonly view: LedgerStatement }[]> {
  const { results } = await db
    .prepare(STATEMENTS)
    .bind(size, limit, after + 1)
    .all<LedgerStatement>();
  return results.map((view, i) => ({ position: after + 1 + i, view }));
}

const sumsFrom = (rows: readonly SumRow[]): Sums => ({
  avoided: rows.reduce((sum, { avoided }) => sum + avoided, 0),
  quarterDays: rows.reduce((sum, { quarterDays }) => sum + quarterDays, 0),
  money: rows.flatMap(({ currency, cents }) => (currency === null ? [] : [{ currency, cents: cents ?? 0 }])),
});

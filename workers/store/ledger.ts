import type { Contribution, Settled, Sums } from "@quasarix/shared/duplicate/ledger.ts";
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

/** Plans whose last settlement lies below a log size: what is stated in one round belongs together. */
const settledBelow = (size: string): string =>
  `SELECT plan FROM settlements GROUP BY plan HAVING max(log_index) < ${size}`;
const OF_SUPPLIERS_SITES = (supplier: string): string =>
  `plan IN (SELECT j.plan FROM joints AS j JOIN sites AS s ON s.id = j.site WHERE s.supplier = ${supplier})`;

const joiners = (of: string): string => `SELECT count(*) AS plans, ifnull(sum(n - 1), 0) AS avoided FROM
  (SELECT count(DISTINCT org) AS n FROM settlements WHERE plan IN (${settledBelow("?1")}) ${of} GROUP BY plan)`;
const ALL_JOINTS = joiners("");
const SUPPLIER_JOINTS = joiners(`AND ${OF_SUPPLIERS_SITES("?2")}`);

const SUPPLIER_AUDITS = `SELECT DISTINCT r.audit FROM ${OF_SUPPLIER} WHERE s.supplier = ?2 AND ${COUNTED} ORDER BY r.audit`;

const BATCH_OF = (place: string): string =>
  `(SELECT number FROM discovery_batches WHERE size > ${place} ORDER BY size LIMIT 1)`;

/** Whose recognition came or went, and in which batch that became known. */
const contributions = (from: string): string => `SELECT DISTINCT org, ${BATCH_OF("at")} AS batch
  FROM (SELECT r.org, r.log_index AS at FROM ${from} UNION ALL SELECT r.org, r.revoked_index FROM ${from})
  WHERE at < ${BATCH_SIZE}`;
const ALL_CONTRIBUTIONS = contributions("recognitions AS r");
const SUPPLIER_CONTRIBUTIONS = contributions(`${OF_SUPPLIER} WHERE s.supplier = ?1`);

const settled = (of: string): string => `SELECT p.plan, p.org, ${BATCH_OF("whole.at")} AS batch
  FROM (SELECT plan, max(log_index) AS at FROM settlements ${of} GROUP BY plan) AS whole
    JOIN settlements AS p ON p.plan = whole.plan WHERE whole.at < ${BATCH_SIZE}`;
const ALL_SETTLED = settled("");
const SUPPLIER_SETTLED = settled(`WHERE ${OF_SUPPLIERS_SITES("?1")}`);

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

/** Log sizes below which recognitions and joint audits are counted; 0: none of them. */
export interface Cut {
  readonly recognised: number;
  readonly joint: number;
}

/** Over all members, or over the sites of `supplier`. Both parts of `avoided` are counted here. */
export async function totals(
  db: Db,
  { recognised, joint }: Cut,
  supplier?: Principal,
): Promise<{ sums: Sums; recognitions: number; joints: number }> {
  const [rows, joints] = (await db.batch([
    supplier ? db.prepare(SUPPLIER_SUMS).bind(recognised, supplier.org) : db.prepare(ALL_SUMS).bind(recognised),
    supplier ? db.prepare(SUPPLIER_JOINTS).bind(joint, supplier.org) : db.prepare(ALL_JOINTS).bind(joint),
  ])) as [D1Result<SumRow>, D1Result<{ plans: number; avoided: number }>];
  const own = sumsFrom(rows.results);
  const { plans = 0, avoided = 0 } = joints.results[0] ?? {};
  return { sums: { ...own, avoided: own.avoided + avoided }, recognitions: own.avoided, joints: plans };
}

/** Who had a part in what, by batch: for `shownThrough`, and for nobody's eyes. */
export async function contributionsTo(db: Db, supplier?: Principal): Promise<readonly Contribution[]> {
  const asked = supplier ? db.prepare(SUPPLIER_CONTRIBUTIONS).bind(supplier.org) : db.prepare(ALL_CONTRIBUTIONS);
  return (await asked.all<Contribution>()).results;
}

/** Who shared which settled plan: for `plansShownThrough`, and for nobody's eyes. */
export async function settledPlans(db: Db, supplier?: Principal): Promise<readonly Settled[]> {
  const asked = supplier ? db.prepare(SUPPLIER_SETTLED).bind(supplier.org) : db.prepare(ALL_SETTLED);
  return (await asked.all<Settled>()).results;
}

const STATEMENTS = `SELECT hash AS statement, kind FROM (
    SELECT r.hash, 'recognition' AS kind FROM ${EVERYWHERE} WHERE ${COUNTED}
    UNION ALL SELECT statement, 'settlement' FROM settlements WHERE plan IN (${settledBelow("?2")}))
  ORDER BY hash LIMIT ?3 OFFSET ?4`;

/** All that the consortium's figures are made of, by hash: the order of the log would say when each was signed. */
export async function listLedgerStatements(
  db: Db,
  { recognised, joint }: Cut,
  after: number,
  limit: number,
): Promise<{ readonly position: number; readonly view: LedgerStatement }[]> {
  const { results } = await db
    .prepare(STATEMENTS)
    .bind(recognised, joint, limit, after + 1)
    .all<LedgerStatement>();
  return results.map((view, i) => ({ position: after + 1 + i, view }));
}

const sumsFrom = (rows: readonly SumRow[]): Sums => ({
  avoided: rows.reduce((sum, { avoided }) => sum + avoided, 0),
  quarterDays: rows.reduce((sum, { quarterDays }) => sum + quarterDays, 0),
  money: rows.flatMap(({ currency, cents }) => (currency === null ? [] : [{ currency, cents: cents ?? 0 }])),
});

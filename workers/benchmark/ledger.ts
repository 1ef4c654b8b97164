import type { Kept } from "@quasarix/shared/benchmark/latest.ts";
import type { Life } from "@quasarix/shared/benchmark/life.ts";
import type { Leaf } from "@quasarix/shared/benchmark/site-record.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { SCHEMA } from "./schema.ts";

const bytesOf = (blob: ArrayBuffer): Bytes => new Uint8Array(blob);

export interface KeptPlan {
  readonly hash: string;
  readonly file: Bytes;
  readonly nonce: Bytes;
  readonly adopted: Adopted | null;
  /** All cohorts are published, or none ever will be. */
  readonly isOver: boolean;
}

/** What stands for ever once a majority stood; `votes`: the digest of the yes votes that made it. */
export interface Adopted {
  readonly votes: string;
  readonly yes: number;
  readonly no: number;
  readonly needed: number;
}

/** Where a site stands and whom it counts for, for its plan's life. */
export interface Stand {
  readonly site: string;
  readonly leaf: Leaf;
  readonly sponsor: string;
}

/** Of a cohort whose cut-off has come. `size`: of the log then; `after`: gathered up to here. */
export interface KeptCohort {
  readonly life: Life;
  readonly size: number;
  readonly after: number;
  /** The signed `release` statement, kept before it is sent. */
  readonly statement: string | null;
}

export interface CohortName {
  readonly plan: string;
  readonly cohort: string;
}

export interface Counting {
  readonly site: string;
  readonly kept: Kept;
}

export interface Counted extends Stand {
  readonly values: Uint8Array;
}

type PlanRow = {
  hash: string;
  file: ArrayBuffer;
  nonce: ArrayBuffer;
  votes: string | null;
  yes: number;
  no: number;
  needed: number;
  is_over: number;
};
type CohortRow = { life: string; size: number; after: number; statement: string | null };
type StandRow = { site: string; industry: string; region: string; country: string; tier: string; sponsor: string };

const PLAN = "SELECT hash, file, nonce, votes, yes, no, needed, is_over FROM plans";
const STAND = "SELECT site, industry, region, country, tier, sponsor FROM stands";

/** The object's own SQLite: plans, their sites, and what was gathered of each cohort. */
export class ReleaseLedger {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#sql = storage.sql;
    this.#sql.exec(SCHEMA);
  }

  plan(hash: string): KeptPlan | null {
    const [row] = this.#sql.exec<PlanRow>(`${PLAN} WHERE hash = ?`, hash);
    return row ? planOf(row) : null;
  }

  /** Those that something may still be due of, the first proposed first. */
  running(): KeptPlan[] {
    return this.#sql.exec<PlanRow>(`${PLAN} WHERE is_over = 0 ORDER BY proposed_at, hash`).toArray().map(planOf);
  }

  /** Every plan that a majority ever stood behind, the first proposed first. */
  adopted(): KeptPlan[] {
    return this.#sql.exec<PlanRow>(`${PLAN} WHERE votes IS NOT NULL ORDER BY proposed_at, hash`).toArray().map(planOf);
  }

  /** All or nothing; a plan that is there stays. */
  keepPlan(plan: Pick<KeptPlan, "hash" | "file" | "nonce">, stands: readonly Stand[], now: number): void {
    this.#storage.transactionSync(() => {
      const insert = "INSERT INTO plans (hash, file, nonce, proposed_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
      this.#sql.exec(insert, plan.hash, plan.file, plan.nonce, now);
      this.#keepStands(plan.hash, stands);
    });
  }

  adopt(plan: string, { votes, yes, no, needed }: Adopted): void {
    const update = "UPDATE plans SET votes = ?2, yes = ?3, no = ?4, needed = ?5 WHERE hash = ?1 AND votes IS NULL";
    this.#sql.exec(update, plan, votes, yes, no, needed);
  }

  end(plan: string): void {
    this.#sql.exec("UPDATE plans SET is_over = 1 WHERE hash = ?", plan);
  }

  stands(plan: string, sites: readonly string[]): ReadonlyMap<string, Stand> {
    const named = `${STAND} WHERE plan = ?1 AND site IN (SELECT value FROM json_each(?2))`;
    const rows = this.#sql.exec<StandRow>(named, plan, JSON.stringify(sites)).toArray();
    return new Map(rows.map((row) => [row.site, standOf(row)]));
  }

  /** Null before its cut-off. */
  cohort({ plan, cohort }: CohortName): KeptCohort | null {
    const select = 'SELECT life, size, "after", statement FROM cohorts WHERE plan = ? AND cohort = ?';
    const [row] = this.#sql.exec<CohortRow>(select, plan, cohort);
    return row ? { ...row, life: JSON.parse(row.life) as Life } : null;
  }

  /** What the log had at the cut-off is what is gathered, however long that takes. */
  beginCohort({ plan, cohort }: CohortName, life: Life, size: number): void {
    const insert = `INSERT INTO cohorts (plan, cohort, life, size, "after") VALUES (?, ?, ?, ?, -1)
      ON CONFLICT DO NOTHING`;
    this.#sql.exec(insert, plan, cohort, JSON.stringify(life), size);
  }

  records({ plan, cohort }: CohortName, sites: readonly string[]): ReadonlyMap<string, Kept> {
    const named = `SELECT site, "values", days FROM records WHERE plan = ?1 AND cohort = ?2
      AND site IN (SELECT value FROM json_each(?3))`;
    const rows = this.#sql.exec<{ site: string; values: ArrayBuffer; days: string }>(
      named,
      plan,
      cohort,
      JSON.stringify(sites),
    );
    return new Map(rows.toArray().map((row) => [row.site, keptOf(row)]));
  }

  /** One page: what it made of the records, who was seen for the first time, and how far it came, or none of it. */
  keepPage(name: CohortName, page: { stands: readonly Stand[]; records: readonly Counting[]; after: number }): void {
    this.#storage.transactionSync(() => {
      this.#keepStands(name.plan, page.stands);
      const upsert = `INSERT INTO records (plan, cohort, site, "values", days) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (plan, cohort, site) DO UPDATE SET "values" = excluded."values", days = excluded.days`;
      for (const { site, kept } of page.records)
        this.#sql.exec(upsert, name.plan, name.cohort, site, kept.values, JSON.stringify(kept.days));
      const update = 'UPDATE cohorts SET "after" = ?3 WHERE plan = ?1 AND cohort = ?2';
      this.#sql.exec(update, name.plan, name.cohort, page.after);
    });
  }

  setLife({ plan, cohort }: CohortName, life: Life): void {
    this.#sql.exec("UPDATE cohorts SET life = ?3 WHERE plan = ?1 AND cohort = ?2", plan, cohort, JSON.stringify(life));
  }

  /** What was read out of sealed sections: kept no longer than it is of use. */
  forgetRecords({ plan, cohort }: CohortName): void {
    this.#sql.exec("DELETE FROM records WHERE plan = ? AND cohort = ?", plan, cohort);
  }

  /** The first one that was kept stays. */
  keepStatement(name: CohortName, statement: string): string {
    const update = "UPDATE cohorts SET statement = ?3 WHERE plan = ?1 AND cohort = ?2 AND statement IS NULL";
    this.#sql.exec(update, name.plan, name.cohort, statement);
    return this.cohort(name)?.statement as string;
  }

  /** Records of a cohort with their sites' stands, by site from above `after`. To be read to the end before the next await. */
  *countedAfter({ plan, cohort }: CohortName, after: string, limit: number): Generator<Counted> {
    const select = `SELECT r.site, r."values", s.industry, s.region, s.country, s.tier, s.sponsor FROM records AS r
      JOIN stands AS s ON s.plan = r.plan AND s.site = r.site
      WHERE r.plan = ? AND r.cohort = ? AND r.site > ? ORDER BY r.site LIMIT ?`;
    for (const row of this.#sql.exec<StandRow & { values: ArrayBuffer }>(select, plan, cohort, after, limit))
      yield { ...standOf(row), values: bytesOf(row.values) };
  }

  counted = (name: CohortName): Generator<Counted> => this.countedAfter(name, "", -1);

  #keepStands(plan: string, stands: readonly Stand[]): void {
    const insert = `INSERT INTO stands (plan, site, industry, region, country, tier, sponsor) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING`;
    for (const { site, leaf, sponsor } of stands)
      this.#sql.exec(insert, plan, site, leaf.industry, leaf.region, leaf.country, leaf.tier, sponsor);
  }
}

const planOf = (row: PlanRow): KeptPlan => ({
  hash: row.hash,
  file: bytesOf(row.file),
  nonce: bytesOf(row.nonce),
  adopted: row.votes === null ? null : { votes: row.votes, yes: row.yes, no: row.no, needed: row.needed },
  isOver: row.is_over === 1,
});

const standOf = ({ site, sponsor, ...leaf }: StandRow): Stand => ({
  site,
  sponsor,
  leaf: { industry: leaf.industry, region: leaf.region, country: leaf.country, tier: leaf.tier },
});

const keptOf = ({ values, days }: { values: ArrayBuffer; days: string }): Kept => ({
  values: bytesOf(values),
  days: JSON.parse(days) as string[],
});

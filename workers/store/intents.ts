import type { Bytes } from "@quasarix/shared/bytes.ts";
import { type Hearing, type Intent, type Standing, standing } from "@quasarix/shared/duplicate/plan.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { Merges } from "@quasarix/shared/registry/resolve.ts";
import type { SiteId } from "@quasarix/shared/wire/ids.ts";
import type { IntentView } from "@quasarix/shared/wire/intents.ts";
import type { Db } from "./db.ts";

type IntentRow = Omit<Intent, "schemes" | "topics" | "mayJoin"> & {
  readonly schemes: string;
  readonly topics: string;
  readonly mayJoin: 0 | 1;
};

const INTENT = `SELECT hash, org, site, schemes, topics, window_from AS "from", window_until AS until, may_join AS mayJoin,
  joins, replaces, log_index AS "index", revoked_index AS revokedIndex FROM intents`;

/** Exported for the test of its plan. */
export const AT_SITES = `${INTENT} WHERE site IN (SELECT value FROM json_each(?1))`;

const intentOf = (row: IntentRow): Intent => ({
  ...row,
  schemes: JSON.parse(row.schemes) as string[],
  topics: JSON.parse(row.topics) as string[],
  mayJoin: row.mayJoin === 1,
});

/** Every intent that names one of these ids, whatever became of it. */
export async function intentsAt(db: Db, ids: readonly SiteId[]): Promise<Intent[]> {
  const rows = db.prepare(AT_SITES).bind(JSON.stringify(ids));
  return (await rows.all<IntentRow>()).results.map(intentOf);
}

/** Intents at these sites that stand as one listener hears them, by each site as it was asked for. */
export async function plansAt(
  { db, planKey }: { readonly db: Db; readonly planKey: Bytes },
  hearing: Hearing,
  { sites, merges }: { readonly sites: readonly SiteId[]; readonly merges: Merges },
): Promise<ReadonlyMap<SiteId, readonly Standing[]>> {
  const ids = [...new Set(sites.flatMap((site) => merges.membersOf(site)))];
  const bySite = Map.groupBy(await intentsAt(db, ids), ({ site }) => site);
  const plans = sites.map((site) => {
    const all = merges.membersOf(site).flatMap((id) => bySite.get(id) ?? []);
    return [site, standing(all, hearing, planKey)] as const;
  });
  return new Map(plans);
}

/** One's own intent as it was signed, and what became of it. */
export type OwnIntent = Omit<IntentView, "plan" | "answer" | "state"> & {
  readonly index: number;
  readonly isChanged: boolean;
  readonly isWithdrawn: boolean;
};

type OwnRow = Omit<OwnIntent, "schemes" | "topics" | "mayJoin" | "anyway" | "isChanged" | "isWithdrawn"> & {
  readonly schemes: string;
  readonly topics: string;
  readonly mayJoin: 0 | 1;
  readonly anyway: 0 | 1;
  readonly isChanged: 0 | 1;
  readonly isWithdrawn: 0 | 1;
};

/** Exported for the test of its plan. */
export const OWN = `SELECT i.hash AS intent, i.site, i.schemes, i.topics, i.window_from AS "from", i.window_until AS until, i.kind,
    i.covers, i.may_join AS mayJoin, i.joins, i.anyway, i.replaces, i.log_index AS "index", i.admitted_at AS admittedAt,
    i.revoked_by IS NOT NULL AS isWithdrawn,
    EXISTS (SELECT 1 FROM intents AS n WHERE n.org = i.org AND n.replaces = i.hash) AS isChanged
  FROM intents AS i WHERE i.org = ?1`;

const ownOf = (row: OwnRow): OwnIntent => ({
  ...row,
  schemes: JSON.parse(row.schemes) as string[],
  topics: JSON.parse(row.topics) as string[],
  mayJoin: row.mayJoin === 1,
  anyway: row.anyway === 1,
  isChanged: row.isChanged === 1,
  isWithdrawn: row.isWithdrawn === 1,
});

/** The asker's own, ascending by log index, from above `after`. */
export async function listIntents(db: Db, by: Principal, after: number, limit: number): Promise<OwnIntent[]> {
  const page = db.prepare(`${OWN} AND i.log_index > ?2 ORDER BY i.log_index LIMIT ?3`).bind(by.org, after, limit);
  return (await page.all<OwnRow>()).results.map(ownOf);
}

/** Null for another's, and where there is none. */
export async function findIntent(db: Db, by: Principal, hash: string): Promise<OwnIntent | null> {
  const row = await db.prepare(`${OWN} AND i.hash = ?2`).bind(by.org, hash).first<OwnRow>();
  return row && ownOf(row);
}

import type { Bytes } from "@quasarix/shared/bytes.ts";
import { type Stated, type TermsDue, termsDue } from "@quasarix/shared/duplicate/join-terms.ts";
import { groupOf, type Intent, standing } from "@quasarix/shared/duplicate/plan.ts";
import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import type { OrgId, SiteId } from "@quasarix/shared/wire/ids.ts";
import type { Db } from "./db.ts";
import { intentsAt, plansAt } from "./intents.ts";
import { type Cost, costsOf, type StatedTerms, statedTerms } from "./joints.ts";
import { loadMerges } from "./site-merges.ts";

interface DuePorts {
  readonly db: Db;
  readonly planKey: Bytes;
}

/** What has not come into the log in this time may never do so, and must not keep the others from it. */
const PATIENCE_MS = 3_600_000;
const STAGED = `SELECT 1 FROM statements
  WHERE log_index IS NULL AND staged_at > ?1 AND type IN ('joint', 'settlement') LIMIT 1`;

/** Some that an earlier look made are on their way into the log: what is due shows when they are there. */
export const areStaged = async (db: Db, _: SystemScope, now: number): Promise<boolean> =>
  (await db
    .prepare(STAGED)
    .bind(now - PATIENCE_MS)
    .first()) !== null;

/** Exported for the test of its plan. */
export const JOINED = `SELECT DISTINCT site FROM intents
  WHERE joins IS NOT NULL AND log_index < ?1 AND window_until >= ?2`;

/** Terms that joiners have to hear, as of the batch that ends at log index `size`. */
export async function dueTerms(
  ports: DuePorts,
  _: SystemScope,
  { size, today }: { readonly size: number; readonly today: string },
): Promise<TermsDue[]> {
  const joined = await ports.db.prepare(JOINED).bind(size, today).all<{ site: SiteId }>();
  const named = joined.results.map(({ site }) => site);
  const merges = await loadMerges(ports.db, named);
  const sites = [...new Set(named.map((site) => merges.rootOf(site)))];
  const bySite = await plansAt(ports, { size, org: null }, { sites, merges });
  const planned = [...bySite.values()].map((all) => ({ all, plans: new Set(all.map(({ plan }) => plan)) }));
  const stated = await statedAt(
    ports.db,
    sites.flatMap((site) => merges.membersOf(site)),
  );
  const settled = await costsOf(ports.db, [...stated.keys()]);
  const groups = new Map(planned.flatMap(({ all, plans }) => [...plans].map((plan) => [plan, groupOf(plan, all)])));
  return [...new Set([...groups.keys(), ...stated.keys()])]
    .filter((plan) => !settled.has(plan))
    .flatMap((plan) => termsDue(plan, groups.get(plan) ?? null, stated.get(plan) ?? [], today));
}

const PLANS_AT = "SELECT DISTINCT plan FROM joints WHERE site IN (SELECT value FROM json_each(?1))";

async function statedAt(db: Db, sites: readonly SiteId[]): Promise<ReadonlyMap<string, readonly Stated[]>> {
  const plans = await db.prepare(PLANS_AT).bind(JSON.stringify(sites)).all<{ plan: string }>();
  const rows = await statedTerms(
    db,
    plans.results.map(({ plan }) => plan),
  );
  return new Map([...Map.groupBy(rows, ({ plan }) => plan)].map(([plan, some]) => [plan, some.map(statedOf)]));
}

const statedOf = ({ org, site, from, until, topics, isOver }: StatedTerms): Stated => ({
  org,
  site,
  from,
  until,
  topics: JSON.parse(topics) as string[],
  isOver: isOver === 1,
});

/** Who is charged for a joint audit, each by the intent by which it is in; and the topics of all of them. */
export async function chargedBy(
  { db, planKey }: DuePorts,
  _: SystemScope,
  { plan }: Cost,
): Promise<{ readonly joiners: readonly Intent[]; readonly topics: readonly string[] }> {
  const terms = (await statedTerms(db, [plan])).filter(({ isOver }) => isOver === 0);
  const sites = terms.map(({ site }) => site);
  const merges = await loadMerges(db, sites);
  const all = await intentsAt(db, [...new Set(sites.flatMap((site) => merges.membersOf(site)))]);
  // A withdrawal that came after the terms were fixed frees nobody.
  const kept = all.map((one) => ({ ...one, revokedIndex: null }));
  const inPlan = standing(kept, { size: Number.MAX_SAFE_INTEGER, org: null }, planKey).filter(
    (one) => one.plan === plan,
  );
  const joiners = terms.map(({ org }) => {
    const intent = inPlan.findLast((one) => one.intent.org === org)?.intent;
    if (!intent) throw new Error("a joiner has no intent in its plan");
    return intent;
  });
  return { joiners, topics: JSON.parse(terms[0]?.topics ?? "[]") as string[] };
}

const OPERATOR = "SELECT id FROM organisations WHERE is_operator = 1 ORDER BY log_index LIMIT 1";

/** Whose dossier takes the blanks of a round. */
export async function operatorId(db: Db, _: SystemScope): Promise<OrgId> {
  const row = await db.prepare(OPERATOR).first<{ id: OrgId }>();
  if (!row) throw new Error("nobody operates this consortium");
  return row.id;
}

import { type Lifecycle, type LifecycleFacts, lifecycleOf } from "@quasarix/shared/audit/lifecycle.ts";
import type { ReadScope } from "@quasarix/shared/policy/scope.ts";
import type { Db } from "./db.ts";

type Row = Omit<LifecycleFacts, "isReplied" | "isDisputed"> & {
  readonly audit: string;
  readonly isReplied: 0 | 1;
  readonly isDisputed: 0 | 1;
};

const OF = "FROM responses WHERE audit = a.hash";
const FACTS = `SELECT a.hash AS audit, a.provenance, a.admitted_at AS admittedAt,
    (SELECT min(admitted_at) FROM deliveries WHERE audit = a.hash AND (event = 'opened' OR number = 3)) AS deliveredAt,
    (SELECT min(admitted_at) ${OF} AND type IN ('reply', 'dispute')) AS respondedAt,
    (SELECT min(admitted_at) ${OF} AND stance = 'accepts') AS acceptedAt,
    EXISTS (SELECT 1 ${OF} AND type = 'reply') AS isReplied,
    EXISTS (SELECT 1 ${OF} AND type = 'dispute') AS isDisputed,
    (SELECT "by" ${OF} AND type = 'correction' AND "by" IS NOT NULL ORDER BY log_index DESC LIMIT 1) AS correctedBy
  FROM audits AS a WHERE a.hash IN (SELECT value FROM json_each(?1))`;

/** Of audits whose `existence` is open to the asker, by audit. */
export async function readLifecycles(
  db: Db,
  scopes: readonly ReadScope[],
  now: number,
): Promise<ReadonlyMap<string, Lifecycle>> {
  const open = scopes.filter(({ sections }) => sections.includes("existence")).map(({ audit }) => audit);
  if (open.length === 0) return new Map();
  const { results } = await db.prepare(FACTS).bind(JSON.stringify(open)).all<Row>();
  return new Map(
    results.map(({ audit, isReplied, isDisputed, ...row }) => [
      audit,
      lifecycleOf({ ...row, isReplied: isReplied === 1, isDisputed: isDisputed === 1 }, now),
    ]),
  );
}

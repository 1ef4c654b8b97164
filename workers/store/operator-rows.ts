import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import { WITH_BODY } from "./bodies.ts";
import type { Db } from "./db.ts";

export interface PlacedRow {
  readonly index: number;
  readonly seq: number;
  readonly admittedAt: number;
  readonly subject: string;
  readonly hash: string;
  readonly type: string;
  readonly prev: string;
  readonly jwt: string;
  readonly projected: 0 | 1;
}

// A type without a projection of its own has all of it.
const PROJECTED = `CASE s.type
  WHEN 'audit' THEN EXISTS (SELECT 1 FROM audits WHERE hash = s.hash AND log_index = s.log_index)
  WHEN 'submission' THEN EXISTS (SELECT 1 FROM submissions WHERE hash = s.hash)
  WHEN 'grant' THEN EXISTS (SELECT 1 FROM grants WHERE id = s.hash)
  WHEN 'revoke' THEN EXISTS (SELECT 1 FROM grants WHERE id = s.answers AND revoked_by IS NOT NULL)
    OR EXISTS (SELECT 1 FROM consents WHERE id = s.answers AND revoked_by IS NOT NULL)
    OR EXISTS (SELECT 1 FROM terms WHERE statement = s.answers AND revoked_by IS NOT NULL)
    OR EXISTS (SELECT 1 FROM recognitions WHERE hash = s.answers AND revoked_by IS NOT NULL)
    OR EXISTS (SELECT 1 FROM discovery_withdrawals WHERE statement = s.answers AND revoked_by IS NOT NULL)
    OR EXISTS (SELECT 1 FROM intents WHERE hash = s.answers AND revoked_by IS NOT NULL)
    OR EXISTS (SELECT 1 FROM joint_names WHERE statement = s.answers AND revoked_by IS NOT NULL)
  WHEN 'consent' THEN EXISTS (SELECT 1 FROM consents WHERE id = s.hash)
  WHEN 'terms' THEN EXISTS (SELECT 1 FROM terms WHERE statement = s.hash)
  WHEN 'rulebook' THEN EXISTS (SELECT 1 FROM rulebooks WHERE statement = s.hash)
  WHEN 'request' THEN EXISTS (SELECT 1 FROM requests WHERE hash = s.hash)
  WHEN 'answer' THEN EXISTS (SELECT 1 FROM answers WHERE hash = s.hash)
  WHEN 'reply' THEN EXISTS (SELECT 1 FROM responses WHERE statement = s.hash)
  WHEN 'dispute' THEN EXISTS (SELECT 1 FROM responses WHERE statement = s.hash)
  WHEN 'correction' THEN EXISTS (SELECT 1 FROM responses WHERE statement = s.hash)
  WHEN 'recognition' THEN EXISTS (SELECT 1 FROM recognitions WHERE hash = s.hash)
  WHEN 'discovery' THEN EXISTS (SELECT 1 FROM discovery_withdrawals WHERE statement = s.hash)
  WHEN 'intent' THEN EXISTS (SELECT 1 FROM intents WHERE hash = s.hash)
  WHEN 'joint' THEN EXISTS (SELECT 1 FROM joints WHERE statement = s.hash)
    OR EXISTS (SELECT 1 FROM joint_names WHERE statement = s.hash)
    OR EXISTS (SELECT 1 FROM joint_costs WHERE statement = s.hash)
    OR (s.issuer <> s.subject AND EXISTS (SELECT 1 FROM organisations WHERE id = s.subject AND is_operator = 1))
  WHEN 'settlement' THEN EXISTS (SELECT 1 FROM settlements WHERE statement = s.hash)
  WHEN 'policy' THEN EXISTS (SELECT 1 FROM policies WHERE statement = s.hash)
  WHEN 'framework' THEN EXISTS (SELECT 1 FROM frameworks WHERE statement = s.hash)
  WHEN 'release-plan' THEN EXISTS (SELECT 1 FROM release_plans WHERE statement = s.hash)
  WHEN 'vote' THEN EXISTS (SELECT 1 FROM votes WHERE statement = s.hash)
  WHEN 'release' THEN EXISTS (SELECT 1 FROM releases WHERE statement = s.hash)
  WHEN 'listing' THEN EXISTS (SELECT 1 FROM proposals WHERE listing = s.hash)
  WHEN 'receipts' THEN EXISTS (SELECT 1 FROM receipt_heads WHERE holder = s.subject)
  WHEN 'organisation' THEN EXISTS (SELECT 1 FROM organisations WHERE statement = s.hash)
  WHEN 'site' THEN EXISTS (SELECT 1 FROM sites WHERE statement = s.hash)
  WHEN 'merge' THEN EXISTS (SELECT 1 FROM site_merges WHERE statement = s.hash)
  WHEN 'split' THEN EXISTS (SELECT 1 FROM site_merges WHERE statement = s.answers AND split_by IS NOT NULL)
  WHEN 'key' THEN EXISTS (SELECT 1 FROM keys WHERE statement = s.hash)
  ELSE 1 END`;

/** For fsck: what D1 holds at each log index, ascending, and how many statements wait for theirs. */
export async function listPlaced(
  db: Db,
  _: SystemScope,
  after: number,
  limit: number,
): Promise<{ readonly rows: readonly PlacedRow[]; readonly staged: number }> {
  const [rows, staged] = (await db.batch([
    db
      .prepare(
        `SELECT log_index AS "index", seq, admitted_at AS admittedAt, subject, hash, type, prev, jwt,
           ${PROJECTED} AS projected FROM ${WITH_BODY} WHERE log_index > ?1 ORDER BY log_index LIMIT ?2`,
      )
      .bind(after, limit),
    db.prepare("SELECT count(*) AS staged FROM statements WHERE log_index IS NULL"),
  ])) as [D1Result<PlacedRow>, D1Result<{ staged: number }>];
  return { rows: rows.results, staged: staged.results[0]?.staged ?? 0 };
}

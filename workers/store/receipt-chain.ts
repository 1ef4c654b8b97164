import { NO_RECEIPT, receiptHash } from "@quasarix/shared/policy/receipt.ts";
import type { ReadScope } from "@quasarix/shared/policy/scope.ts";
import type { Db } from "./db.ts";

/** `changed`: what was decided on is no longer so. `busy`: others were quicker, again and again. */
export type Written = "written" | "changed" | "busy";

interface ReceiptHead {
  readonly seq: number;
  readonly hash: string;
}

/** Receipts of one holder are a chain, which other isolates write too; each try lets one of them pass. */
const TRIES = 16;

/** Receipts for these readings, all of one holder, next to each other in its chain. What became of each, in order. */
export async function writeReceipts(
  { db, origin, now }: { readonly db: Db; readonly origin: string; readonly now: () => number },
  scopes: readonly ReadScope[],
): Promise<readonly Written[]> {
  const written = scopes.map((): Written => "busy");
  let left = [...scopes.keys()];
  for (let attempt = 0; attempt < TRIES && left.length > 0; attempt++) {
    const some = left.map((i) => scopes[i] as ReadScope);
    const stale = await tryAll(db, origin, some, now());
    if (stale === null) for (const i of left) written[i] = "written";
    else for (const n of stale) written[left[n] as number] = "changed";
    left = left.filter((i) => written[i] === "busy");
  }
  return written;
}

/** Null: all are written, else none is, and these were decided on facts that have changed (none: the chain has grown). */
async function tryAll(db: Db, origin: string, scopes: readonly ReadScope[], at: number): Promise<number[] | null> {
  const holder = scopes[0]?.receipt.holder;
  const head = await db.prepare(HEAD).bind(holder).first<ReceiptHead>();
  const rows = chained(scopes, head, at);
  const text = JSON.stringify(rows);
  const done = await db.prepare(INSERT).bind(text, origin, holder, rows[0]?.seq).run();
  if (done.meta.changes === rows.length) return null;
  const stale = await db.prepare(STALE).bind(text, origin).all<{ n: number }>();
  return stale.results.map(({ n }) => n);
}

function chained(scopes: readonly ReadScope[], head: ReceiptHead | null, at: number) {
  let seq = head ? head.seq + 1 : 0;
  let prev = head?.hash ?? NO_RECEIPT;
  return scopes.map((scope) => {
    const receipt = receiptOf(scope, { seq, prev, at });
    seq++;
    prev = receiptHash(receipt);
    return {
      ...receipt,
      hash: prev,
      sections: JSON.stringify(receipt.sections),
      because: JSON.stringify(receipt.because),
      org: scope.org,
      version: scope.factsVersion,
      until: scope.validUntil,
    };
  });
}

const receiptOf = (
  scope: ReadScope,
  { seq, prev, at }: { readonly seq: number; readonly prev: string; readonly at: number },
) => ({
  seq,
  at,
  site: scope.site,
  audit: scope.audit,
  reader: scope.receipt.reader,
  shownFrom: at + scope.receipt.delayMs,
  standing: scope.receipt.standing,
  sections: [...scope.receipt.sections],
  purpose: scope.purpose,
  because: [...scope.receipt.because],
  prev,
});

/** Exported, with `STALE`, for the test of its plan. */
export const HEAD = "SELECT seq, hash FROM receipts WHERE holder = ?1 ORDER BY seq DESC LIMIT 1";

// The guard: facts as they were decided on, and no grant that ended between deciding and now.
const HOLDS = `(SELECT sum(facts_version) FROM subjects WHERE id IN (r.value->>'$.site', r.value->>'$.org', ?2))
  = r.value->>'$.version' AND r.value->>'$.at' < r.value->>'$.until'`;
export const STALE = `SELECT r.key AS n FROM json_each(?1) AS r WHERE (${HOLDS}) IS NOT TRUE`;

const MEMBERS = "seq at site audit reader standing sections purpose because prev hash shownFrom";
const VALUES = MEMBERS.split(" ").map((member) => `value->>'$.${member}'`);
const INSERT = `INSERT INTO receipts
  (holder, seq, at, site, audit, reader, standing, sections, purpose, because, prev, hash, shown_from)
  SELECT ?3, ${VALUES.join(", ")} FROM json_each(?1)
  WHERE NOT EXISTS (${STALE}) AND NOT EXISTS (SELECT 1 FROM receipts WHERE holder = ?3 AND seq >= ?4) ORDER BY key`;

import type { ExistenceFacts } from "@quasarix/shared/audit/existence.ts";
import { base64url } from "@quasarix/shared/base64.ts";
import type { Appended, AppendItem, AppendReceipts, AppendRefusal, AppendReply } from "@quasarix/shared/log/append.ts";
import { subjectHash } from "@quasarix/shared/log/entry.ts";
import { formatJoinedProof } from "@quasarix/shared/log/tlog-proof.ts";
import type { FoundingKeys } from "@quasarix/shared/registry/project.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok, unreachable } from "@quasarix/shared/result.ts";
import type { Statement } from "@quasarix/shared/statement/statement.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import type { Receipt } from "@quasarix/shared/wire/statement.ts";
import type { Db } from "./db.ts";
import { fault } from "./fault.ts";
import { type Placed, recordPlaces } from "./logged.ts";
import { type Staged, stage } from "./stage.ts";
import type { Vault } from "./vault.ts";

/** `append` is the sequencer's, or a coalescer before it. */
export interface CommitPorts {
  readonly db: Db;
  readonly vault: Vault;
  readonly append: (items: readonly AppendItem[]) => Promise<AppendReply>;
  readonly founding: FoundingKeys;
  readonly now: () => number;
}

type Committed = ReadonlyMap<string, Result<Receipt, Failure>>;

/** Stage, sequence, project, and only then the receipts (DESIGN 5). By statementHash; a crash anywhere is made good by duty. */
export async function commit(
  ports: CommitPorts,
  staged: readonly Staged[],
  also: readonly D1PreparedStatement[] = [],
): Promise<Committed> {
  await fault.pause("stage");
  const refusals = await stage(ports.db, staged, ports.now(), also);
  const committed = new Map<string, Result<Receipt, Failure>>();
  for (const { scope, statement } of staged) {
    const refusal = refusals.get(scope.statement);
    if (refusal?.reason === "jti-reused") committed.set(scope.statement, fail(refusal));
    if (refusal?.reason === "subject-opened")
      committed.set(scope.statement, fail({ reason: "subject-opened", subject: String(statement.claims["opens"]) }));
  }
  const standing = staged.filter(({ scope }) => !refusals.has(scope.statement)).map(({ statement }) => statement);
  await fault.pause("place");
  const places = await place(ports, standing);
  for (const [hash, placed] of places) committed.set(hash, placed);
  return committed;
}

/** From staged to acknowledged. Also what duty does with statements that a crash left behind. */
export async function place(ports: CommitPorts, statements: readonly Statement[]): Promise<Committed> {
  const hashes = statements.map(({ hash }) => base64url(hash));
  if (statements.length === 0) return new Map();
  const items = statements.map((statement) => itemOf(ports.vault, statement));
  await fault.pause("sequence");
  const reply = await appendAgain(ports, items);
  if (!reply.ok) return new Map(hashes.map((hash) => [hash, fail(failureOf(reply))]));
  const placed = statements.map((statement, i) => placedOf(statement, reply.appended[i] as Appended));
  await fault.pause("record");
  await recordPlaces(ports.db, placed, reply.head, ports.founding);
  // A crash here is a receipt that nobody hears of: sent again, the statement has to have the same one.
  await fault.pause("acknowledge");
  return new Map(hashes.map((hash, i) => [hash, ok(receiptOf(placed[i] as Placed, reply, i))]));
}

const itemOf = (vault: Vault, { hash, claims }: Statement): AppendItem => ({
  statementHash: hash,
  subject: subjectHash(claims.sub),
  K: vault.dossierKey(claims.sub),
});

/** `stale` says that nothing was decided; once more settles it unless the object is in trouble. */
async function appendAgain(ports: CommitPorts, items: readonly AppendItem[]): Promise<AppendReply> {
  await fault.pause("append");
  const reply = await ports.append(items);
  if (reply.ok || reply.reason !== "stale") return reply;
  await fault.pause("append-again");
  return await ports.append(items);
}

function failureOf(refusal: AppendRefusal): Failure {
  switch (refusal.reason) {
    case "overloaded":
      return { reason: "overloaded", retryAfter: refusal.retryAfter };
    case "stale":
      return { reason: "overloaded", retryAfter: 1 };
    case "smaller-past":
      return {
        reason: "log-refuses",
        why: `its ${refusal.where} checkpoint has size ${refusal.theirs}, it has ${refusal.ours}`,
      };
    case "broken-edge":
      return { reason: "log-refuses", why: `its right edge does not fit its root at size ${refusal.ours}` };
    default:
      return unreachable(refusal);
  }
}

function placedOf(statement: Statement, { index, seq, admittedAt, prev }: Appended): Placed {
  const { claims, kid, row } = statement;
  const existence = row.type === "audit" ? (statement.sections.get("existence")?.members ?? null) : null;
  return {
    hash: base64url(statement.hash),
    type: row.type,
    kid,
    claims,
    existence: existence as ExistenceFacts | null,
    index,
    admittedAt,
    seq,
    prev: base64url(prev),
  };
}

function receiptOf({ hash, index, seq, admittedAt }: Placed, reply: AppendReceipts, i: number): Receipt {
  const { extra, path, checkpoint } = reply.appended[i] as Appended;
  const note = reply.checkpoints[checkpoint];
  if (note === undefined) throw new Error("the sequencer named a checkpoint that it did not give");
  return {
    statementHash: hash,
    index,
    seq,
    admittedAt,
    proof: formatJoinedProof({ extra, index, path, note }),
  };
}

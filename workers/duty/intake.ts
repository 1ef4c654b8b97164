import { base64url } from "@quasarix/shared/base64.ts";
import { compare } from "@quasarix/shared/bytes.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import type { Seen } from "@quasarix/shared/statement/claims.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import { reissue } from "@quasarix/shared/statement/reissue.ts";
import type { Statement } from "@quasarix/shared/statement/statement.ts";
import { commit } from "../store/commit.ts";
import { fault } from "../store/fault.ts";
import { newestSeen } from "../store/newest-seen.ts";
import { listWaiting, markTaken, type WaitingSubmission } from "../store/outbox.ts";
import { mustParse, platformScope } from "../store/own-statement.ts";
import type { Staged } from "../store/stage.ts";
import type { DutyPorts } from "./ports.ts";

const CORRECTION = vctOf("correction");

/** What one object holds in memory at once; more waits for the next round. */
const ROUND_LIMIT = 1_000;
/** What is sealed and staged at once. The order is that of random hashes, so a slice says nothing of whose audits are in it. */
const SLICE = 256;

interface Issued {
  readonly submission: string;
  readonly audit: Statement;
  readonly correction: Statement | null;
}

/**
 * FORMATS 1.1: one round. What waits is re-issued under the platform's key with the round's time and `seen`, and logged
 * in the order of the audits' hashes: neither key nor place nor time tells which member it came from. What comes after
 * `until` waits for the next round, or a stream of one member's would have another's re-issued as it comes.
 */
export async function intakeRound(ports: DutyPorts, until = ports.now()): Promise<number> {
  await fault.pause("waiting");
  const waiting = await listWaiting(ports.db, ports.scope, { until, limit: ROUND_LIMIT });
  if (waiting.length === 0) return 0;
  await fault.pause("seen");
  const seen = await newestSeen(ports);
  const iat = Math.floor(ports.now() / 1000);
  await fault.pause("issue");
  const settled = await Promise.allSettled(waiting.map((one) => issue(ports, one, iat, seen)));
  const issued = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  issued.sort((a, b) => compare(a.audit.hash, b.audit.hash));
  for (let at = 0; at < issued.length; at += SLICE) {
    const slice = issued.slice(at, at + SLICE);
    await fault.pause("seal");
    const staged = await Promise.all(statementsOf(slice).map((one) => sealed(ports, one)));
    const taken = slice.map(takenOf);
    await fault.pause("commit-round");
    await commit(ports, staged, [markTaken(ports.db, ports.scope, taken)]);
  }
  await fault.pause("round-done");
  // Said once all others are in the log: a submission that does not open keeps nobody else's from it.
  const failed = settled.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
  return issued.length;
}

async function issue(ports: DutyPorts, waiting: WaitingSubmission, iat: number, seen: Seen | null): Promise<Issued> {
  await fault.pause("open");
  const submission = mustParse(await ports.vault.presentAll(waiting));
  await fault.pause("sign");
  const text = await reissue({ signer: ports.platform, random: ports.random }, submission, {
    iss: ports.origin,
    iat,
    sub: waiting.site,
    ...(seen && { seen }),
  });
  const audit = mustParse(text);
  await fault.pause("correct");
  return { submission: waiting.hash, audit, correction: await correct(ports, waiting, audit) };
}

/** What stands in place of an earlier copy says so in the site's dossier: of the member, no more than the two copies. */
async function correct(ports: DutyPorts, { corrects }: WaitingSubmission, audit: Statement): Promise<Statement | null> {
  if (corrects === null) return null;
  const { iat, sub, seen } = audit.claims;
  const said = {
    iss: ports.origin,
    iat,
    sub,
    vct: CORRECTION,
    re: corrects,
    claims: { by: base64url(audit.hash) },
    seen,
  };
  await fault.pause("sign-correction");
  return mustParse(await issueStatement({ signer: ports.platform, random: ports.random }, said));
}

interface Sealable {
  readonly statement: Statement;
  readonly takes: NonNullable<Staged["takes"]>;
}

/** The copies, then the corrections by them: each in the order of its hashes. */
function statementsOf(issued: readonly Issued[]): Sealable[] {
  const corrections = issued.flatMap((one) => (one.correction ? [{ ...one, correction: one.correction }] : []));
  corrections.sort((a, b) => compare(a.correction.hash, b.correction.hash));
  return [
    ...issued.map((one) => ({ statement: one.audit, takes: takenOf(one) })),
    ...corrections.map((one) => ({ statement: one.correction, takes: takenOf(one) })),
  ];
}

const takenOf = ({ submission, audit }: Issued) => ({ submission, audit: base64url(audit.hash) });

async function sealed(ports: DutyPorts, { statement, takes }: Sealable): Promise<Staged> {
  const scope = platformScope(ports, statement);
  await fault.pause("seal-one");
  const sections = await ports.vault.seal(statement);
  return { scope, statement, sealed: sections, kekVersion: ports.vault.version, takes };
}

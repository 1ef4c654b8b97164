import { setTimeout as sleep } from "node:timers/promises";
import { checkDossier } from "@quasarix/client/dossier-check.ts";
import { fsck } from "@quasarix/client/fsck.ts";
import { chunked } from "@quasarix/client/json-lines.ts";
import { checkReceipt } from "@quasarix/client/receipt-check.ts";
import { type Refusal, refusalSays } from "@quasarix/client/refusal.ts";
import { readWholeLog } from "@quasarix/client/whole-log.ts";
import { equal } from "@quasarix/shared/bytes.ts";
import { emptyEdge, grow, rootOf } from "@quasarix/shared/log/edge.ts";
import { decodeExtra } from "@quasarix/shared/log/entry.ts";
import { parseTlogProof } from "@quasarix/shared/log/tlog-proof.ts";
import { leafHash } from "@quasarix/shared/log/tree.ts";
import type { Receipt } from "@quasarix/shared/wire/statement.ts";
import { must, type Party } from "../demonstration/party.ts";
import type { House } from "./house.ts";
import { note, type Sent } from "./load.ts";

/** Everything that was ever acknowledged or shown as the log's head, to be held against what the log is in the end. */
export class Memory {
  readonly sent: Sent[] = [];
  /** Notes of receipts and of publications. */
  readonly notes = new Set<string>();
  readonly findings: string[] = [];
  /** Submissions that a round was seen to have re-issued. */
  readonly taken = new Set<string>();

  find(what: string): void {
    this.findings.push(what);
  }
}

const PATIENCE_MS = 60_000;
const LOOK_MS = 250;
const quiet = (): void => {};

/** Sends these again, each as its author; what comes back replaces no receipt and has to equal the one that is there. */
export async function sendAgain(memory: Memory, again: readonly Sent[]): Promise<void> {
  for (const by of new Set(again.map((one) => one.by))) {
    const own = again.filter((one) => one.by === by);
    let at = 0;
    for (const chunk of chunked(own.map(({ text }) => text))) {
      const answers = must(await by.client.routes.postStatements(chunk));
      for (const answer of answers) {
        const one = own[at++] as Sent;
        const before = one.receipt;
        note(one, answer);
        if ("problem" in answer) memory.find(`${one.type} ${one.hash} sent again: ${answer.problem.title}`);
        else if (before && JSON.stringify(before) !== JSON.stringify(one.receipt))
          memory.find(`${one.type} ${one.hash} has another receipt`);
      }
    }
  }
}

/** The receipts' proofs, and that each checkpoint in them leads to the newest published one. */
export async function checkReceipts(memory: Memory, by: Party, acknowledged: readonly Sent[]): Promise<number> {
  const { log } = by.client;
  for (const { receipt, hash, subject } of acknowledged) {
    const checked = await checkReceipt(log, receipt as Receipt, { statementHash: hash, subject });
    if (!checked.ok) memory.find(`receipt of ${hash}: ${refusalSays(checked.failure)}`);
  }
  const fresh = new Set(acknowledged.map(noteOf).filter((text) => !memory.notes.has(text)));
  const largest = Math.max(0, ...acknowledged.map(({ receipt }) => (receipt as Receipt).index + 1));
  let newest = must(await log.advance());
  for (const until = Date.now() + PATIENCE_MS; (newest?.checkpoint.size ?? 0) < largest; ) {
    if (Date.now() > until) throw new Error(`size ${largest} was acknowledged and is not published`);
    await sleep(LOOK_MS);
    newest = must(await log.advance());
  }
  if (!newest) return 0;
  for (const text of [...fresh, newest.note]) {
    const opened = must(await log.openLogged(text));
    const consistent = await log.consistent(opened, newest);
    if (!consistent.ok) memory.find(`checkpoint ${opened.checkpoint.size}: ${refusalSays(consistent.failure)}`);
    memory.notes.add(text);
  }
  return newest.checkpoint.size;
}

function noteOf({ receipt }: Sent): string {
  const proof = parseTlogProof((receipt as Receipt).proof);
  if (!proof.ok) throw new Error(proof.failure.reason);
  return proof.value.note;
}

/** Waits until duty has driven what the kills left staged, re-issued every submission, and all of it is published. */
export async function settle(memory: Memory, house: House, withinMs: number): Promise<void> {
  const { routes } = house.operator.client;
  for (const until = Date.now() + withinMs; ; ) {
    const { staged } = must(await routes.operatorRows(Number.MAX_SAFE_INTEGER - 1, 1));
    // Once nothing is staged: what nobody heard of is in the log too, or never came.
    const waiting = staged === 0 ? await countWaiting(memory) : null;
    const report = waiting === 0 ? await fsck(house.operator.client, quiet) : null;
    if (report?.ok && report.value.ahead === 0) return;
    if (Date.now() > until) {
      memory.find(`after ${withinMs / 1000} s: ${staged} staged, ${waiting ?? "uncounted"} submissions not re-issued`);
      return;
    }
    await sleep(LOOK_MS);
  }
}

/** Of the submissions that came, acknowledged or not: how many no round has taken yet. */
async function countWaiting({ sent, taken }: Memory): Promise<number> {
  let waiting = 0;
  for (const { by, hash } of sent.filter((one) => one.type === "submission" && !taken.has(one.hash))) {
    const state = await by.client.routes.submission(hash);
    if (state.ok && state.value.audit !== null) taken.add(hash);
    else if (state.ok || !isUnknown(state.failure)) waiting++;
  }
  return waiting;
}

const isUnknown = (failure: Refusal): boolean => failure.reason === "problem" && failure.problem.status === 404;

/** DESIGN 7: entries, tiles, root, every checkpoint ever seen, dossiers, rows; and each acknowledged entry at its index. */
export async function checkAll(memory: Memory, house: House): Promise<void> {
  const report = await fsck(house.operator.client, quiet);
  if (!report.ok) memory.find(`fsck: ${refusalSays(report.failure)}`);
  else {
    for (const { index, fault } of report.value.faults) memory.find(`fsck: ${fault} at ${index}`);
    if (report.value.staged > 0) memory.find(`fsck: ${report.value.staged} staged`);
  }
  await checkLog(memory, house);
  await checkIntake(memory, house);
  for (const site of house.sites) {
    const dossier = await checkDossier(house.mill.client, site);
    if (!dossier.ok) memory.find(`dossier of ${site}: ${refusalSays(dossier.failure)}`);
  }
  const keyring = await house.operator.client.checkKeyring();
  if (!keyring.ok) memory.find(`keyring: ${refusalSays(keyring.failure)}`);
}

async function checkLog(memory: Memory, { operator }: House): Promise<void> {
  const { log, routes } = operator.client;
  const last = must(await log.advance());
  if (!last) return memory.find("the log has published nothing");
  const whole = must(await readWholeLog(routes, log, last, quiet));
  for (const { receipt, hash } of memory.sent) {
    if (!receipt) continue;
    const proof = parseTlogProof(receipt.proof);
    const extra = proof.ok ? decodeExtra(proof.value.extra) : null;
    const entry = whole.entries[receipt.index];
    if (!extra?.ok || !entry || !equal(extra.value.entry, entry))
      memory.find(`${hash} is not at index ${receipt.index}`);
  }
  const seen = await Promise.all([...memory.notes].map(async (text) => must(await log.openLogged(text)).checkpoint));
  let edge = emptyEdge;
  for (const { size, root } of seen.sort((a, b) => a.size - b.size)) {
    edge = grow(edge, whole.entries.slice(edge.size, size).map(leafHash)).edge;
    if (edge.size !== size || !equal(rootOf(edge), root)) memory.find(`checkpoint ${size} is not of this log`);
  }
}

/** As many audits by intake as submissions in the log: none twice, none forgotten. */
async function checkIntake(memory: Memory, { operator, firm }: House): Promise<void> {
  const signed = new Set(memory.sent.filter(({ by }) => by === firm).map(({ hash }) => hash));
  let submissions = 0;
  let audits = 0;
  for (let after: number | null = -1; after !== null; ) {
    const page: Awaited<ReturnType<typeof operator.client.routes.operatorRows>> =
      await operator.client.routes.operatorRows(after);
    for (const { type, statementHash } of must(page).rows) {
      if (type === "submission") submissions++;
      if (type === "audit" && !signed.has(statementHash)) audits++;
    }
    after = must(page).next;
  }
  if (submissions !== audits) memory.find(`${submissions} submissions and ${audits} audits by intake`);
  for (const { by, text, receipt } of memory.sent.filter(({ type }) => type === "submission").slice(0, 20)) {
    if (!receipt) continue;
    const confirmed = await by.client.confirm(text, 0);
    if (!confirmed.ok) memory.find(`submission ${receipt.statementHash}: ${refusalSays(confirmed.failure)}`);
  }
}

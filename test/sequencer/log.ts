import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { fromBase64url } from "@quasarix/shared/base64.ts";
import { type Bytes, concat, equal, u32be, utf8 } from "@quasarix/shared/bytes.ts";
import type { Appended, AppendItem, AppendReceipts, Sequencing } from "@quasarix/shared/log/append.ts";
import { type Checkpoint, parseCheckpoint } from "@quasarix/shared/log/checkpoint.ts";
import { commitOf, decodeEntry, decodeExtra, decodeHeader, entryKeys } from "@quasarix/shared/log/entry.ts";
import { type Note, parseNote, verifyNote } from "@quasarix/shared/log/note.ts";
import { verifyInclusion } from "@quasarix/shared/log/proof.ts";
import { splitHashes } from "@quasarix/shared/log/tile.ts";
import { leafHash } from "@quasarix/shared/log/tree.ts";
import { formatVkey, parseVkey } from "@quasarix/shared/log/vkey.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { webSigner, webVerify } from "@quasarix/shared/webcrypto.ts";
import { expect } from "vitest";
import { SequencerCore } from "../../workers/sequencer/core.ts";
import { fault, plantFault } from "../../workers/sequencer/fault.ts";
import { jwkOf } from "../secrets.ts";
import { emptyDeployment, env, sequencerStub as stub } from "../workerd-env.ts";

export { env, stub };

const verify = webVerify(crypto);
const logKey = formatVkey(env.ORIGIN, 1, fromBase64url(jwkOf("log").x) as Bytes);

/** A log without entries. */
export async function emptyLog(): Promise<void> {
  plantFault(null);
  await emptyDeployment();
}

export const log = (): Sequencing => stub();

export const inObject = <R>(act: (storage: DurableObjectStorage) => R): Promise<R> =>
  runInDurableObject(stub(), (_object, state) => act(state.storage));

/** A call that is to throw: the test runner takes a rejection that crosses the RPC border for one that nobody caught. */
export const thrownBy = (act: (log: Sequencing) => Promise<unknown>): Promise<string> =>
  runInDurableObject(stub(), (object) =>
    act(object as unknown as Sequencing).then(
      () => "nothing",
      (error: Error) => error.message,
    ),
  );

/** Another core over the same SQLite, as an instance that outlived its abort would be. */
export const secondWriter = <R>(act: (other: Sequencing) => Promise<R>): Promise<R> =>
  runInDurableObject(stub(), async (_object, { storage }) => {
    const signer = await webSigner(crypto, jwkOf("log"));
    const wait = (milliseconds: number) => scheduler.wait(milliseconds);
    const ports = { bucket: env.LOG_BUCKET, anchor: async () => null, origin: env.ORIGIN, now: Date.now, fault };
    return act(new SequencerCore({ ...ports, storage, signer, wait, wakeAt: () => {} }));
  });

/** The statement `name`, about one of three dossiers. */
export function item(name: string, dossier = name.length % 3): AppendItem {
  const subject = sha256(u32be(dossier));
  return { statementHash: sha256(utf8(name)), subject, K: sha256(concat(utf8("key"), subject)) };
}

export const items = (count: number, name = "statement"): AppendItem[] =>
  Array.from({ length: count }, (_, i) => item(`${name} ${i}`));

/** Appends until it is decided, as the API does. */
export async function appendSurely(wanted: readonly AppendItem[]): Promise<AppendReceipts> {
  for (let round = 0; round < 20; round++) {
    const reply = await log()
      .append(wanted)
      .catch(() => null);
    if (reply?.ok) return reply;
  }
  throw new Error("the log did not take the items in 20 attempts");
}

export async function openNote(text: string): Promise<Checkpoint> {
  const note = parseNote(text);
  const key = parseVkey(logKey);
  if (!note.ok || !key.ok) throw new Error("the note or the log's key is unreadable");
  expect((await verifyNote(note.value as Note, [key.value], verify)).ok).toBe(true);
  const checkpoint = parseCheckpoint(note.value.text);
  if (!checkpoint.ok) throw new Error("the checkpoint is unreadable");
  return checkpoint.value;
}

/** All that an author checks of a receipt. */
export async function expectReceipt(wanted: AppendItem, receipt: Appended, notes: readonly string[]): Promise<void> {
  const checkpoint = await openNote(notes[receipt.checkpoint] as string);
  const extra = decodeExtra(receipt.extra);
  if (!extra.ok) throw new Error("the receipt's extra is unreadable");
  const { entry, nonce, header } = extra.value;
  const opened = decodeEntry(entry);
  const named = decodeHeader(header);
  if (!opened.ok || !named.ok) throw new Error("the receipt's entry or header is unreadable");
  expect(named.value).toEqual({
    seq: receipt.seq,
    prev: receipt.prev,
    statementHash: wanted.statementHash,
    subject: wanted.subject,
  });
  expect(opened.value.admittedAt).toBe(receipt.admittedAt);
  expect({ tag: opened.value.tag, nonce }).toEqual(entryKeys(wanted.K, receipt.seq));
  expect(equal(opened.value.commit, commitOf(nonce, header))).toBe(true);
  const path = splitHashes(receipt.path);
  expect(verifyInclusion(leafHash(entry), receipt.index, checkpoint.size, path, checkpoint.root).ok).toBe(true);
}

export async function expectReceipts(wanted: readonly AppendItem[], reply: AppendReceipts): Promise<void> {
  expect(reply.appended).toHaveLength(wanted.length);
  for (const [i, one] of wanted.entries()) {
    await expectReceipt(one, reply.appended[i] as Appended, reply.checkpoints);
  }
}

/** What a receipt proves, without the position of its checkpoint within one reply. */
export const essence = (reply: AppendReceipts) =>
  reply.appended.map(({ checkpoint, ...receipt }) => ({ ...receipt, note: reply.checkpoints[checkpoint] }));

const publishedAt = (time: number): Promise<unknown> =>
  inObject(({ sql }) => sql.exec("UPDATE published SET at = ?", time));

/** Lets the next publication begin at once: the second that it waits for is another test's matter. */
export const forgetInterval = (): Promise<unknown> => publishedAt(0);

/** No alarm goes off by itself from here on, once something has been published: the test alone moves publication. */
export const holdPublication = (): Promise<unknown> => publishedAt(Date.now() + 3_600_000);

/** Runs alarms until everything committed is published. */
export async function publishAll(): Promise<void> {
  for (let round = 0; round < 200; round++) {
    const status = await log()
      .status()
      .catch(() => null);
    if (status?.outbox === 0) return;
    await runDurableObjectAlarm(stub()).catch(() => {});
    await scheduler.wait(5);
  }
  throw new Error("the log was not published within 200 alarms");
}

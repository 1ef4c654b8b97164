import { evictDurableObject } from "cloudflare:test";
import { base64url } from "@quasarix/shared/base64.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { emptyLog, env, inObject, item, items, log, openNote, publishAll, stub } from "./log.ts";

/** Another history of the same log: what its bucket and anchor look like at this size. */
async function otherHistory(size: number): Promise<{ note: string; root: string }> {
  await log().append(items(size, "another history"));
  await publishAll();
  const note = (await log().latestPublished()) as string;
  const { root } = await openNote(note);
  await emptyLog();
  return { note, root: base64url(root) };
}

const anchorAt = (size: number, root: string) =>
  env.DB.prepare("INSERT INTO anchor (id, size, root) VALUES (1, ?, ?)").bind(size, root).run();

const publishedAt = async (size: number, note: string): Promise<void> => {
  await env.LOG_BUCKET.put(`log/checkpoints/${String(size).padStart(16, "0")}`, note);
  await env.LOG_BUCKET.put("log/checkpoint", note);
};

beforeEach(emptyLog);

describe("the object signs nothing, publishes nothing and says why", () => {
  const cases = [
    { what: "the bucket knows a larger log", theirs: 7, where: "published", ours: 3 },
    { what: "the anchor knows a larger log", theirs: 7, where: "anchor", ours: 3 },
    { what: "the bucket knows a log and the object has none", theirs: 2, where: "published", ours: 0 },
    { what: "the anchor knows a log and the object has none", theirs: 2, where: "anchor", ours: 0 },
    { what: "the bucket has another root at the same size", theirs: 3, where: "published", ours: 3 },
    { what: "the anchor has another root at the same size", theirs: 3, where: "anchor", ours: 3 },
    { what: "the bucket has another root at a smaller size", theirs: 2, where: "published", ours: 3 },
    { what: "the anchor has another root at a smaller size", theirs: 2, where: "anchor", ours: 3 },
  ] as const;

  test.each(cases)("when $what", async ({ theirs, where, ours }) => {
    const other = await otherHistory(theirs);
    if (ours > 0) await log().append(items(ours));
    // Or its own publication would come over the other history.
    await publishAll();
    if (where === "published") await publishedAt(theirs, other.note);
    else await anchorAt(theirs, other.root);
    await evictDurableObject(stub()).catch(() => {});
    const refusing = { reason: "smaller-past", ours, theirs, where };
    expect(await log().append([item("new")])).toEqual({ ok: false, ...refusing });
    expect((await log().status()).refusing).toEqual(refusing);
    expect(await inObject(({ sql }) => sql.exec("SELECT size FROM head").one())).toEqual({ size: ours });
    const latest = await env.LOG_BUCKET.get("log/checkpoint");
    if (where === "published") expect(await latest?.text()).toBe(other.note);
  });

  test("when a later checkpoint was written and the bucket's latest was not yet", async () => {
    const other = await otherHistory(7);
    await env.LOG_BUCKET.put("log/checkpoints/0000000000000007", other.note);
    expect((await log().append([item("new")])).ok).toBe(false);
  });
});

test("goes on where bucket and anchor are its own past", async () => {
  const first = await log().append(items(3));
  await publishAll();
  if (!first.ok) throw new Error(first.reason);
  await anchorAt(3, base64url(first.head.root));
  await log().append(items(3, "more"));
  await evictDurableObject(stub());
  expect((await log().append([item("new")])).ok).toBe(true);
});

test("is stale, not signed, while the anchor cannot be read", async () => {
  await env.DB.exec("ALTER TABLE anchor RENAME TO hidden");
  expect(await log().append([item("a")])).toEqual({ ok: false, reason: "stale" });
  await env.DB.exec("ALTER TABLE hidden RENAME TO anchor");
  expect(await log().append([item("a")])).toMatchObject({ ok: true, head: { size: 1 } });
});

test("the refusal ends once the operator has put the larger past right", async () => {
  await anchorAt(5, base64url(new Uint8Array(32)));
  expect((await log().append([item("a")])).ok).toBe(false);
  await env.DB.exec("DELETE FROM anchor");
  expect((await log().append([item("a")])).ok).toBe(true);
});

import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { fsck } from "@quasarix/client/fsck.ts";
import { NO_RECEIPT, type ReceiptsClaims, receiptHash } from "@quasarix/shared/policy/receipt.ts";
import { parseStatement } from "@quasarix/shared/statement/statement.ts";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { HEADS_AT_ONCE, stateReceiptHeads } from "../../workers/duty/receipt-heads.ts";
import { HEAD_PAUSES, type Pause, plantFault, REQUEST_PAUSES } from "../../workers/store/fault.ts";
import { forgetInterval, publishAll } from "../sequencer/log.ts";
import { clientFor } from "../workerd-client.ts";
import { dutyStub } from "../workerd-env.ts";
import { env, newWorld } from "../workerd-world.ts";
import type { Org, World } from "../world.ts";
import { dutyPorts, holdDuty, runDuty } from "./duty-hand.ts";
import { struckAt } from "./rows.ts";

let world: World;
let mill: Org;
let site: string;
/** The last receipt of each chain. */
let heads: Map<string, ReceiptsClaims>;

beforeAll(async () => {
  world = await newWorld();
  mill = await world.admit("mill", "supplier");
  site = await world.openSite(mill);
  heads = new Map();
});
beforeEach(holdDuty);
afterEach(() => plantFault(null));

/** One more read, as `store/read.ts` leaves it. */
async function receipt(holder: string, shownFrom = 0, at = Date.now()): Promise<ReceiptsClaims> {
  const before = heads.get(holder);
  const seq = before ? before.seq + 1 : 0;
  const prev = before?.hash ?? NO_RECEIPT;
  const said = {
    seq,
    at,
    site,
    audit: "audit",
    reader: "member",
    standing: "grant" as const,
    purpose: "due-diligence" as const,
  };
  const hash = receiptHash({ ...said, sections: [], because: [], prev });
  await env.DB.prepare(
    `INSERT INTO receipts (holder, seq, at, site, audit, reader, standing, sections, purpose, because, prev, hash, shown_from)
     VALUES (?, ?, ?, ?, 'audit', 'member', 'grant', '[]', 'due-diligence', '[]', ?, ?, ?)`,
  )
    .bind(holder, seq, at, site, prev, hash, shownFrom)
    .run();
  heads.set(holder, { seq, hash });
  return { seq, hash };
}

/** The heads that stand in a dossier, staged or logged, oldest first. */
async function stated(holder: string): Promise<ReceiptsClaims[]> {
  const rows = await env.DB.prepare(
    `SELECT b.jwt FROM statements AS s JOIN statement_bodies AS b ON b.id = s.id
     WHERE s.type = 'receipts' AND s.subject = ? ORDER BY s.id`,
  )
    .bind(holder)
    .all<{ jwt: string }>();
  return rows.results.map(({ jwt }) => {
    const parsed = parseStatement(`${jwt}~`);
    if (!parsed.ok) throw new Error(parsed.failure.reason);
    const { seq, hash, iss } = parsed.value.claims;
    expect(iss).toBe(env.ORIGIN);
    return { seq, hash } as ReceiptsClaims;
  });
}

const dayGoesBy = () => env.DB.prepare("UPDATE receipt_heads SET admitted_at = admitted_at - 86400000").run();
const look = async (over: { now?: () => number } = {}) => stateReceiptHeads({ ...(await dutyPorts()), ...over });

describe("the head of a supplier's receipts", () => {
  test("is stated once there are any, and again a day later if there are more", async () => {
    expect(await look()).toBe(0);
    const first = await receipt(mill.id);
    expect([await look(), await look()]).toEqual([1, 0]);
    const second = await receipt(mill.id);
    expect(await look()).toBe(0);
    await dayGoesBy();
    expect([await look(), await look()]).toEqual([1, 0]);
    await dayGoesBy();
    expect(await look()).toBe(0);
    expect(await stated(mill.id)).toEqual([first, second]);
  });

  test("is due to the millisecond", async () => {
    const clerk = await world.admit("clerk", "supplier");
    await receipt(clerk.id);
    expect(await look()).toBe(1);
    const more = await receipt(clerk.id);
    const at = "SELECT admitted_at AS at FROM receipt_heads WHERE holder = ?";
    const logged = (await env.DB.prepare(at).bind(clerk.id).first<{ at: number }>())?.at ?? 0;
    expect(await look({ now: () => logged + 86_399_999 })).toBe(0);
    expect(await look({ now: () => logged + 86_400_000 })).toBe(1);
    expect((await stated(clerk.id)).at(-1)).toEqual(more);
  });

  test("goes no further than what the holder sees: a hash of the rest would tell the reader to whoever tries all names", async () => {
    const shy = await world.admit("shy", "supplier");
    const now = Date.now();
    await receipt(shy.id, now + 60_000);
    await receipt(shy.id);
    expect(await look({ now: () => now })).toBe(0);
    expect(await look({ now: () => now + 59_999 })).toBe(0);
    expect(await look({ now: () => now + 60_000 })).toBe(1);
    expect(await stated(shy.id)).toEqual([heads.get(shy.id)]);
    const third = await receipt(shy.id);
    await receipt(shy.id, now + 600_000);
    await dayGoesBy();
    expect(await look({ now: () => now + 60_001 })).toBe(1);
    expect((await stated(shy.id)).at(-1)).toEqual(third);
  });

  test("is a member's too; a site without a supplier has none", async () => {
    const birch = await world.admit("birch", "member");
    await receipt(birch.id);
    await receipt(site);
    expect(await look()).toBe(1);
    expect([(await stated(birch.id)).length, (await stated(site)).length]).toEqual([1, 0]);
  });

  test("is read by its holder, from its dossier, and by nobody else", async () => {
    const { head } = await world.json<{ head: { statementHash: string; seq: number } }>(
      mill,
      "GET",
      "/v1/receipts/head",
    );
    const path = `/v1/statements/${head.statementHash}`;
    expect(await world.json(mill, "GET", path)).toMatchObject({ statementHash: head.statementHash, seq: head.seq });
    const birch = await world.admit("other", "supplier");
    expect([(await world.get(birch, path)).status, (await world.get(world.operator, path)).status]).toEqual([404, 404]);
    expect(await world.json(birch, "GET", "/v1/receipts/head")).toEqual({ head: null });
  });

  test("is nobody's to state from outside", async () => {
    const saying = { vct: "urn:quasarix:receipts:1", sub: mill.id, claims: heads.get(mill.id) as never };
    const text = await world.issue(mill, saying);
    const [answer] = await world.lines("/v1/statements", [text], mill);
    expect(answer).toMatchObject({ problem: { status: 422 } });
  });

  test("of many holders is stated as many at a time as one look takes", async () => {
    const ids = Array.from({ length: HEADS_AT_ONCE + 4 }, (_, i) => `org_${String(i).padStart(21, "A")}A`);
    for (const id of ids) await receipt(id);
    expect([await look(), await look(), await look()]).toEqual([HEADS_AT_ONCE, 4, 0]);
    for (const id of ids) expect(await stated(id)).toHaveLength(1);
  });
});

// What is placed again after a reply that decides nothing, crash/duty has.
const WALK = [...HEAD_PAUSES, ...REQUEST_PAUSES.filter((name) => name !== "append-again")];

/** Strikes at the first time this pause is reached, and never again. */
function strike(name: Pause, disaster: () => Promise<void>): () => boolean {
  let isReached = false;
  plantFault({
    pause: async (at) => {
      if (at !== name || isReached) return;
      isReached = true;
      await disaster();
    },
  });
  return () => isReached;
}

describe("a duty object that dies before", () => {
  const rows = struckAt(WALK, ["an error", "an abort"]);

  test.each(rows)("$name, of $what, leaves one head of the day, in the log", async ({ name, what }) => {
    await dayGoesBy();
    const due = await receipt(mill.id);
    const before = (await stated(mill.id)).length;
    await runInDurableObject(dutyStub(), (_object, { storage }) => storage.delete("receipt-heads"));
    const reached = strike(name, () =>
      what === "an error" ? Promise.reject(new Error("planted")) : new Promise(() => {}),
    );
    const struck = runDuty().catch(() => undefined);
    while (!reached()) await scheduler.wait(2);
    if (what === "an abort") await abortAllDurableObjects();
    await struck;
    plantFault(null);
    for (let tries = 0; tries < 4; tries++) await runDuty();
    await holdDuty();
    const now = await stated(mill.id);
    expect([now.length - before, now.at(-1)]).toEqual([1, due]);
    const kept = "SELECT seq FROM receipt_heads WHERE holder = ?";
    expect(await env.DB.prepare(kept).bind(mill.id).first()).toEqual({ seq: due.seq });
  });

  test("its place is recorded leaves the head to the outbox: another look states no second one", async () => {
    await dayGoesBy();
    const due = await receipt(mill.id);
    const before = (await stated(mill.id)).length;
    strike("sequence", () => Promise.reject(new Error("planted")));
    await expect(look()).rejects.toThrow("planted");
    plantFault(null);
    expect(await look()).toBe(0);
    await runDuty();
    await holdDuty();
    const now = await stated(mill.id);
    expect([now.length - before, now.at(-1)]).toEqual([1, due]);
  });

  test("leaves nothing for fsck to say", async () => {
    await forgetInterval();
    await publishAll();
    const report = await fsck(await clientFor(world.operator), () => undefined);
    expect(report).toMatchObject({ ok: true, value: { ahead: 0, staged: 0, faults: [] } });
  });
});

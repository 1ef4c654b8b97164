import { abortAllDurableObjects } from "cloudflare:test";
import { auditOf, submissionOf } from "@quasarix/client/drafts.ts";
import { fsck } from "@quasarix/client/fsck.ts";
import { hashText, parseStatement } from "@quasarix/shared/statement/statement.ts";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { intakeRound } from "../../workers/duty/intake.ts";
import { OUTBOX_PAUSES, type Pause, plantFault, REQUEST_PAUSES, ROUND_PAUSES } from "../../workers/store/fault.ts";
import { forgetInterval, publishAll } from "../sequencer/log.ts";
import { clientFor } from "../workerd-client.ts";
import { env, newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";
import { dutyPorts, holdDuty, runDuty } from "./duty-hand.ts";
import { struckAt } from "./rows.ts";
import { planted, spare, strike } from "./strike.ts";

let world: World;
let mill: Org;
let birch: Org;
let site: string;
/** Birch's last submission: the next one stands in place of it, so that each round has a correction to make. */
let last: string;

beforeAll(async () => {
  world = await newWorld();
  mill = await world.admit("mill", "supplier");
  birch = await world.admit("birch", "member");
  site = await world.openSite(mill);
  last = (await world.submit(birch, site, auditContent())).statementHash;
  await runDuty();
});

afterEach(() => spare());

const post = (who: Org, text: string) =>
  world.json<object>(who, "POST", "/v1/statements", { statement: text }).catch((error: Error) => error);

function hashOf(text: string): string {
  const parsed = parseStatement(text);
  if (!parsed.ok) throw new Error(parsed.failure.reason);
  return hashText(parsed.value);
}

const number = async (sql: string, ...bound: string[]): Promise<number> =>
  (
    await env.DB.prepare(sql)
      .bind(...bound)
      .first<{ n: number }>()
  )?.n ?? Number.NaN;

const unfinished = async (): Promise<number> =>
  (await number("SELECT count(*) AS n FROM statements WHERE log_index IS NULL")) +
  (await number("SELECT count(*) AS n FROM submissions WHERE audit IS NULL"));

async function converge(): Promise<void> {
  for (let tries = 0; tries < 10; tries++) {
    await runDuty();
    await holdDuty();
    if ((await unfinished()) === 0) break;
  }
  expect(await unfinished()).toBe(0);
}

/** One entry each, the same receipt as ever, one audit a submission, and nothing for fsck to say. */
async function expectWhole(sent: readonly (readonly [Org, string, object | Error])[]): Promise<void> {
  for (const [who, text, answer] of sent) {
    const receipt = await post(who, text);
    expect(receipt).toHaveProperty("proof");
    if (!(answer instanceof Error)) expect(receipt).toEqual(answer);
    expect(await number("SELECT count(*) AS n FROM statements WHERE hash = ?", hashOf(text))).toBe(1);
  }
  const audits = await number("SELECT count(*) AS n FROM audits WHERE author = ?", env.ORIGIN);
  expect(audits).toBe(await number("SELECT count(*) AS n FROM submissions"));
  expect(audits).toBe(await number("SELECT count(DISTINCT audit) AS n FROM submissions"));
  const replaced = await number("SELECT count(*) AS n FROM submissions WHERE replaces IS NOT NULL");
  expect(await number("SELECT count(DISTINCT audit || by) AS n FROM responses")).toBe(replaced);
  expect(await number("SELECT count(*) AS n FROM responses")).toBe(replaced);
  await forgetInterval();
  await publishAll();
  const client = await clientFor(world.operator);
  const report = await fsck(client, () => undefined);
  expect(report).toMatchObject({ ok: true, value: { ahead: 0, staged: 0, faults: [] } });
}

const REQUEST: readonly Pause[] = REQUEST_PAUSES;
// `redrive-one` is reached only after a failure of all together: crash/rounds has that.
const DUTY = [...OUTBOX_PAUSES.filter((name) => name !== "redrive-one"), ...ROUND_PAUSES, ...REQUEST];

describe("a request that dies before", () => {
  test.each(REQUEST)("%s leaves one entry with one receipt, re-issued once", async (name) => {
    await holdDuty();
    const text = await world.issue(birch, submissionOf(birch.id, site, auditContent()));
    const { reached } = strike(name, planted);
    expect(await post(birch, text)).toBeInstanceOf(Error);
    expect(reached()).toBe(true);
    plantFault(null);
    await converge();
    const answer = await post(birch, text);
    await converge();
    await expectWhole([[birch, text, answer]]);
  });
});

describe("a duty object that dies before", () => {
  const rows = struckAt(DUTY, ["an error", "an abort"]);

  test.each(rows)("$name, of $what, converges: one audit for each submission", async ({ name, what }) => {
    await holdDuty();
    const left = await world.issue(mill, auditOf(site, "supplier-signed", auditContent()));
    // The round's own commit is struck, not the outbox's: so nothing is left behind for it.
    const isLeft = !REQUEST.includes(name);
    if (isLeft) {
      strike("sequence", planted);
      expect(await post(mill, left)).toBeInstanceOf(Error);
      plantFault(null);
    }
    const taken = await world.issue(birch, submissionOf(birch.id, site, auditContent(), last));
    last = hashOf(taken);
    const answer = await post(birch, taken);
    expect(answer).toHaveProperty("proof");

    const { reached } = strike(name, () => (what === "an error" ? planted() : new Promise(() => {})));
    const struck = runDuty().catch(() => undefined);
    while (!reached()) await scheduler.wait(2);
    if (what === "an abort") await abortAllDurableObjects();
    await struck;
    plantFault(null);

    await converge();
    await expectWhole([[birch, taken, answer], ...(isLeft ? [[mill, left, new Error("none")] as const] : [])]);
  });
});

test("two rounds at once re-issue each submission once", async () => {
  await holdDuty();
  const texts = await Promise.all(
    [last, undefined].map((older) => world.issue(birch, submissionOf(birch.id, site, auditContent(), older))),
  );
  const answers = await Promise.all(texts.map((text) => post(birch, text)));
  let waiting = 0;
  plantFault({
    pause: async (at) => {
      if (at !== "commit-round") return;
      waiting++;
      while (waiting < 2) await scheduler.wait(1);
    },
  });
  const ports = await dutyPorts();
  await Promise.all([intakeRound(ports), intakeRound(ports)]);
  plantFault(null);
  await converge();
  await expectWhole(texts.map((text, i) => [birch, text, answers[i] as object | Error] as const));
});

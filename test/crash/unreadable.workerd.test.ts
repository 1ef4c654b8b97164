import { submissionOf } from "@quasarix/client/drafts.ts";
import { beforeEach, expect, test } from "vitest";
import { intakeRound } from "../../workers/duty/intake.ts";
import { driveOutbox } from "../../workers/duty/outbox.ts";
import { stage } from "../../workers/store/stage.ts";
import { env, newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";
import { dutyPorts, holdDuty, sealedOf } from "./duty-hand.ts";

let world: World;
let members: Org[];
let site: string;

beforeEach(async () => {
  world = await newWorld();
  await holdDuty();
  const mill = await world.admit("mill", "supplier");
  members = [await world.admit("birch", "member"), await world.admit("oak", "member")];
  site = await world.openSite(mill);
});

/** Its wrapped keys no longer open: what a lost version of the key-encryption key leaves. */
const close = (hash: string) =>
  env.DB.prepare(
    `UPDATE statement_bodies SET wrapped = substr(wrapped, 1, length(wrapped) - 4) || 'AAAA'
     WHERE id = (SELECT id FROM statements WHERE hash = ?)`,
  )
    .bind(hash)
    .run();

test("a staged row that does not open keeps no other from the log", async () => {
  const { db, ...ports } = await dutyPorts();
  const staged = await Promise.all(
    members.map(async ({ id }, n) =>
      sealedOf(await world.issue(members[n] as Org, submissionOf(id, site, auditContent())), id),
    ),
  );
  for (const one of staged) await stage(db, [one], 0);
  const [bad, good] = staged.map(({ scope }) => scope.statement) as [string, string];
  await close(bad);
  await expect(driveOutbox({ db, ...ports })).rejects.toThrow("does not open");
  const left = await env.DB.prepare("SELECT hash FROM statements WHERE log_index IS NULL").all();
  expect(left.results).toEqual([{ hash: bad }]);
  expect(
    (await env.DB.prepare("SELECT log_index FROM submissions WHERE hash = ?").bind(good).all()).results,
  ).toHaveLength(1);
});

test("a submission that does not open keeps no other from its round", async () => {
  const [first] = [
    await world.submit(members[0] as Org, site, auditContent()),
    await world.submit(members[1] as Org, site, auditContent()),
  ];
  await close(first.statementHash);
  const ports = await dutyPorts();
  await expect(intakeRound(ports)).rejects.toThrow("does not open");
  const waiting = await env.DB.prepare("SELECT hash FROM submissions WHERE audit IS NULL").all();
  expect(waiting.results).toEqual([{ hash: first.statementHash }]);
});

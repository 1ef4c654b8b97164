import type { Client } from "@quasarix/client/client.ts";
import { checkLedger } from "@quasarix/client/ledger-check.ts";
import { recognitionOf } from "@quasarix/client/recognition-drafts.ts";
import type { LedgerView } from "@quasarix/shared/wire/ledger.ts";
import { beforeAll, expect, test } from "vitest";
import { clientFor } from "../workerd-client.ts";
import { closeBatch, duty, newWorld, publish } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

const NAMES = ["birch", "cedar", "elm", "fir", "gum", "hazel"];
const SMETA = { scheme: "urn:quasarix:scheme:smeta" };
const saves = (cents: number) => ({ days: 1.25, money: { amount: `${cents}.10`, currency: "EUR" } });

let world: World;
let mill: Org;
let members: Org[];
let audit: string;

beforeAll(async () => {
  world = await newWorld();
  mill = await world.admit("mill", "supplier");
  const firm = await world.admit("firm", "auditor");
  members = [];
  for (const name of NAMES) members.push(await world.admit(name, "member"));
  const site = await world.openSite(mill);
  const window = { notBefore: 0, notAfter: Date.now() * 2 };
  const given = { grantSections: ["existence" as const], purposes: ["audit-avoidance" as const], ...window };
  await world.grant(mill, { grantee: "members", site, ...given });
  audit = (await world.audit(firm, site, auditContent())).statementHash;
  await duty();
  await publish();
}, 60_000);

const recognise = async (who: Org, cents: number) =>
  (await world.say(who, recognitionOf(who.id, { audit, instead: SMETA, saved: saves(cents) }))).statementHash;

async function ledgerOf(who: Org): Promise<{ client: Client; ledger: LedgerView }> {
  const client = await clientFor(who);
  const ledger = await client.routes.ledger();
  if (!ledger.ok) throw new Error(JSON.stringify(ledger.failure));
  return { client, ledger: ledger.value };
}

async function checked(who: Org) {
  const { client, ledger } = await ledgerOf(who);
  return [ledger, await checkLedger(client, who.id, ledger)] as const;
}

test("members recognise an audit, once each; the consortium's figures come with the fifth of them, and each finds its own", async () => {
  const [birch, cedar] = members as [Org, Org];
  const hashes: string[] = [];
  for (const [i, member] of members.slice(0, 4).entries()) hashes.push(await recognise(member, i));
  const again = await world.lines(
    "/v1/statements",
    [await world.issue(birch, recognitionOf(birch.id, { audit, instead: SMETA, saved: saves(1) }))],
    birch,
  );
  expect(JSON.stringify(again)).toContain(`in place of that scheme it stands already, by \`${hashes[0]}\``);
  await closeBatch();
  const [four, first] = await checked(birch);
  expect(four.member?.saved).toEqual({ avoided: 1, days: 1.25, money: [{ currency: "EUR", amount: "0.10" }] });
  expect([four.consortium, first]).toEqual([null, { ok: true, value: { recognitions: 1, statements: 0, own: 0 } }]);
  expect((await ledgerOf(mill)).ledger.supplier).toEqual({ recognised: 4, audits: [audit], joints: 0, saved: null });

  await recognise(members[4] as Org, 4);
  await closeBatch();
  const [five, found] = await checked(cedar);
  const saved = { avoided: 5, days: 6.25, money: [{ currency: "EUR", amount: "10.50" }] };
  expect(five.consortium).toMatchObject({ saved, recognitions: 5, joints: 0 });
  expect(found).toEqual({ ok: true, value: { recognitions: 1, statements: 5, own: 1 } });
  expect((await ledgerOf(mill)).ledger.supplier).toMatchObject({ recognised: 5, saved });

  // Taken back: at once to oneself; to the others with four more who had a part in something.
  await world.revoke(cedar, hashes[1] as string);
  await closeBatch();
  const [less] = await checked(cedar);
  expect(less.member?.saved).toEqual({ avoided: 0, days: 0, money: [] });
  expect(less.consortium).toEqual(five.consortium);
  expect((await ledgerOf(mill)).ledger.supplier).toMatchObject({ recognised: 4, saved });
  await recognise(cedar, 7);
  expect((await checked(cedar))[0].member?.saved.avoided).toBe(1);
}, 60_000);

test("figures that are not the sum of what was signed, or of other statements, are refused", async () => {
  const birch = members[0] as Org;
  const { client, ledger } = await ledgerOf(birch);
  const { member, consortium } = ledger as {
    member: NonNullable<LedgerView["member"]>;
    consortium: NonNullable<LedgerView["consortium"]>;
  };
  const check = (over: Partial<LedgerView>) => checkLedger(client, birch.id, { ...ledger, ...over });
  const more = { ...member.saved, avoided: 2 };
  expect(await check({ member: { ...member, saved: more } })).toMatchObject({
    failure: { why: "not the sum of what we signed" },
  });
  expect(await check({ consortium: { ...consortium, recognitions: 6 } })).toMatchObject({
    failure: { why: "another number of recognitions than its statements" },
  });
  expect(await check({ consortium: { ...consortium, saved: { ...consortium.saved, avoided: 6 } } })).toMatchObject({
    failure: { why: "another number of audits avoided than its statements" },
  });
  expect(await check({ consortium: null })).toMatchObject({ failure: { why: "statements without figures" } });
  const doubled = {
    ...client,
    routes: {
      ...client.routes,
      ledgerStatements: async () => {
        const page = await client.routes.ledgerStatements();
        if (!page.ok) return page;
        const [one] = page.value.items;
        return { ok: true as const, value: { items: [one as never, one as never, ...page.value.items], next: null } };
      },
    },
  };
  expect(await checkLedger(doubled, birch.id, ledger)).toMatchObject({
    failure: { why: "a statement stands there twice, or out of order" },
  });
});

import { rulebookOf } from "@quasarix/client/drafts.ts";
import { FIRST_RULEBOOK, type Rulebook } from "@quasarix/shared/policy/rulebook.ts";
import type { ReceiptView } from "@quasarix/shared/wire/receipts.ts";
import { expect, vi } from "vitest";
import { loadDice, seededDice } from "./seeded-dice.ts";
import { duty, env, newWorld, publish } from "./workerd-world.ts";
import { auditContent, type Org, type World } from "./world.ts";

/** Far ahead of the machine's clock, so that no alarm goes off but those that the test sets off. */
export const NOON = 1_990_000_000_000;
export const DAY = 86_400_000;
export const PURPOSE = "purpose=due-diligence";

export interface House {
  readonly world: World;
  readonly mill: Org;
  readonly birch: Org;
  readonly cedar: Org;
  readonly firm: Org;
  readonly site: string;
  readonly audit: string;
}

/** Two members with equal grants on one audit, under a rulebook whose receipts are shown so; the same ids each time. */
export async function house(show: Rulebook["receipts"], seed = "receipts"): Promise<House> {
  vi.useFakeTimers({ toFake: ["Date"], now: NOON });
  const dice = seededDice(seed);
  loadDice(dice);
  const world = await newWorld({ random: (length) => dice(length) });
  const mill = await world.admit("mill", "supplier");
  const birch = await world.admit("birch", "member");
  const cedar = await world.admit("cedar", "member");
  const firm = await world.admit("firm", "auditor");
  const site = await world.openSite(mill, "=Mill, 1");
  const { statement: _, ...first } = FIRST_RULEBOOK;
  await world.say(world.operator, rulebookOf(env.ORIGIN, { ...first, receipts: show }));
  for (const member of [birch, cedar]) await grant(world, mill, member, site);
  const audit = (await world.audit(firm, site, auditContent())).statementHash;
  await duty();
  await publish();
  return { world, mill, birch, cedar, firm, site, audit };
}

const grant = (world: World, mill: Org, member: Org, site: string) =>
  world.grant(mill, {
    grantee: member.id,
    site,
    grantSections: ["existence", "scores"],
    purposes: ["due-diligence"],
    notBefore: 0,
    notAfter: NOON * 2,
  });

export const read = async ({ world, audit }: House, who: Org, id = audit) =>
  expect((await world.get(who, `/v1/audits/${id}?${PURPOSE}`)).status).toBe(200);
export const receiptsOf = async ({ world }: House, who: Org, query = "") =>
  (await world.json<{ items: ReceiptView[] }>(who, "GET", `/v1/receipts${query && "?"}${query}`)).items;
export const csvOf = async ({ world }: House, who: Org, query = "") =>
  (await (await world.get(who, `/v1/receipts.csv${query && "?"}${query}`)).text()).split("\r\n").slice(0, -1);

/** As after each test of one. */
export function leaveHouse(): void {
  vi.restoreAllMocks();
  vi.useRealTimers();
}

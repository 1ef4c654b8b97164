import { listedOf } from "@quasarix/client/discovery-drafts.ts";
import type { OverlapAsk, OverlapView } from "@quasarix/shared/wire/overlap.ts";
import { closeBatch, duty, publish } from "../workerd-world.ts";
import type { Org, World } from "../world.ts";

/** Everyone a batch needs to say more than yes and no, by name. */
export const MEMBERS = ["birch", "cedar", "elm", "fir", "hazel", "juniper", "larch", "maple", "oak"] as const;

export const SMETA = "urn:quasarix:scheme:smeta";

/** A day so many days ago. */
export const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** A row of this member's list, `days` old. */
export const lists = (world: World, who: Org, site: string, days = 30) =>
  world.say(who, listedOf(who.id, site, { scheme: SMETA, auditFrom: daysAgo(days) }));

/** Intake's round, and then a batch. */
export async function batch(): Promise<void> {
  await duty();
  await publish();
  await closeBatch();
}

/** The answer as it came, but for what tells one request from another. */
export async function overlapBytes(world: World, who: Org, ask: OverlapAsk = {}): Promise<string> {
  const body = new TextEncoder().encode(JSON.stringify(ask));
  const answer = await world.send(who, "POST", "/v1/overlap", body, "application/json");
  const headers = [...answer.headers].filter(([name]) => name !== "request-id" && name !== "date");
  return JSON.stringify([answer.status, headers, await answer.text()]);
}

export const overlapFor = (world: World, who: Org, ask: OverlapAsk = {}): Promise<OverlapView> =>
  world.json<OverlapView>(who, "POST", "/v1/overlap", ask);

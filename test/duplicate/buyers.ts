import { intentOf } from "@quasarix/client/intent-drafts.ts";
import { listingOf } from "@quasarix/client/listing-drafts.ts";
import type { IntentClaims, IntentReason } from "@quasarix/shared/duplicate/intent.ts";
import type { IntentMade } from "@quasarix/shared/wire/intents.ts";
import type { Problem } from "@quasarix/shared/wire/problem.ts";
import { auditContent, type Org, type World } from "../world.ts";

export const SMETA = "urn:quasarix:scheme:smeta";

/** Days from today, YYYY-MM-DD. */
export const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export const plan = (site: string, over: Partial<IntentClaims> = {}): Omit<IntentClaims, "anyway"> => ({
  site,
  schemes: [SMETA],
  topics: [],
  from: day(30),
  until: day(60),
  kind: "full",
  mayJoin: true,
  ...over,
});

/** Admits members and has each sign that the sites supply it: active, and on their lists. */
export async function buyers(world: World, names: readonly string[], sites: readonly string[]): Promise<Org[]> {
  const members: Org[] = [];
  for (const name of names) {
    const member = await world.admit(name, "member");
    await world.say(member, listingOf(member.id, { relation: "current", sites }));
    members.push(member);
  }
  return members;
}

interface Why {
  readonly reason?: IntentReason;
  readonly replaces?: string;
}

/** Takes the intent into the log; throws with the problem where it is refused. */
export const intend = async (world: World, who: Org, claims: Omit<IntentClaims, "anyway">, why: Why = {}) =>
  world.json<IntentMade>(who, "POST", "/v1/intents", {
    statement: await world.issue(who, intentOf(who.id, claims, why)),
  });

/** The problem by which it is refused. */
export async function refusedIntent(world: World, who: Org, claims: Omit<IntentClaims, "anyway">, why: Why = {}) {
  const body = JSON.stringify({ statement: await world.issue(who, intentOf(who.id, claims, why)) });
  const response = await world.send(who, "POST", "/v1/intents", new TextEncoder().encode(body), "application/json");
  const { type, status, detail } = (await response.json()) as Problem;
  return { type, status, detail };
}

/** A report of this scheme and day, as a member hands it in. */
export const report = (auditFrom: string, topics: readonly string[] = []) =>
  auditContent({
    existence: {
      ...auditContent().existence,
      scheme: { id: SMETA, version: "7.0" },
      auditFrom,
      validUntil: day(300),
      topics: [...topics],
    },
  });

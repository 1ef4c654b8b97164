import { atOnce } from "@quasarix/client/at-once.ts";
import { intentOf } from "@quasarix/client/intent-drafts.ts";
import { listingOf } from "@quasarix/client/listing-drafts.ts";
import { policyOf } from "@quasarix/client/policy-drafts.ts";
import { recognitionOf } from "@quasarix/client/recognition-drafts.ts";
import { all } from "@quasarix/client/routes.ts";
import type { IntentClaims } from "@quasarix/shared/duplicate/intent.ts";
import { PRESETS } from "@quasarix/shared/duplicate/presets.ts";
import type { SiteView } from "@quasarix/shared/wire/registry.ts";
import { dayOf } from "./days.ts";
import { must, type Party } from "./party.ts";

const DAY_MS = 86_400_000;
const POLL_MS = 250;
const PATIENCE_MS = 15_000;
const SCHEME = "urn:quasarix:scheme:slcp";

/** Lists, acceptance policies, an audit that two members order together, and one that nobody orders. Said once. */
export async function orderNothingTwice(members: readonly Party[], sites: readonly SiteView[]): Promise<void> {
  await atOnce(4, members, async (member, turn) => {
    await listOwn(member, sites, turn);
    await publishPolicy(member);
  });
  const [first, second, third] = members as [Party, Party, Party];
  // The only site that both list for certain: the first one's list has every second, the second one's the others and this.
  const site = (sites[0] as SiteView).id;
  await planTogether(first, second, site);
  await recognise(third);
}

/** Every second site, and the first one. */
async function listOwn({ client, author, who }: Party, sites: readonly SiteView[], turn: number): Promise<void> {
  if (must(await client.routes.listings({ limit: 1 })).items.length > 0) return;
  const own = sites.filter((_, at) => at === 0 || (at + turn) % 2 === 0).map(({ id }) => id);
  must(await author.say(listingOf(who.org, { relation: "current", sites: own })));
}

async function publishPolicy({ client, author, who }: Party): Promise<void> {
  if (must(await client.routes.policies({ limit: 1, side: "own" })).items.length > 0) return;
  must(await author.say(policyOf(who.org, PRESETS["any-recent"].policy)));
}

function need(site: string, now: number): Omit<IntentClaims, "anyway"> {
  const [from, until] = [dayOf(now + 60 * DAY_MS), dayOf(now + 120 * DAY_MS)];
  return { site, schemes: [SCHEME], topics: [], from, until, kind: "full", mayJoin: true };
}

/** The first one plans; the second hears of a plan, not of whose, and joins it. */
async function planTogether(first: Party, second: Party, site: string): Promise<void> {
  const now = first.client.host.now();
  if ((await intentsOf(first)).length === 0) must(await first.author.say(intentOf(first.who.org, need(site, now))));
  const own = await intentsOf(second);
  if (own.some(({ joins }) => joins !== null)) return;
  const asked =
    own[0]?.intent ?? must(await second.author.say(intentOf(second.who.org, need(site, now)))).statementHash;
  const joins = await planHeardOf(second, asked);
  if (joins === null) return;
  must(await second.author.say(intentOf(second.who.org, { ...need(site, now), joins }, { replaces: asked })));
}

const intentsOf = async ({ client }: Party) =>
  must(await all((cursor) => client.routes.intents({ cursor, limit: 100 }))).filter(
    ({ state }) => state === "standing",
  );

/** Once the batch with the other's plan is closed; null where that takes too long. */
async function planHeardOf({ client }: Party, intent: string): Promise<string | null> {
  for (const until = client.host.now() + PATIENCE_MS; client.host.now() < until; await client.host.wait(POLL_MS)) {
    const { answer } = must(await client.routes.intent(intent));
    if (answer?.planned?.plan) return answer.planned.plan;
  }
  return null;
}

/** An audit that it reads by a grant did in place of one of its own. */
async function recognise({ client, author, who }: Party): Promise<void> {
  if (must(await client.routes.recognitions({ limit: 1 })).items.length > 0) return;
  const audits = must(await all((cursor) => client.routes.audits({ cursor, limit: 100, purpose: "due-diligence" })));
  const granted = audits.filter(({ because, provenance }) => because.length > 0 && provenance === "auditor-signed");
  const [{ audit, scheme }] = granted as [(typeof granted)[number]];
  const saved = { days: 3, money: { amount: "2400.00", currency: "EUR" } };
  must(await author.say(recognitionOf(who.org, { audit, instead: { scheme }, saved })));
}

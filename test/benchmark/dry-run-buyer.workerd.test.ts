import { auditOf, siteOf } from "@quasarix/client/drafts.ts";
import { listingOf } from "@quasarix/client/listing-drafts.ts";
import type { ProposalView } from "@quasarix/shared/wire/releases.ts";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { holdDuty } from "../crash/duty-hand.ts";
import { env } from "../workerd-env.ts";
import type { Org } from "../world.ts";
import { auditOn, type Pool, planIn, pool } from "./pool.ts";

const BUYER = 3;
const FAKES = 40;
const PLACE = { country: "IN", sector: "mica", tier: "1" } as const;
let made: Pool;
let crook: Org;
const memberAt = (i: number) => made.members[i % 8] as Org;

beforeAll(async () => {
  made = await pool(8, 6);
  await holdDuty();
  await post(
    made.firm,
    made.sites.flat().map((site) => auditOf(site, "auditor-signed", auditOn("2036-03-04", 0))),
  );
  crook = await made.world.admit("crook", "supplier");
}, 120_000);
afterAll(() => vi.useRealTimers());

async function post(by: Org, sayings: readonly Parameters<Pool["world"]["issue"]>[1][]): Promise<void> {
  const texts: string[] = [];
  for (const saying of sayings) texts.push(await made.world.issue(by, saying));
  await made.world.lines("/v1/statements", texts, by);
}

async function opened(by: Org, name: string): Promise<string> {
  const site = await made.world.reserve(made.world.operator, "site");
  await post(made.world.operator, [siteOf(env.ORIGIN, site, { ...PLACE, supplier: by.id, name })]);
  return site.id;
}

/** What a member is shown of a plan, as of a discovery batch of all that is logged. */
async function lookedAt(by: Org): Promise<string[]> {
  await env.DB.prepare("DELETE FROM discovery_batches").run();
  const batch = `INSERT INTO discovery_batches (number, closed_at, size)
    SELECT 1, ?1, 1 + (SELECT max(log_index) FROM statements)`;
  await env.DB.prepare(batch).bind(Date.now()).run();
  const ask = { kind: "year", metrics: ["findings/critical"], dryRun: true };
  const seen = await made.world.json<ProposalView>(by, "POST", "/v1/release-plans/proposals", ask);
  return (planIn(seen).series[0]?.cells ?? []).map(({ path }) => path);
}

test("a supplier's account of one's own, which names members of invented sites, tells nobody's customer", async () => {
  const site = await opened(made.mill, "Mine 1");
  await post(made.firm, [auditOf(site, "auditor-signed", auditOn("2036-03-04", 3))]);
  await post(memberAt(BUYER), [listingOf(memberAt(BUYER).id, { relation: "current", sites: [site] })]);
  const fakes: string[] = [];
  for (let i = 0; i < FAKES; i++) fakes.push(await opened(crook, `Fake ${i}`));
  const days = ["2036-02-01", "2036-05-01"];
  await post(
    crook,
    fakes.flatMap((fake) => days.map((day) => auditOf(fake, "supplier-signed", auditOn(day, 0)))),
  );
  const give = (i: number) =>
    made.world.grant(crook, {
      ...{ grantSections: ["existence"], purposes: ["due-diligence"], notBefore: 0, notAfter: 1 },
      ...{ grantee: memberAt(i).id, site: fakes[i] as string },
    });
  const given: string[] = [];
  for (const i of fakes.keys()) given.push((await give(i)).statementHash);
  // One fewer of one member: with the site that is looked for its cell has enough, if that is this member's.
  const told: number[] = [];
  for (const q of made.members.keys()) {
    await made.world.revoke(crook, given[q] as string);
    if ((await lookedAt(memberAt(7))).includes("industry=mica")) told.push(q);
    given[q] = (await give(q)).statementHash;
  }
  expect(told).toEqual([]);
}, 120_000);

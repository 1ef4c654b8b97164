import { withdrawalOf } from "@quasarix/client/discovery-drafts.ts";
import { revokeOf } from "@quasarix/client/drafts.ts";
import { intentOf } from "@quasarix/client/intent-drafts.ts";
import { listingOf } from "@quasarix/client/listing-drafts.ts";
import { mergeOf, splitOf } from "@quasarix/client/merge-drafts.ts";
import { policyOf } from "@quasarix/client/policy-drafts.ts";
import { PRESETS } from "@quasarix/shared/duplicate/presets.ts";
import type { LookUpView, OverlapTotals, WithdrawalView } from "@quasarix/shared/wire/overlap.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { closeBatch, duty, env, newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";
import { buyers } from "./buyers.ts";
import { batch, daysAgo, lists, MEMBERS, overlapFor, SMETA } from "./overlap-world.ts";

let world: World;
let mill: Org;
let sites: [string, string, string];
let members: Org[];
let birch: Org;
let cedar: Org;

const stateOf = async (who: Org, site: string) =>
  (await overlapFor(world, who)).sites.find((one) => one.site === site)?.state;

async function consortium(names: readonly string[]): Promise<void> {
  world = await newWorld();
  mill = await world.admit("mill", "supplier");
  sites = [
    await world.openSite(mill, "Mill 1"),
    await world.openSite(mill, "Mill 2"),
    await world.openSite(mill, "Mill 3"),
  ];
  members = (await Promise.all(names.map((name) => buyers(world, [name], sites.slice(0, 2))))).flat();
  [birch, cedar] = members as [Org, Org];
}

describe("among nine members", () => {
  beforeEach(async () => {
    await consortium(MEMBERS);
    await batch();
  }, 60_000);

  test("each site of one's own list has a state, and what is at stake is named an estimate", async () => {
    await lists(world, cedar, sites[0]);
    await lists(world, cedar, sites[1], 900);
    await batch();
    const view = await overlapFor(world, birch);
    expect(view).toMatchObject({ detail: "states", need: "valid" });
    expect(view.counts).toEqual({ sites: 2, usable: 1, own: 0, planned: 0, expired: 1, unknown: 0 });
    expect(view.atStake).toMatchObject({ audits: 1, days: [2, 5] });
    expect(view.atStake.estimate).toMatch(/^An estimate/);
    expect((await overlapFor(world, cedar)).counts).toMatchObject({ usable: 1, own: 1, expired: 1 });
    expect((await overlapFor(world, birch, { schemes: ["urn:quasarix:scheme:sa8000"] })).counts.unknown).toBe(2);
  });

  test("what others do is heard when the batch closes, and what one does oneself at once", async () => {
    await lists(world, cedar, sites[0]);
    // The round alone: of a batch nothing is closed while none is due.
    await env.DB.prepare("UPDATE discovery_batches SET closed_at = closed_at + 86400000").run();
    await duty();
    expect(await stateOf(birch, sites[0])).toBe("unknown");
    expect(await stateOf(cedar, sites[0])).toBe("usable");
    await env.DB.prepare("UPDATE discovery_batches SET closed_at = closed_at - 86400000").run();
    await closeBatch();
    expect(await stateOf(birch, sites[0])).toBe("usable");
  });

  test("an audit that another member plans is heard of until it is called off, and by the planner never", async () => {
    const window = { from: daysAgo(-10), until: daysAgo(-40) };
    const claims = { site: sites[0], schemes: [SMETA], topics: [], kind: "full" as const, mayJoin: false, ...window };
    const { statementHash: intent } = await world.say(cedar, intentOf(cedar.id, claims));
    expect(await stateOf(birch, sites[0])).toBe("unknown");
    await batch();
    expect([await stateOf(birch, sites[0]), await stateOf(cedar, sites[0])]).toEqual(["planned", "unknown"]);
    await world.say(cedar, revokeOf(cedar.id, intent));
    expect(await stateOf(birch, sites[0])).toBe("planned");
    await closeBatch();
    expect(await stateOf(birch, sites[0])).toBe("unknown");
  });

  test("an audit that was filed under a merged id counts, and no longer once they are split", async () => {
    await lists(world, cedar, sites[2]);
    await batch();
    expect(await stateOf(birch, sites[0])).toBe("unknown");
    const { statementHash: merge } = await world.say(world.operator, mergeOf(sites[0], sites[2]));
    expect(await stateOf(birch, sites[0])).toBe("usable");
    await world.say(mill, withdrawalOf(mill.id, { site: sites[0] }));
    expect(await stateOf(birch, sites[0])).toBe("unknown");
    await world.say(world.operator, splitOf(sites[0], merge));
    expect(await stateOf(birch, sites[0])).toBe("unknown");
  });

  test("what counts as usable is one's own acceptance policy, once there is one", async () => {
    await lists(world, cedar, sites[0]);
    await batch();
    await world.say(birch, policyOf(birch.id, PRESETS["any-recent"].policy));
    expect(await overlapFor(world, birch)).toMatchObject({ need: "policy", counts: { usable: 1 } });
    await world.say(birch, policyOf(birch.id, { ...PRESETS["any-recent"].policy, provenances: ["auditor-signed"] }));
    expect(await overlapFor(world, birch)).toMatchObject({ need: "policy", counts: { usable: 0 } });
    expect(await overlapFor(world, cedar)).toMatchObject({ need: "valid" });
  });

  test("nothing is said of a site that is not on one's own list, or no longer", async () => {
    await lists(world, cedar, sites[2]);
    await batch();
    expect((await overlapFor(world, birch)).sites.map(({ site }) => site)).toEqual(sites.slice(0, 2).sort());
    await world.say(birch, listingOf(birch.id, { relation: "current", sites: [], drops: [sites[0]] }));
    expect((await overlapFor(world, birch)).sites.map(({ site }) => site)).toEqual([sites[1]]);
    expect(
      (await world.send(mill, "POST", "/v1/overlap", new TextEncoder().encode("{}"), "application/json")).status,
    ).toBe(404);
  });

  test("a supplier takes its site out of discovery and puts it back; what is granted stays granted", async () => {
    const firm = await world.admit("firm", "auditor");
    const existence = { ...auditContent().existence, auditFrom: daysAgo(10) };
    const { statementHash: audit } = await world.audit(firm, sites[0], auditContent({ existence }));
    await world.grant(mill, {
      ...{ grantee: birch.id, site: sites[0], grantSections: ["existence"], purposes: ["due-diligence"] },
      ...{ notBefore: 0, notAfter: 9_999_999_999_999 },
    });
    await batch();
    expect(await stateOf(cedar, sites[0])).toBe("usable");
    for (let times = 0; times < 2; times++) await world.say(mill, withdrawalOf(mill.id, { site: sites[0] }));
    expect(await stateOf(cedar, sites[0])).toBe("unknown");
    const access = await world.json<{ discovery: object }>(
      mill,
      "GET",
      `/v1/audits/${audit}/access?purpose=due-diligence`,
    );
    expect(access.discovery).toMatchObject({ open: false, why: "discovery-withdrawn" });
    expect((await world.get(birch, `/v1/audits/${audit}?purpose=due-diligence`)).status).toBe(200);
    const last = (await withdrawals()).at(-1) as WithdrawalView;
    await world.say(mill, revokeOf(mill.id, last.withdrawal));
    expect((await withdrawals()).map(({ revoked }) => revoked)).toEqual([true, true]);
    expect(await stateOf(cedar, sites[0])).toBe("usable");
  });

  test("a supplier sees how often its sites were asked for, once a member and batch, when the batch is over", async () => {
    for (let times = 0; times < 3; times++) await overlapFor(world, birch);
    await overlapFor(world, cedar);
    expect(await lookUps()).toEqual([]);
    await world.say(birch, listingOf(birch.id, { relation: "intended", sites: [sites[2]] }));
    await batch();
    const quarter = expect.stringMatching(/^\d{4}-Q[1-4]$/);
    expect(await lookUps()).toEqual(sites.slice(0, 2).map((site) => ({ site, quarters: [{ quarter, lookUps: 2 }] })));
    expect(JSON.stringify(await lookUps())).not.toContain(birch.id);
  });

  test("the secretariat sees sums that are those of the members' own answers", async () => {
    await lists(world, cedar, sites[0]);
    await lists(world, birch, sites[0]);
    await lists(world, cedar, sites[1], 900);
    await world.say(birch, listingOf(birch.id, { relation: "intended", sites: [sites[2]] }));
    await batch();
    const totals = await world.json<OverlapTotals>(world.operator, "GET", "/v1/operator/overlap");
    expect(totals).toMatchObject({ members: 9, sites: 3, shared: 2, usable: 1, audits: 1, heldTwice: 1 });
    const seen = await Promise.all(members.map((who) => overlapFor(world, who)));
    const usable = new Set(
      seen.flatMap((view) => view.sites.filter(({ state }) => state === "usable")).map(({ site }) => site),
    );
    expect(totals.usable).toBe(usable.size);
    expect((await world.get(birch, "/v1/operator/overlap")).status).toBe(404);
  });
});

describe("among four members", () => {
  beforeEach(() => consortium(MEMBERS.slice(0, 4)), 60_000);

  test("a site is yes or no, and no question is taken that would make more of it", async () => {
    await lists(world, cedar, sites[0]);
    await batch();
    const view = await overlapFor(world, birch);
    expect(view).toMatchObject({
      detail: "yes-no",
      counts: { sites: 2, usable: 1, planned: null, expired: null, unknown: null },
    });
    expect(view.sites.map(({ age, missing }) => [age, missing])).toEqual([
      [null, null],
      [null, null],
    ]);
    await expect(overlapFor(world, birch, { schemes: [SMETA] })).rejects.toThrow(/422.*fewer than 8 active members/);
  });

  test("what the supplier told all members itself is heard at once, and more of it than yes", async () => {
    const firm = await world.admit("firm", "auditor");
    const existence = { ...auditContent().existence, auditFrom: daysAgo(10) };
    await batch();
    await world.audit(firm, sites[0], auditContent({ existence }));
    const row = async () => (await overlapFor(world, birch)).sites.find(({ site }) => site === sites[0]);
    expect(await row()).toMatchObject({ state: "no", age: null });
    const published = await world.grant(mill, {
      ...{ grantee: "members", site: sites[0], grantSections: ["existence"], purposes: ["audit-avoidance"] },
      ...{ notBefore: 0, notAfter: 9_999_999_999_999 },
    });
    expect(await row()).toMatchObject({ state: "yes", own: false, age: "0-6", missing: [] });
    await world.say(mill, revokeOf(mill.id, published.statementHash));
    expect(await row()).toMatchObject({ state: "no", age: null });
  });

  test("a policy counts from the next batch on: one after the other would make more of yes and no, too", async () => {
    await lists(world, cedar, sites[0]);
    await batch();
    await world.say(birch, policyOf(birch.id, { ...PRESETS["any-recent"].policy, provenances: ["auditor-signed"] }));
    expect(await overlapFor(world, birch)).toMatchObject({ need: "valid", counts: { usable: 1 } });
    await closeBatch();
    expect(await overlapFor(world, birch)).toMatchObject({ need: "policy", counts: { usable: 0 } });
  });

  test("a supplier hears of no look-up: of four members too few may have asked", async () => {
    await batch();
    await overlapFor(world, birch);
    await batch();
    await world.say(birch, listingOf(birch.id, { relation: "intended", sites: [sites[2]] }));
    await batch();
    expect(await lookUps()).toEqual([]);
    await buyers(world, ["larch"], [sites[2]]);
    await batch();
    expect((await lookUps()).length).toBeGreaterThan(0);
  });

  test("the secretariat hears nothing", async () => {
    await batch();
    const totals = await world.json<OverlapTotals>(world.operator, "GET", "/v1/operator/overlap");
    expect(totals).toMatchObject({
      members: null,
      sites: null,
      shared: null,
      usable: null,
      audits: null,
      heldTwice: null,
    });
  });
});

const withdrawals = async () => (await world.json<{ items: WithdrawalView[] }>(mill, "GET", "/v1/discovery")).items;
const lookUps = async () => (await world.json<{ items: LookUpView[] }>(mill, "GET", "/v1/look-ups")).items;

import { grantOf, rulebookOf } from "@quasarix/client/drafts.ts";
import { listingOf } from "@quasarix/client/listing-drafts.ts";
import { mergeOf, splitOf } from "@quasarix/client/merge-drafts.ts";
import { policyOf } from "@quasarix/client/policy-drafts.ts";
import { requestOf } from "@quasarix/client/request-drafts.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import type { AcceptancePolicy } from "@quasarix/shared/duplicate/acceptance.ts";
import type { EvaluationsView } from "@quasarix/shared/wire/evaluate.ts";
import type { PolicyView } from "@quasarix/shared/wire/policies.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { env } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";
import { anyRecent, policyWorld, speech } from "./policy-world.ts";

let world: World;
let mill: Org;
let birch: Org;
let cedar: Org;
let site: string;

beforeEach(async () => {
  ({ world, mill, birch, cedar, site } = await policyWorld());
});

const { publish, list, current, status } = speech(() => world);
const evaluation = (who: Org, body: object): Promise<Response> =>
  world.send(who, "POST", "/v1/evaluate", utf8(JSON.stringify(body)), "application/json");
const evaluated = async (who: Org, body: object): Promise<EvaluationsView> =>
  world.json<EvaluationsView>(who, "POST", "/v1/evaluate", body);

describe("an acceptance policy", () => {
  test("has a number, and the newest is in force", async () => {
    const first = await publish(birch, anyRecent);
    const second = await publish(birch, { ...anyRecent, name: "Stricter", maxAgeMonths: 6 });
    await publish(cedar, anyRecent);
    const member = { id: birch.id, name: "birch" };
    expect(await list(birch, "own")).toEqual([
      { policy: first, member, version: 1, inForce: false, accepts: anyRecent },
      {
        policy: second,
        member,
        version: 2,
        inForce: true,
        accepts: { ...anyRecent, name: "Stricter", maxAgeMonths: 6 },
      },
    ]);
    expect(await world.json(birch, "GET", `/v1/policies/${first}`)).toMatchObject({ version: 1, inForce: false });
  });

  test.each([
    {
      what: "with a grade that is none",
      who: () => birch,
      over: {
        schemes: [
          {
            scheme: "urn:quasarix:scheme:amfori-bsci",
            minimum: { scale: "urn:quasarix:scale:amfori-bsci-grade", value: "F" },
          },
        ],
      },
      want: { status: 422, says: "E, D, C, B, A, the worst first at schemes/0/minimum" },
    },
    {
      what: "with a point of its own",
      who: () => birch,
      over: { price: 3 },
      want: { status: 422, says: "Unrecognized key" },
    },
    { what: "of a supplier", who: () => mill, over: {}, want: { status: 404, says: "" } },
  ])("$what is refused", async ({ who, over, want }) => {
    const statement = await world.issue(who(), policyOf(who().id, { ...anyRecent, ...over } as AcceptancePolicy));
    const [line] = await world.lines("/v1/statements", [statement], who());
    const problem = line && "problem" in line ? line.problem : undefined;
    expect(problem?.status).toBe(want.status);
    expect(JSON.stringify(problem)).toContain(want.says);
  });

  test("in another's dossier is refused", async () => {
    const statement = await world.issue(birch, policyOf(cedar.id, anyRecent));
    const [line] = await world.lines("/v1/statements", [statement], birch);
    expect(line && "problem" in line ? line.problem.status : 201).toBe(422);
  });
});

/** The member names itself to the supplier of the site, as it does in each request from here on. */
async function namesItself(...who: Org[]): Promise<void> {
  await world.say(
    world.operator,
    rulebookOf(env.ORIGIN, {
      ...{ mode: "supplier-consent", receipts: { show: "category" }, reciprocityDays: null, embargo: "none" },
      requesters: "named",
    }),
  );
  for (const one of who) {
    const asked = { site, requestSections: ["existence" as const], purposes: ["audit-avoidance" as const] };
    await world.say(one, requestOf(one.id, { ...asked, until: Date.now() + 86_400_000 }));
  }
}

describe("a policy is shown to the member's own suppliers", () => {
  test("whose site it lists as current, in force only, and to nobody else", async () => {
    const spinner = await world.admit("spinner", "supplier");
    const elsewhere = await world.openSite(spinner, "Spinnery");
    await namesItself(birch, cedar);
    const old = await publish(birch, anyRecent);
    const newest = await publish(birch, { ...anyRecent, maxAgeMonths: 6 });
    expect(await list(mill, "shown")).toEqual([]);

    await current(birch, [site]);
    await world.say(cedar, listingOf(cedar.id, { relation: "intended", sites: [site] }));
    await publish(cedar, anyRecent);
    expect((await list(mill, "shown")).map(({ policy, member }) => [policy, member?.name])).toEqual([
      [newest, "birch"],
    ]);
    expect(await status(mill, `/v1/policies/${newest}`)).toBe(200);
    expect(await status(mill, `/v1/policies/${old}`)).toBe(404);

    await current(cedar, [elsewhere]);
    for (const who of [cedar, spinner, world.operator]) {
      expect((await list(who, "shown")).filter(({ member }) => member?.id === birch.id)).toEqual([]);
      expect(await status(who, `/v1/policies/${newest}`)).toBe(404);
    }

    await world.say(birch, listingOf(birch.id, { relation: "current", sites: [], drops: [site] }));
    expect(await list(mill, "shown")).toEqual([]);
    expect(await status(mill, `/v1/policies/${newest}`)).toBe(404);
  });

  test("page by page, in an order that does not say who came first", async () => {
    const members = await Promise.all(["elm", "fir", "oak", "yew"].map((name) => world.admit(name, "member")));
    await namesItself(...members);
    const hashes: string[] = [];
    for (const who of members) {
      hashes.push(await publish(who, anyRecent));
      await current(who, [site]);
    }
    const all = (await list(mill, "shown")).map(({ policy }) => policy);
    expect([...all].sort()).toEqual([...hashes].sort());
    const pages: string[] = [];
    let next: string | null = "";
    while (next !== null) {
      const cursor: string = next === "" ? "" : `&cursor=${encodeURIComponent(next)}`;
      const page: { items: PolicyView[]; next: string | null } = await world.json(
        mill,
        "GET",
        `/v1/policies?side=shown&limit=1${cursor}`,
      );
      pages.push(...page.items.map(({ policy }) => policy));
      next = page.next;
    }
    expect(pages).toEqual(all);
  });
});

describe("evaluating", () => {
  const content = auditContent();
  let audit: string;
  let policy: string;

  beforeEach(async () => {
    audit = (await world.audit(await world.admit("firm", "auditor"), site, content)).statementHash;
    policy = await publish(birch, { ...anyRecent, topics: ["fire-safety", "wages"], maxAgeMonths: 120 });
  });

  const grant = (who: Org) =>
    world.say(
      mill,
      grantOf(mill.id, {
        grantee: who.id,
        site,
        grantSections: ["existence"],
        purposes: ["audit-avoidance"],
        notBefore: 0,
        notAfter: Date.now() + 86_400_000,
      }),
    );

  test("the supplier reads what the buyer reads", async () => {
    await grant(birch);
    await current(birch, [site]);
    await namesItself(birch);
    const asked = { policy, audits: [audit] };
    const [buyer, supplier] = [await evaluated(birch, asked), await evaluated(mill, asked)];
    expect(supplier).toEqual(buyer);
    expect(buyer.items).toMatchObject([{ audit, verdict: "accept-with-gaps", missingTopics: ["wages"] }]);
    expect(buyer.items[0]?.reasons.at(-1)).toEqual({
      code: "topics-missing",
      says: "Nothing shows that the audit covers wages.",
    });
    expect(buyer.items[0]?.acceptableWith).toContain("A gap audit of wages.");
    expect(await evaluated(birch, { site })).toEqual(buyer);
  });

  test("what is not open is not there", async () => {
    const nowhere = { policy, audits: [`A${audit.slice(1)}`] };
    const [refused, missing] = [await evaluation(birch, { audits: [audit] }), await evaluation(birch, nowhere)];
    expect([refused.status, missing.status]).toEqual([404, 404]);
    expect((await evaluated(birch, { site })).items).toEqual([]);
    await grant(birch);
    expect((await evaluation(birch, { audits: [audit] })).status).toBe(200);
    expect((await evaluation(birch, { audits: [audit], purpose: "due-diligence" })).status).toBe(404);
  });

  test("audits of a merged site are looked at by either id, each by its own grants, until it is split", async () => {
    const old = await world.openSite(mill, "Mill One");
    const other = (await world.audit(await world.admit("assay", "auditor"), old, content)).statementHash;
    await grant(birch);
    const merge = (await world.say(world.operator, mergeOf(site, old))).statementHash;
    const seen = async (who: Org, id: string) =>
      (await evaluated(who, { policy, site: id })).items.map((item) => item.audit);
    expect([await seen(birch, site), await seen(birch, old)]).toEqual([[audit], [audit]]);
    await current(birch, [site]);
    await namesItself(birch);
    expect([await seen(mill, site), await seen(mill, old)]).toEqual(Array(2).fill([audit, other]));
    await world.say(world.operator, splitOf(site, merge));
    expect([await seen(mill, site), await seen(mill, old)]).toEqual([[audit], [other]]);
  });

  test("another's policy is not there, and without one of one's own it says so", async () => {
    await grant(cedar);
    expect((await evaluation(cedar, { policy, audits: [audit] })).status).toBe(404);
    const none = await evaluation(cedar, { audits: [audit] });
    expect([none.status, await none.text()]).toEqual([expect.any(Number), expect.stringContaining("/policy")]);
    expect((await evaluation(mill, { policy, audits: [audit] })).status).toBe(404);
  });
});

test("schemes and crosswalk are open to all", async () => {
  const answer = await world.open("/v1/schemes");
  expect(answer.status).toBe(200);
  expect(((await answer.json()) as { schemes: { name: string }[] }).schemes.map(({ name }) => name)).toContain("TfS");
});

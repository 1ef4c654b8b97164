import { consentOf, rulebookOf, termsOf } from "@quasarix/client/drafts.ts";
import { FIRST_RULEBOOK, type Rulebook } from "@quasarix/shared/policy/rulebook.ts";
import { PRESETS } from "@quasarix/shared/policy/sections.ts";
import type { AccessView } from "@quasarix/shared/wire/access.ts";
import type { ReceiptView } from "@quasarix/shared/wire/receipts.ts";
import type { RulebookView } from "@quasarix/shared/wire/rulebook.ts";
import type { AuditSummary } from "@quasarix/shared/wire/sharing.ts";
import type { SubmissionState } from "@quasarix/shared/wire/statement.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { duty, env, newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

const DAY = 86_400_000;
const FOR = "purpose=due-diligence";
const MISSING = "A".repeat(43);

let world: World;
const who = {} as Record<"mill" | "quarry" | "firm" | "birch" | "cedar" | "dogwood", Org>;
let site = "";
let audit = "";
let bought = "";

const withRight = (sharing: "supplier-own" | "buyer-with-supplier-consent") =>
  auditContent({ existence: { ...auditContent().existence, sharing } });

const give = async (to: string, over: object = {}) =>
  (
    await world.grant(who.mill, {
      grantee: to,
      site,
      grantSections: [...PRESETS.findings],
      purposes: ["due-diligence"],
      notBefore: 0,
      notAfter: Date.now() + DAY,
      ...over,
    })
  ).statementHash;

const publishRules = async (rules: Partial<Rulebook>) => {
  const { statement: _, ...first } = FIRST_RULEBOOK;
  return (await world.say(world.operator, rulebookOf(env.ORIGIN, { ...first, ...rules }))).statementHash;
};
const access = async (org: Org, id: string): Promise<AccessView> =>
  world.json<AccessView>(org, "GET", `/v1/audits/${id}/access?${FOR}`);
const opens = (view: AccessView, grant: string) => view.given?.find((one) => one.grant === grant);
const sections = (view: AccessView) => view.sections.map(({ section }) => section);
const status = async (org: Org, path: string) => (await world.get(org, path)).status;
const refusal = async (org: Org, saying: Parameters<World["say"]>[1]) =>
  world.say(org, saying).then(
    () => "taken",
    (error: Error) => error.message.replace(/.*"detail":"([^"]*)".*/, "$1").replace(/.*: (\d{3}) .*/, "$1"),
  );

beforeAll(async () => {
  world = await newWorld();
  for (const name of ["mill", "quarry"] as const) who[name] = await world.admit(name, "supplier");
  who.firm = await world.admit("firm", "auditor");
  for (const name of ["birch", "cedar", "dogwood"] as const) who[name] = await world.admit(name, "member");
  site = await world.openSite(who.mill);
  audit = (await world.audit(who.firm, site, withRight("supplier-own"))).statementHash;
  const submission = await world.submit(who.birch, site, withRight("buyer-with-supplier-consent"));
  await duty();
  const path = `/v1/submissions/${submission.statementHash}`;
  bought = (await world.json<SubmissionState>(who.birch, "GET", path)).audit as string;
}, 60_000);

describe("access says which grants open what", () => {
  let grant = "";
  beforeAll(async () => {
    grant = await give(who.cedar.id, { audit });
  });

  test("to a grantee its own, and nothing of others", async () => {
    const other = await give(who.dogwood.id, { audit, grantSections: ["scores"] });
    const view = await access(who.cedar, audit);
    expect(view).toEqual({
      audit,
      purpose: "due-diligence",
      standing: "grant",
      sections: PRESETS.findings.map((section) => ({ section, because: [grant] })),
    });
    await world.revoke(who.mill, other);
  });

  test("to the owner every grant, and why it opens no more", async () => {
    const [ended, later, other] = [
      await give(who.dogwood.id, { notAfter: 1 }),
      await give(who.dogwood.id, { notBefore: Date.now() + DAY, notAfter: Date.now() + 2 * DAY }),
      await give("members", { purposes: ["audit-avoidance"] }),
    ];
    const back = await give(who.dogwood.id);
    await world.revoke(who.mill, back);
    const view = await access(who.mill, audit);
    const whys = (id: string) => opens(view, id)?.closed.map(({ why }) => why);
    expect(opens(view, grant)).toEqual({ grant, grantee: who.cedar.id, opens: [...PRESETS.findings], closed: [] });
    expect([ended, later, other, back].map(whys)).toEqual([["ended"], ["too-early"], ["purpose"], ["revoked"]]);
    for (const id of [ended, later, other, back]) await world.revoke(who.mill, id).catch(() => null);
  });

  test.each(["dogwood", "quarry"] as const)("to %s, who sees nothing of it, what it says of no audit", async (name) => {
    const [real, none] = [audit, MISSING].map(async (id) => world.get(who[name], `/v1/audits/${id}/access?${FOR}`));
    const [a, b] = [await (real as Promise<Response>), await (none as Promise<Response>)];
    const bytes = async (answer: Response) => {
      const { "request-id": _, ...body } = (await answer.json()) as Record<string, unknown>;
      return [answer.status, body];
    };
    expect(await bytes(a)).toEqual(await bytes(b));
    expect(a.status).toBe(404);
  });

  test("and a look at it leaves no receipt, since it shows nothing of what the audit holds", async () => {
    const count = async () =>
      (await world.json<{ items: ReceiptView[] }>(who.mill, "GET", "/v1/receipts?limit=100")).items.length;
    const before = await count();
    await access(who.cedar, audit);
    expect(await count()).toBe(before);
  });
});

describe("where a buyer paid", () => {
  const read = `/v1/audits/{}?${FOR}`;
  let grant = "";
  let consent = "";

  test("a grant alone opens nothing; the owner hears that a buyer has not consented, not which", async () => {
    grant = await give(who.cedar.id, { audit: bought });
    expect(await status(who.cedar, read.replace("{}", bought))).toBe(404);
    const view = await access(who.mill, bought);
    expect(opens(view, grant)?.closed.map(({ why }) => why)).toEqual(["buyer-consent"]);
    expect(JSON.stringify(view)).not.toContain(who.birch.id);
  });

  test("only the member that handed it in consents", async () => {
    const claims = { audit: bought, consentSections: [...PRESETS.summary], notBefore: 0, notAfter: Date.now() + DAY };
    const foreign = await refusal(who.cedar, consentOf(who.cedar.id, claims));
    const none = await refusal(who.cedar, consentOf(who.cedar.id, { ...claims, audit: MISSING }));
    expect(foreign).toBe(none);
    expect(await refusal(who.birch, consentOf(who.birch.id, { ...claims, audit }))).toBe(none);
    consent = (await world.say(who.birch, consentOf(who.birch.id, claims))).statementHash;
  });

  test("with its consent the grant opens what both say, and no answer names the buyer or its consent", async () => {
    const view = await access(who.cedar, bought);
    expect(view.sections).toEqual(PRESETS.summary.map((section) => ({ section, because: [grant] })));
    const answers = [
      await (await world.get(who.cedar, read.replace("{}", bought))).text(),
      await (await world.get(who.cedar, "/v1/grants?side=received")).text(),
      await (await world.get(who.mill, "/v1/grants?side=given")).text(),
      await (await world.get(who.mill, "/v1/receipts")).text(),
      await (await world.get(who.mill, "/v1/consents")).text(),
      JSON.stringify(await access(who.mill, bought)),
    ];
    for (const answer of answers) for (const secret of [who.birch.id, consent]) expect(answer).not.toContain(secret);
  });

  test("taken back, it is closed from the next request on", async () => {
    await world.revoke(who.birch, consent);
    expect(await status(who.cedar, read.replace("{}", bought))).toBe(404);
  });
});

describe("the rulebook", () => {
  const listed = async (org: Org) =>
    (await world.json<{ items: AuditSummary[] }>(org, "GET", `/v1/audits?${FOR}`)).items.map((one) => one.audit);

  test("is the operator's, and open to all", async () => {
    expect(await refusal(who.mill, rulebookOf(env.ORIGIN, { ...FIRST_RULEBOOK, mode: "pool" }))).toBe("404");
    const view = (await (await world.open("/v1/rulebook")).json()) as RulebookView;
    expect(view).toMatchObject({ statement: null, rulebook: { mode: "supplier-consent" } });
    expect(view.purposes.status).toBe("draft, not reviewed by counsel");
  });

  test("of a pool opens a site to every member once its supplier signed, and closes it when it takes that back", async () => {
    const rulebook = await publishRules({ mode: "pool" });
    expect(await listed(who.dogwood)).toEqual([]);
    expect(await status(who.dogwood, `/v1/dossiers/${site}`)).toBe(404);
    const old = await refusal(who.mill, termsOf(who.mill.id, { site, rulebook: audit }));
    expect(old).toContain("not the rulebook that is in force");
    expect(await refusal(who.quarry, termsOf(who.quarry.id, { site, rulebook }))).toBe("404");
    const terms = (await world.say(who.mill, termsOf(who.mill.id, { site, rulebook }))).statementHash;
    expect(await listed(who.dogwood)).toEqual([audit]);
    expect(await access(who.dogwood, audit)).toMatchObject({
      sections: PRESETS.findings.map((section) => ({ section, because: [terms] })),
    });
    expect(await status(who.dogwood, `/v1/dossiers/${site}`)).toBe(200);
    expect(await status(who.quarry, `/v1/audits/${audit}?${FOR}`)).toBe(404);
    await world.revoke(who.mill, terms);
    expect(await listed(who.dogwood)).toEqual([]);
    expect(await status(who.dogwood, `/v1/audits/${audit}?${FOR}`)).toBe(404);
    expect(await status(who.dogwood, `/v1/dossiers/${site}`)).toBe(404);
  });

  test("that follows asks for the suppliers' signatures anew", async () => {
    const rulebook = await publishRules({ mode: "pool" });
    await world.say(who.mill, termsOf(who.mill.id, { site, rulebook }));
    expect(await listed(who.dogwood)).toEqual([audit]);
    await publishRules({ mode: "pool", reciprocityDays: 365 });
    expect(await listed(who.dogwood)).toEqual([]);
  });

  test("with reciprocity opens what is for all to contributors alone, and from the next request on", async () => {
    const grant = await give("members", { audit });
    expect([await listed(who.dogwood), await listed(who.birch)]).toEqual([[], expect.arrayContaining([audit])]);
    await world.submit(who.dogwood, site, withRight("supplier-own"));
    expect(await listed(who.dogwood)).toContain(audit);
    expect(opens(await access(who.mill, audit), grant)?.closed).toEqual([]);
  });

  test("with an embargo closes what is not final to all but its author, its submitter and its supplier", async () => {
    await publishRules({ embargo: "until-final" });
    const read = (org: Org) => status(org, `/v1/audits/${audit}?${FOR}`);
    expect([await read(who.cedar), await read(who.firm), await read(who.mill)]).toEqual([404, 200, 200]);
    const view = await access(who.mill, audit);
    expect(sections(view)).toContain("findings");
    expect(view.given?.every((one) => one.closed.some(({ why }) => why === "embargo"))).toBe(true);
  });
});

describe("facts that change between a decision and its receipt have it decided anew", () => {
  const version = async (subject: string) => {
    const row = "SELECT facts_version AS n FROM subjects WHERE id = ?";
    return (await env.DB.prepare(row).bind(subject).first<{ n: number }>())?.n ?? -1;
  };
  const claims = { audit: "", consentSections: [...PRESETS.summary], notBefore: 0, notAfter: Date.now() + DAY };

  test.each([
    { what: "a rulebook", of: () => env.ORIGIN, say: () => publishRules({ mode: "pool" }) },
    {
      what: "terms, and their end",
      of: () => site,
      say: async () => {
        const { statement } = await world.json<RulebookView>(null, "GET", "/v1/rulebook");
        const terms = await world.say(who.mill, termsOf(who.mill.id, { site, rulebook: statement as string }));
        await world.revoke(who.mill, terms.statementHash);
      },
      times: 2,
    },
    {
      what: "a consent, and its end",
      of: () => site,
      say: async () => {
        const consent = await world.say(who.birch, consentOf(who.birch.id, { ...claims, audit: bought }));
        await world.revoke(who.birch, consent.statementHash);
      },
      times: 2,
    },
  ])("$what", async ({ of, say, times = 1 }) => {
    const before = await version(of());
    await say();
    expect(await version(of())).toBe(before + times);
  });
});

test("onward sharing has no way in: neither a grantee nor a submitter nor an auditor grants", async () => {
  const claims = {
    grantee: who.dogwood.id,
    site,
    grantSections: [...PRESETS.summary],
    purposes: ["due-diligence" as const],
    notBefore: 0,
    notAfter: Date.now() + DAY,
  };
  for (const org of [who.cedar, who.birch, who.firm, who.quarry, world.operator])
    await expect(world.grant(org, claims)).rejects.toThrow("404");
});

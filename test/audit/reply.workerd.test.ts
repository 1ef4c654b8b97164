import { rulebookOf } from "@quasarix/client/drafts.ts";
import { correctionOf, disputeOf, replyOf } from "@quasarix/client/response-drafts.ts";
import { REPLY_MS } from "@quasarix/shared/audit/lifecycle.ts";
import type { AuditSection } from "@quasarix/shared/policy/sections.ts";
import { parseStatement } from "@quasarix/shared/statement/statement.ts";
import type { AuditSummary, AuditView } from "@quasarix/shared/wire/sharing.ts";
import type { SubmissionState } from "@quasarix/shared/wire/statement.ts";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { holdDuty, runDuty } from "../crash/duty-hand.ts";
import { planted, spare, strike } from "../crash/strike.ts";
import { env, newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

/** Far ahead of the machine's clock, so that no alarm goes off but those that the test sets off. */
const NOON = 1_990_000_000_000;
const DAY = 86_400_000;
const PURPOSE = "purpose=due-diligence";

let world: World;
let mill: Org;
let firm: Org;
let birch: Org;
let cedar: Org;
let site: string;

const at = (time: number) => vi.setSystemTime(time);

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOON });
  world = await newWorld();
  await holdDuty();
  mill = await world.admit("mill", "supplier");
  firm = await world.admit("firm", "auditor");
  birch = await world.admit("birch", "member");
  cedar = await world.admit("cedar", "member");
  site = await world.openSite(mill);
});
afterEach(() => {
  spare();
  vi.useRealTimers();
});

const view = (who: Org, audit: string, more = "") =>
  world.json<AuditView>(who, "GET", `/v1/audits/${audit}?${PURPOSE}${more}`);
const list = async (who: Org) =>
  (await world.json<{ items: AuditSummary[] }>(who, "GET", `/v1/audits?${PURPOSE}`)).items;
const status = async (who: Org, audit: string) => (await world.get(who, `/v1/audits/${audit}?${PURPOSE}`)).status;
const lifecycle = async (who: Org, audit: string) => (await view(who, audit)).lifecycle;
const grant = (to: Org, grantSections: AuditSection[] = ["existence", "findings"]) =>
  world.grant(mill, {
    grantee: to.id,
    site,
    grantSections,
    purposes: ["due-diligence"],
    notBefore: NOON,
    notAfter: NOON + 900 * DAY,
  });
const signed = async () => (await world.audit(firm, site, auditContent())).statementHash;
async function submitted(who: Org, replaces?: string): Promise<{ submission: string; audit: string }> {
  const submission = (await world.submit(who, site, auditContent(), replaces)).statementHash;
  await runDuty();
  const { audit } = await world.json<SubmissionState>(who, "GET", `/v1/submissions/${submission}`);
  return { submission, audit: audit as string };
}
const sectionOf = (presentation: string, name: string) => {
  const parsed = parseStatement(presentation);
  if (!parsed.ok) throw new Error(parsed.failure.reason);
  return parsed.value.sections.get(name)?.members;
};

test("a draft is opened, answered, read with its reply, and final after 30 days to the millisecond", async () => {
  const audit = await signed();
  await grant(cedar);
  expect(await lifecycle(cedar, audit)).toEqual({
    state: "draft",
    finalAt: null,
    response: "awaited",
    correctedBy: null,
  });
  await runDuty();
  expect((await lifecycle(cedar, audit))?.state).toBe("draft");

  at(NOON + DAY);
  await view(mill, audit);
  await runDuty();
  const finalAt = NOON + DAY + REPLY_MS;
  expect(await lifecycle(cedar, audit)).toMatchObject({ state: "delivered", finalAt, response: "awaited" });

  at(NOON + 2 * DAY);
  await world.say(
    mill,
    replyOf({ audit, site }, { text: "Thank you.", answers: [{ finding: 1, done: true, text: "Cleared." }] }),
  );
  const seen = await view(cedar, audit);
  expect(seen.lifecycle).toMatchObject({ state: "delivered", finalAt, response: "replied" });
  expect(seen.responses).toHaveLength(1);
  expect(sectionOf(seen.responses[0]?.presentation as string, "reply")).toEqual({
    text: "Thank you.",
    answers: [{ finding: 1, done: true, text: "Cleared." }],
  });
  at(finalAt - 1);
  expect((await lifecycle(cedar, audit))?.state).toBe("delivered");
  at(finalAt);
  expect((await lifecycle(cedar, audit))?.state).toBe("final");
  expect((await list(cedar))[0]).toMatchObject({ audit, sharing: "supplier-own", lifecycle: { state: "final" } });
});

test("a reader without the findings sees that there is a reply, and not what it says", async () => {
  const audit = await signed();
  await grant(cedar, ["existence", "scores"]);
  await world.say(mill, replyOf({ audit, site }, { text: "In confidence." }));
  const seen = await view(cedar, audit);
  expect([seen.lifecycle?.response, seen.responses]).toEqual(["replied", []]);
  expect((await view(firm, audit, "&sections=scores")).responses).toHaveLength(1);
  expect((await view(firm, audit, "&sections=scores")).lifecycle).toBeNull();
  const rows = await env.DB.prepare("SELECT * FROM responses").all();
  expect(JSON.stringify(rows.results)).not.toContain("confidence");
});

test("acceptance makes it final at once, silence never is acceptance, a dispute stays one", async () => {
  const [accepted, silent, disputed] = [await signed(), await signed(), await signed()];
  await world.say(mill, replyOf({ audit: accepted, site }, {}, { stance: "accepts" }));
  await world.say(mill, disputeOf({ audit: disputed, site }, { why: "Another mill was seen.", findings: [1] }));
  await view(mill, silent);
  await runDuty();
  expect(await lifecycle(mill, accepted)).toMatchObject({ state: "final", finalAt: NOON, response: "accepted" });
  at(NOON + 40 * DAY);
  expect(await lifecycle(mill, silent)).toMatchObject({ state: "final", response: "no-reply" });
  expect(await lifecycle(mill, disputed)).toMatchObject({ state: "final", response: "disputed" });
});

describe("notices", () => {
  const deliveries = async () =>
    (
      await env.DB.prepare("SELECT audit, event, number FROM deliveries ORDER BY log_index, audit").all<{
        audit: string;
        event: string;
        number: number;
      }>()
    ).results;

  test("come a week apart, three of them, and the third starts the clock", async () => {
    const audit = await signed();
    const due = [7, 14, 21].map((days) => NOON + days * DAY);
    for (const [i, time] of due.entries()) {
      at(time - 1);
      await runDuty();
      expect(await deliveries()).toHaveLength(i);
      at(time);
      await runDuty();
      await runDuty();
      expect((await deliveries()).at(-1)).toEqual({ audit, event: "notice", number: i + 1 });
      expect(await deliveries()).toHaveLength(i + 1);
    }
    at(NOON + 60 * DAY);
    await runDuty();
    await view(mill, audit);
    await runDuty();
    expect(await deliveries()).toHaveLength(3);
    expect(await lifecycle(firm, audit)).toMatchObject({
      state: "final",
      finalAt: NOON + 21 * DAY + REPLY_MS,
      response: "no-reply",
    });
  });

  test("that come into the log after the reply that made them needless bring no further ones", async () => {
    const audit = await signed();
    at(NOON + 7 * DAY - 1);
    await runDuty();
    at(NOON + 7 * DAY);
    const { reached } = strike("sequence", planted);
    await runDuty();
    spare();
    expect([reached(), await deliveries()]).toEqual([true, []]);
    await world.say(mill, replyOf({ audit, site }, { text: "Yes." }));
    await runDuty();
    expect(await deliveries()).toHaveLength(1);
    at(NOON + 30 * DAY);
    await runDuty();
    expect(await deliveries()).toHaveLength(1);
  });

  test("are one statement a site; none comes of an audit that was opened, answered, or signed by its supplier", async () => {
    const [opened, answered, left, other] = [await signed(), await signed(), await signed(), await signed()];
    await world.say(mill, { ...auditOfMill(), sub: site });
    await view(mill, opened);
    await world.say(mill, replyOf({ audit: answered, site }, { text: "Yes." }));
    at(NOON + 8 * DAY);
    await runDuty();
    const rows = await deliveries();
    expect(rows.filter(({ event }) => event === "opened").map(({ audit }) => audit)).toEqual([opened]);
    expect(
      rows
        .filter(({ event }) => event === "notice")
        .map(({ audit }) => audit)
        .sort(),
    ).toEqual([left, other].sort());
    const said = await env.DB.prepare("SELECT count(*) AS n FROM statements WHERE type = 'delivery'").first<{
      n: number;
    }>();
    expect(said?.n).toBe(2);
  });
});

const auditOfMill = () => ({
  vct: "urn:quasarix:audit:1",
  claims: { provenance: "supplier-signed" },
  sections: JSON.parse(JSON.stringify(auditContent())),
});

describe("a correction", () => {
  test("by an author stands beside the audit, which stays as it was", async () => {
    const [audit, newer] = [await signed(), await signed()];
    const before = await view(firm, audit);
    await world.say(firm, correctionOf({ audit, site }, { field: "auditFrom", value: "2026-03-05" }, { by: newer }));
    const after = await view(firm, audit);
    expect(after.presentation).toBe(before.presentation);
    expect(after.lifecycle).toMatchObject({ correctedBy: newer });
    expect(sectionOf(after.responses[0]?.presentation as string, "correction")).toEqual({
      field: "auditFrom",
      value: "2026-03-05",
    });
    expect((await view(firm, newer)).lifecycle?.correctedBy).toBeNull();
  });

  test("by a newer report of a member is intake's, and says nothing of the member", async () => {
    const older = await submitted(birch);
    const newer = await submitted(birch, older.submission);
    const seen = await view(mill, older.audit);
    expect(seen.lifecycle?.correctedBy).toBe(newer.audit);
    const parsed = parseStatement(seen.responses[0]?.presentation as string);
    if (!parsed.ok) throw new Error(parsed.failure.reason);
    const { claims } = parsed.value;
    expect(claims).toMatchObject({ iss: env.ORIGIN, sub: site, re: older.audit, by: newer.audit });
    for (const name of [birch.id, older.submission, newer.submission])
      expect(JSON.stringify(seen.responses)).not.toContain(name);
    expect((await env.DB.prepare("SELECT count(*) AS n FROM responses").first<{ n: number }>())?.n).toBe(1);
  });

  test("of two reports of one round waits for nobody: copies first, then what corrects them", async () => {
    const first = (await world.submit(birch, site, auditContent())).statementHash;
    const second = (await world.submit(birch, site, auditContent(), first)).statementHash;
    await runDuty();
    const auditOf = async (submission: string) =>
      (await world.json<SubmissionState>(birch, "GET", `/v1/submissions/${submission}`)).audit as string;
    expect((await view(mill, await auditOf(first))).lifecycle?.correctedBy).toBe(await auditOf(second));
  });

  test.each([
    { what: "another member's", replaces: async () => (await submitted(cedar)).submission },
    { what: "an audit, not a submission", replaces: async () => (await submitted(birch)).audit },
    {
      what: "a report that was replaced before",
      replaces: async () => {
        const { submission } = await submitted(birch);
        await submitted(birch, submission);
        return submission;
      },
    },
    {
      what: "a report of another site",
      replaces: async () => {
        const elsewhere = await world.openSite(mill, "Mill 2");
        return (await world.submit(birch, elsewhere, auditContent())).statementHash;
      },
    },
  ])("of $what is refused", async ({ replaces }) => {
    const older = await replaces();
    await expect(world.submit(birch, site, auditContent(), older)).rejects.toThrow(/422/);
  });
});

test("under an embargo until final, a grantee hears of the audit when it is final, to the millisecond", async () => {
  await world.say(
    world.operator,
    rulebookOf(env.ORIGIN, {
      mode: "supplier-consent",
      receipts: { show: "named" },
      requesters: "named",
      reciprocityDays: null,
      embargo: "until-final",
    }),
  );
  const audit = await signed();
  await grant(cedar);
  expect([await status(cedar, audit), await list(cedar), await status(firm, audit)]).toEqual([404, [], 200]);
  await view(mill, audit);
  await runDuty();
  at(NOON + REPLY_MS - 1);
  expect([await status(cedar, audit), await list(cedar)]).toEqual([404, []]);
  at(NOON + REPLY_MS);
  expect([await status(cedar, audit), (await list(cedar)).length]).toEqual([200, 1]);
});

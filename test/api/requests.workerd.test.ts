import { auditOf, grantOf, type Saying } from "@quasarix/client/drafts.ts";
import { answerOf, requestOf } from "@quasarix/client/request-drafts.ts";
import type { GrantClaims } from "@quasarix/shared/policy/grant.ts";
import type { AnswerClaims, RequestClaims } from "@quasarix/shared/policy/request.ts";
import type { Problem } from "@quasarix/shared/wire/problem.ts";
import type { RequestView } from "@quasarix/shared/wire/requests.ts";
import type { GrantView } from "@quasarix/shared/wire/sharing.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { env, newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

const DAY = 86_400_000;
const PURPOSE = "purpose=due-diligence";

let world: World;
let mill: Org;
let birch: Org;
let cedar: Org;
let site: string;
let audit: string;

beforeEach(async () => {
  world = await newWorld();
  mill = await world.admit("mill", "supplier");
  birch = await world.admit("birch", "member");
  cedar = await world.admit("cedar", "member");
  site = await world.openSite(mill);
  audit = (await world.say(mill, auditOf(site, "supplier-signed", auditContent()))).statementHash;
});

const until = Date.now() + 30 * DAY;
const asked = (over: Partial<RequestClaims> = {}): RequestClaims => ({
  site,
  requestSections: ["existence", "scores"],
  purposes: ["due-diligence"],
  until,
  ...over,
});
const opens = (over: Partial<NonNullable<AnswerClaims["opens"]>> = {}): NonNullable<AnswerClaims["opens"]> => ({
  grantSections: ["existence", "scores"],
  purposes: ["due-diligence"],
  notBefore: Date.now() - DAY,
  notAfter: until,
  ...over,
});
const given = (over: Partial<GrantClaims> = {}): GrantClaims => ({ grantee: "members", site, ...opens(), ...over });

const askFor = async (who: Org, over: Partial<RequestClaims> = {}): Promise<string> =>
  (await world.say(who, requestOf(who.id, asked(over)))).statementHash;
const answer = (who: Org, request: string, claims: AnswerClaims) => world.say(who, answerOf(who.id, request, claims));
/** The answer to one statement: its status, and what a caller hears. */
async function told(who: Org, saying: Saying): Promise<{ status: number; problem: Partial<Problem> }> {
  const statement = await world.issue(who, saying);
  const [line] = await world.lines("/v1/statements", [statement], who);
  if (!line || !("problem" in line)) return { status: 201, problem: {} };
  const { "request-id": _, ...problem } = line.problem;
  return { status: problem.status, problem };
}
const requestsOf = async (who: Org, side: "sent" | "received"): Promise<RequestView[]> =>
  (await world.json<{ items: RequestView[] }>(who, "GET", `/v1/requests?side=${side}`)).items;
const read = async (who: Org): Promise<number> => (await world.get(who, `/v1/audits/${audit}?${PURPOSE}`)).status;

describe("a request and its answers", () => {
  test("a yes opens what was asked to whoever asked, until it is revoked", async () => {
    const request = await askFor(birch);
    const waiting = { request, from: "a-member", site, audit: null, until, answers: [] };
    expect(await requestsOf(mill, "received")).toMatchObject([waiting]);
    expect(await requestsOf(birch, "sent")).toEqual(await requestsOf(mill, "received"));
    expect(await read(birch)).toBe(404);

    const { statementHash } = await answer(mill, request, { answer: "yes", reason: "Welcome.", opens: opens() });
    expect([await read(birch), await read(cedar)]).toEqual([200, 404]);
    const yes = { answer: statementHash, says: "yes", reason: "Welcome.", opens: { revoked: false } };
    expect(await requestsOf(birch, "sent")).toMatchObject([{ answers: [yes] }]);

    await world.revoke(mill, statementHash);
    expect(await read(birch)).toBe(404);
    expect(await requestsOf(birch, "sent")).toMatchObject([{ answers: [{ ...yes, opens: { revoked: true } }] }]);
  });

  test("`later` and `help` are words, and the answers stand newest last", async () => {
    const request = await askFor(birch);
    for (const word of ["help", "later", "no"] as const) await answer(mill, request, { answer: word, reason: word });
    const [one] = await requestsOf(birch, "sent");
    expect(one?.answers.map(({ says, opens: open }) => [says, open])).toEqual([
      ["help", null],
      ["later", null],
      ["no", null],
    ]);
    expect(await read(birch)).toBe(404);
  });

  test("a yes opens all that was asked, a partly what it says", async () => {
    const request = await askFor(birch);
    const part = opens({ grantSections: ["existence"] });
    expect((await told(mill, answerOf(mill.id, request, { answer: "yes", opens: part }))).problem.detail).toMatch(
      /all/,
    );
    await answer(mill, request, { answer: "partly", opens: part });
    expect((await world.get(birch, `/v1/audits/${audit}?${PURPOSE}&sections=scores`)).status).toBe(404);
    expect(await read(birch)).toBe(200);
  });

  test("another's request looks to a supplier, and to a member, like one that is not there", async () => {
    const request = await askFor(birch);
    const spinner = await world.admit("spinner", "supplier");
    await world.openSite(spinner, "Spinnery");
    const [real, none] = [request, audit].map((hash) => answerOf(spinner.id, hash, { answer: "no" }));
    expect(await told(spinner, real as Saying)).toEqual(await told(spinner, none as Saying));
    for (const stranger of [spinner, cedar]) {
      expect((await world.get(stranger, `/v1/requests/${request}`)).status).toBe(404);
      expect([await requestsOf(stranger, "sent"), await requestsOf(stranger, "received")]).toEqual([[], []]);
    }
    for (const party of [birch, mill]) expect((await world.get(party, `/v1/requests/${request}`)).status).toBe(200);
  });

  test("an audit that one may not know of is asked for in vain, exactly as one that is not there", async () => {
    const named = (hash: string) => told(birch, requestOf(birch.id, asked({ audit: hash })));
    const real = await named(audit);
    expect(real).toEqual(await named("A".repeat(43)));
    expect(real.status).toBe(422);
    await world.grant(mill, given({ grantSections: ["existence"] }));
    expect((await named(audit)).status).toBe(201);
    expect((await named("A".repeat(43))).status).toBe(422);
  });
});

describe("a repeat", () => {
  test("of what is granted already is refused with the grants and where to read", async () => {
    const grants = [
      await world.grant(mill, given({ grantSections: ["existence"] })),
      await world.grant(mill, given({ grantee: birch.id, grantSections: ["scores"], audit })),
    ].map(({ statementHash }) => statementHash);
    const { status, problem } = await told(birch, requestOf(birch.id, asked({ audit })));
    expect(status).toBe(409);
    expect(problem).toEqual({
      type: "/problems/already-granted",
      title: "You have been granted this already",
      status: 409,
      detail: `by \`${grants[0]}\`, \`${grants[1]}\``,
      links: [`/v1/audits/${audit}?purpose=due-diligence`, "/v1/grants?side=received"],
    });
    // The second grant is of one audit: all of the site's were not given.
    expect((await told(birch, requestOf(birch.id, asked()))).status).toBe(201);
    await world.revoke(mill, grants[1] as string);
    expect((await told(birch, requestOf(birch.id, asked({ audit })))).status).toBe(201);
  });

  test("of a question that waits is refused with the first one; another member may ask the same", async () => {
    const first = await askFor(birch);
    const { status, problem } = await told(birch, requestOf(birch.id, asked({ until: until + DAY })));
    expect([status, problem.type, problem.links]).toEqual([409, "/problems/already-asked", [`/v1/requests/${first}`]]);
    await askFor(cedar);
    await answer(mill, first, { answer: "later" });
    await askFor(birch);
  });

  test("of the very statement has its receipt again", async () => {
    const statement = await world.issue(birch, requestOf(birch.id, asked()));
    const sent = await world.lines("/v1/statements", [statement], birch);
    expect(await world.lines("/v1/statements", [statement], birch)).toEqual(sent);
  });
});

describe("who asked", () => {
  const RULES = { mode: "supplier-consent", receipts: { show: "category" }, reciprocityDays: null, embargo: "none" };
  const publish = (requesters: "named" | "a-member") =>
    world.say(world.operator, {
      vct: "urn:quasarix:rulebook:1",
      sub: env.ORIGIN,
      claims: { ...RULES, requesters },
    });

  test("is said as the rulebook of that moment says, whatever the next one says", async () => {
    await askFor(birch);
    await publish("named");
    await askFor(birch, { purposes: ["audit-avoidance"] });
    await publish("a-member");
    await askFor(birch, { purposes: ["corrective-action"] });
    const names = ["a-member", birch.id, "a-member"];
    expect((await requestsOf(mill, "received")).map(({ from }) => from)).toEqual(names);
    expect((await requestsOf(birch, "sent")).map(({ from }) => from)).toEqual(names);
  });

  test("stays unsaid among the supplier's own grants", async () => {
    const hidden = await answer(mill, await askFor(birch), { answer: "yes", opens: opens() });
    await publish("named");
    const purposes = ["audit-avoidance" as const];
    const said = await answer(mill, await askFor(birch, { purposes }), { answer: "yes", opens: opens({ purposes }) });
    const list = async (who: Org, side: string) =>
      (await world.json<{ items: GrantView[] }>(who, "GET", `/v1/grants?side=${side}`)).items;
    const [first, second] = [hidden.statementHash, said.statementHash];
    expect((await list(mill, "given")).map((it) => [it.grant, it.grantee])).toEqual([
      [first, "a-member"],
      [second, birch.id],
    ]);
    expect((await list(birch, "received")).map(({ grantee }) => grantee)).toEqual([birch.id, birch.id]);
    expect(await list(cedar, "received")).toEqual([]);
  });
});

test("one published assessment reaches every member by one statement, and nobody else", async () => {
  const { statementHash } = await world.say(mill, grantOf(mill.id, given()));
  const dogwood = await world.admit("dogwood", "member");
  const outsiders = [await world.admit("spinner", "supplier"), await world.admit("firm", "auditor")];
  for (const member of [birch, cedar, dogwood]) {
    const view = await world.json<{ because: string[] }>(member, "GET", `/v1/audits/${audit}?${PURPOSE}`);
    expect(view.because).toEqual([statementHash]);
  }
  for (const outsider of outsiders) expect(await read(outsider)).toBe(404);
  expect((await world.open(`/v1/audits/${audit}?${PURPOSE}`)).status).toBe(401);
});

import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { grantOf, revokeOf } from "@quasarix/client/drafts.ts";
import { mintSystem } from "@quasarix/shared/policy/scope.ts";
import type { DenialView } from "@quasarix/shared/wire/denials.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { forgetOldDenials } from "../../workers/duty/denials.ts";
import { apiSlice } from "../../workers/env.ts";
import { primaryDb } from "../../workers/store/db.ts";
import { DENIALS_A_DAY, noteDenials } from "../../workers/store/denials.ts";
import { newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";
import { AT, asOrg, atTheDoor, tokenFor } from "./signed-asks.ts";
import { api, clock, env, essence, hashOf, idOf, logLines } from "./small-api.ts";

const DAY = 86_400_000;
const PURPOSE = "purpose=due-diligence";
const missing = hashOf("no such audit");

let world: World;
let mill: Org;
let cedar: Org;
let site: string;
let audit: string;

beforeEach(async () => {
  world = await newWorld();
  mill = await world.admit("mill", "supplier");
  cedar = await world.admit("cedar", "member");
  const firm = await world.admit("firm", "auditor");
  site = await world.openSite(mill);
  audit = (await world.audit(firm, site, auditContent())).statementHash;
});

/** As a request from outside, with all that it leaves to be done behind the answer; and each statement that D1 is asked. */
async function asked(who: Org, path: string, failing = false): Promise<{ answer: Response; sql: string[] }> {
  clock.now = Date.now();
  const headers = { Authorization: `Bearer ${await tokenFor(who.auth, who.id, { method: "GET", path })}` };
  const sql: string[] = [];
  const session = primaryDb(env.DB);
  const prepare = (text: string) => {
    sql.push(text);
    if (failing && text.includes("denials")) throw new Error("no disk");
    return session.prepare(text);
  };
  const DB = { withSession: () => ({ prepare, batch: session.batch.bind(session) }) } as unknown as D1Database;
  const context = createExecutionContext();
  const answer = await api.fetch(new Request(AT + path, { headers }), { ...apiSlice(env), DB }, context);
  await waitOnExecutionContext(context);
  return { answer, sql };
}

const rows = async (): Promise<DenialView[]> =>
  (
    await env.DB.prepare(
      "SELECT day, org, action, target, why, times, first_at AS firstAt, last_at AS lastAt FROM denials ORDER BY rowid",
    ).all<DenialView>()
  ).results;
const brief = async () =>
  (await rows()).map(({ org, action, target, why, times }) => ({ org, action, target, why, times }));
const today = () => new Date().toISOString().slice(0, 10);

describe("a refused audit and a missing one", () => {
  test("are the same answer for the same statements, of which the last notes the attempt", async () => {
    const refused = await asked(cedar, `/v1/audits/${audit}?${PURPOSE}`);
    const none = await asked(cedar, `/v1/audits/${missing}?${PURPOSE}`);
    expect(await essence(none.answer)).toEqual(await essence(refused.answer));
    expect(refused.answer.status).toBe(404);
    expect(none.sql).toEqual(refused.sql);
    expect(refused.sql.filter((text) => text.includes("INTO denials"))).toHaveLength(1);
    expect(refused.sql.at(-1)).toContain("INTO denials");
  });

  test.each([
    {
      what: "an audit's bundle",
      real: () => `/v1/audits/${audit}/bundle?${PURPOSE}`,
      none: `/v1/audits/${missing}/bundle?${PURPOSE}`,
    },
    { what: "a dossier", real: () => `/v1/dossiers/${site}`, none: `/v1/dossiers/${idOf("site", "nowhere")}` },
    { what: "a statement", real: () => `/v1/statements/${audit}`, none: `/v1/statements/${missing}` },
  ])("so too for $what", async ({ real, none }) => {
    const [refused, absent] = [await asked(cedar, real()), await asked(cedar, none)];
    expect(await essence(absent.answer)).toEqual(await essence(refused.answer));
    expect(absent.sql).toEqual(refused.sql);
    expect((await brief()).map(({ target }) => target === "")).toEqual([false, true]);
  });

  test("are told apart in the operator's log alone, a row a day for each, counted", async () => {
    const paths = [audit, missing, audit, hashOf("another"), audit];
    for (const id of paths) await asked(cedar, `/v1/audits/${id}?${PURPOSE}`);
    const of = { org: cedar.id, action: "audit:read" };
    expect(await brief()).toEqual([
      { ...of, target: audit, why: "no-right", times: 3 },
      { ...of, target: "", why: "missing", times: 2 },
    ]);
    for (const { day, firstAt, lastAt } of await rows()) {
      expect(day).toBe(today());
      expect(firstAt).toBeLessThan(lastAt);
    }
  });

  test("say why without the grant that it was about", async () => {
    const given = await world.grant(mill, {
      grantee: cedar.id,
      site,
      grantSections: ["existence"],
      purposes: ["due-diligence"],
      notBefore: 0,
      notAfter: Date.now() + DAY,
    });
    await world.revoke(mill, given.statementHash);
    await asked(cedar, `/v1/audits/${audit}?${PURPOSE}`);
    expect(await brief()).toMatchObject([{ target: audit, why: "revoked", times: 1 }]);
    expect(JSON.stringify(await rows())).not.toContain(given.statementHash);
  });

  test("are answered though the note cannot be written, and our log says that it was not", async () => {
    logLines.length = 0;
    const { answer } = await asked(cedar, `/v1/audits/${audit}?${PURPOSE}`, true);
    expect([answer.status, await rows()]).toEqual([404, []]);
    expect(logLines.join()).toContain('"bug":"Error"');
    expect(logLines.join()).not.toContain(audit);
  });
});

describe("what else is noted", () => {
  const brought = () => expect.poll(brief, { timeout: 5_000 });

  test("each line that an author may not say, once for all of them", async () => {
    const grant = () =>
      world.issue(
        cedar,
        grantOf(cedar.id, {
          grantee: "members",
          site,
          grantSections: ["existence"],
          purposes: ["due-diligence"],
          notBefore: 0,
          notAfter: 1,
        }),
      );
    await world.lines(
      "/v1/statements",
      [await grant(), await grant(), await world.issue(cedar, revokeOf(cedar.id, missing))],
      cedar,
    );
    await brought().toEqual([{ org: cedar.id, action: "statement:add", target: "", why: "refused", times: 2 }]);
  });

  test("one statement that its author may not say", async () => {
    const saying = grantOf(cedar.id, {
      grantee: "members",
      site,
      grantSections: ["existence"],
      purposes: ["due-diligence"],
      notBefore: 0,
      notAfter: 1,
    });
    await expect(world.say(cedar, saying)).rejects.toThrow("404");
    await brought().toEqual([{ org: cedar.id, action: "statement:add", target: "", why: "refused", times: 1 }]);
  });

  test("whatever a suspended organisation asks", async () => {
    await env.DB.prepare("UPDATE organisations SET suspended = 1 WHERE id = ?").bind(cedar.id).run();
    expect((await asOrg(cedar, { method: "GET", path: "/v1/sites" })).status).toBe(404);
    await brought().toEqual([{ org: cedar.id, action: "registry:read", target: "", why: "suspended", times: 1 }]);
  });

  test("a look at the operator's own lists", async () => {
    await asked(mill, "/v1/operator/denials");
    expect(await brief()).toEqual([{ org: mill.id, action: "operator:inspect", target: "", why: "refused", times: 1 }]);
  });

  test("nothing of callers that nobody knows, of good answers, of bad input and of routes that are none", async () => {
    const wanted = { method: "GET", path: "/v1/sites" };
    for (const as of Object.values(atTheDoor)) await as(cedar, wanted);
    for (const path of ["/v1/sites", "/v1/sites?limit=x", "/v1/nothing"]) await asked(cedar, path);
    expect(await rows()).toEqual([]);
  });
});

describe("the operator's log of them", () => {
  const db = primaryDb(env.DB);
  const note = (org: string, target: string, now = Date.now(), times = 1) =>
    noteDenials(db, org, [{ action: "audit:read", target, why: null, times }], now);

  test(`holds ${DENIALS_A_DAY} kinds of attempt of an organisation a day, and counts on in one more row`, async () => {
    const some = Array.from({ length: DENIALS_A_DAY - 1 }, (_, i) => ({ id: `site_${i}` }));
    const subject =
      "INSERT INTO subjects (id, kind, commitment, reserved_by, reserved_at) SELECT value->>'$.id', 'site', value->>'$.id', '', 0 FROM json_each(?)";
    await env.DB.prepare(subject)
      .bind(JSON.stringify([...some, { id: "site_last" }]))
      .run();
    const attempts = some.map(({ id }) => ({ action: "dossier:read" as const, target: id, why: null, times: 1 }));
    await noteDenials(db, cedar.id, attempts, Date.now());
    await note(cedar.id, audit);
    expect(await rows()).toHaveLength(DENIALS_A_DAY);
    await note(cedar.id, "site_last");
    await note(cedar.id, missing, Date.now(), 4);
    await note(cedar.id, audit);
    expect((await brief()).slice(DENIALS_A_DAY - 1)).toEqual([
      { org: cedar.id, action: "audit:read", target: audit, why: "refused", times: 2 },
      { org: cedar.id, action: "", target: "", why: "many", times: 5 },
    ]);
    await note(mill.id, audit);
    await note(cedar.id, missing, Date.now() + DAY);
    expect((await brief()).slice(DENIALS_A_DAY + 1)).toMatchObject([
      { org: mill.id, why: "refused" },
      { org: cedar.id, why: "missing" },
    ]);
  });

  test("forgets what is more than ninety days old, and nothing younger", async () => {
    const noon = Date.UTC(2026, 10, 22, 12);
    for (const days of [0, 89, 90, 91, 400]) await note(cedar.id, missing, noon - days * DAY);
    const ports = { db, scope: mintSystem("test"), now: () => noon };
    expect(await forgetOldDenials(ports)).toBe(false);
    expect((await rows()).map(({ day }) => day)).toEqual(["2026-11-22", "2026-08-25", "2026-08-24"]);
  });

  test("is the operator's in pages, by organisation and day", async () => {
    const [early, late] = [Date.UTC(2026, 10, 21), Date.UTC(2026, 10, 22)];
    for (const [who, at] of [
      [cedar, early],
      [mill, early],
      [cedar, late],
    ] as const)
      await note(who.id, audit, at);
    const list = async (query: string) => {
      const page = await world.json<{ items: DenialView[]; next: string | null }>(
        world.operator,
        "GET",
        `/v1/operator/denials${query}`,
      );
      return { of: page.items.map(({ org, day }) => `${org === cedar.id ? "cedar" : "mill"} ${day}`), next: page.next };
    };
    expect(await list("")).toEqual({ of: ["cedar 2026-11-21", "mill 2026-11-21", "cedar 2026-11-22"], next: null });
    expect((await list(`?org=${cedar.id}`)).of).toEqual(["cedar 2026-11-21", "cedar 2026-11-22"]);
    expect((await list("?day=2026-11-21")).of).toEqual(["cedar 2026-11-21", "mill 2026-11-21"]);
    expect((await list(`?day=2026-11-22&org=${mill.id}`)).of).toEqual([]);
    const first = await list("?limit=2");
    expect((await list(`?limit=2&cursor=${first.next}`)).of).toEqual(["cedar 2026-11-22"]);
    expect((await world.get(world.operator, "/v1/operator/denials?day=2026-02-30")).status).toBe(422);
    expect((await world.get(world.operator, `/v1/operator/denials?org=${mill.id}&cursor=${first.next}`)).status).toBe(
      422,
    );
  });
});

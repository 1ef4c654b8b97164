import { readAudit } from "@quasarix/client/audit-view.ts";
import { frameworkOf } from "@quasarix/client/framework-drafts.ts";
import { bookFor, checkFramework, frameworkVersions, listFrameworks } from "@quasarix/client/frameworks.ts";
import type { Framework } from "@quasarix/shared/benchmark/framework/framework.ts";
import { QUASARIX_1 } from "@quasarix/shared/benchmark/framework/quasarix/first.ts";
import { quasarixReview } from "@quasarix/shared/benchmark/framework/quasarix/review.ts";
import { shownUnder } from "@quasarix/shared/benchmark/framework/shown-under.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { primaryDb } from "../../workers/store/db.ts";
import { readFrameworkBook } from "../../workers/store/frameworks.ts";
import { forgetInterval, publishAll } from "../sequencer/log.ts";
import { clientFor } from "../workerd-client.ts";
import { duty, env, newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

let world: World;
const who = {} as Record<"mill" | "firm", Org>;
let audit: string;
let first: string;

const publishOne = async (claims: Framework) => {
  const { statementHash } = await world.say(world.operator, frameworkOf(env.ORIGIN, claims));
  return statementHash;
};
const score = { topic: "living-wage", scale: "urn:quasarix:framework:quasarix@1", value: 4, original: "4" };

beforeAll(async () => {
  world = await newWorld();
  who.mill = await world.admit("mill", "supplier");
  who.firm = await world.admit("firm", "auditor");
  const site = await world.openSite(who.mill);
  const content = auditContent({ scores: { topics: [{ ...score, evidence: "third-party" }] } });
  audit = (await world.audit(who.firm, site, content)).statementHash;
});

describe("frameworks", () => {
  test("are none before the operator publishes one, and nobody else can", async () => {
    const client = await clientFor(null);
    expect(await listFrameworks(client)).toMatchObject({ ok: true, value: [] });
    expect(await frameworkVersions(client, "quasarix")).toMatchObject({ ok: true, value: [] });
    await expect(world.say(who.mill, frameworkOf(env.ORIGIN, QUASARIX_1))).rejects.toThrow();
    expect(await listFrameworks(client)).toMatchObject({ ok: true, value: [] });
  });

  test("are checked before they are published, place by place, and then open to all", async () => {
    const client = await clientFor(null);
    const spoilt = await checkFramework(client, { ...QUASARIX_1, version: 2, from: "soon" });
    expect(spoilt.ok && !spoilt.value.ok && spoilt.value.failure.map(({ path }) => path)).toEqual(["from"]);
    expect(await checkFramework(client, QUASARIX_1)).toMatchObject({ ok: true, value: { ok: true } });
    first = await publishOne(QUASARIX_1);
    const versions = await frameworkVersions(client, "quasarix");
    expect(versions).toEqual({ ok: true, value: [{ statement: first, claims: QUASARIX_1 }] });
    expect((await world.open("/v1/frameworks/QUASARIX")).status).toBe(422);
    expect((await world.open("/v1/frameworks/other")).status).toBe(404);
  });

  test("get a review that names what it follows, filled in where the file leaves it out", async () => {
    const client = await clientFor(null);
    const { statement: _, ...reviews } = quasarixReview("").reviews as NonNullable<Framework["reviews"]>;
    const checked = await checkFramework(client, { ...quasarixReview(""), reviews });
    if (!checked.ok || !checked.value.ok) throw new Error(JSON.stringify(checked));
    expect(checked.value.value).toEqual(quasarixReview(first));
    const second = await publishOne(checked.value.value);
    const page = (await (await world.open("/v1/frameworks?limit=1")).json()) as { items: unknown[]; next: number };
    expect(page.items).toMatchObject([{ statement: first, version: 1, benchmarks: QUASARIX_1.benchmarks.length }]);
    expect(page.next).not.toBe(null);
    const all = await listFrameworks(client);
    expect(all.ok && all.value.map(({ statement }) => statement)).toEqual([first, second]);
    const versions = await frameworkVersions(client, "quasarix");
    expect(versions.ok && versions.value.map(({ claims }) => claims.version)).toEqual([2, 1]);
  });

  test("refuse a version that is there already, and the door says where", async () => {
    const again = world.say(world.operator, frameworkOf(env.ORIGIN, quasarixReview(first)));
    await expect(again).rejects.toThrow(/version/);
  });

  test("show a score of an audit under both versions, to whom it is open", async () => {
    await duty();
    await forgetInterval();
    await publishAll();
    const client = await clientFor(who.mill);
    const opened = await readAudit(client, audit, { purpose: "due-diligence" });
    if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
    const topics = opened.value.statement.sections.get("scores")?.members["topics"] as unknown as [typeof score];
    const book = await bookFor(client, topics);
    if (!book.ok) throw new Error(JSON.stringify(book.failure));
    expect(shownUnder(topics[0], book.value)).toMatchObject([
      { version: 1, value: 4, isMapped: false },
      { version: 2, value: 3, isMapped: true },
    ]);
  });

  test("of two that came at once under one version, the first in the log counts for every reader", async () => {
    const late = { ...QUASARIX_1, title: "Came second" };
    const insert = `INSERT INTO frameworks (statement, id, version, claims, log_index, admitted_at)
      VALUES ('late', 'quasarix', 1, ?1, 1000000, 0)`;
    await env.DB.prepare(insert).bind(JSON.stringify(late)).run();
    const versions = await frameworkVersions(await clientFor(null), "quasarix");
    expect(versions.ok && versions.value.map(({ claims }) => claims.title)).not.toContain("Came second");
    const book = await readFrameworkBook(primaryDb(env.DB));
    expect([...book.values()].map(({ version, title }) => [version, title])).toEqual([
      [1, QUASARIX_1.title],
      [2, QUASARIX_1.title],
    ]);
  });
});

import { runInDurableObject } from "cloudflare:test";
import { auditRelease, putToVote, voteOn } from "@quasarix/client/release-plans.ts";
import { releaseHash } from "@quasarix/shared/benchmark/release-bytes.ts";
import type { Problem } from "@quasarix/shared/wire/problem.ts";
import type { ProposalView } from "@quasarix/shared/wire/releases.ts";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { holdDuty } from "../crash/duty-hand.ts";
import { forgetInterval, publishAll } from "../sequencer/log.ts";
import { clientFor } from "../workerd-client.ts";
import { env } from "../workerd-env.ts";
import { duty } from "../workerd-world.ts";
import type { Org } from "../world.ts";
import { at, auditAll, fileOf, look, type Pool, phasesOf, planIn, pool, releasesStub } from "./pool.ts";

let made: Pool;
let assay: Org;
let plan: string;
let cohort: string;

const must = <T>(answer: { ok: true; value: T } | { ok: false; failure: unknown }): T => {
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
  return answer.value;
};
const sdk = async (who: Org) => {
  const client = await clientFor(who);
  return { client, author: client.author({ org: who.id, signer: who.record }) };
};

/** The clock stands still between looks, and the log publishes once a second. */
async function published(): Promise<void> {
  await forgetInterval();
  await publishAll();
}

/** Whoever waits for its receipt waits for a publication. */
async function whileLogPublishes<T>(work: Promise<T>): Promise<T> {
  let isOver = false;
  const done = work.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await published();
    await scheduler.wait(10);
  }
  return done;
}

/** Through the SDK from the proposal to the last vote. */
beforeAll(async () => {
  made = await pool(5, 9);
  assay = await made.world.admit("assay", "auditor");
  await auditAll(made, "2036-03-04");
  await duty();
  await holdDuty();
  await published();
  const operator = await sdk(made.world.operator);
  const commitBy = at("2036-11-22T09:00:00Z");
  const ask = { kind: "founding" as const, metrics: ["findings/critical"], commitBy, auditors: [assay.id] };
  const { proposed } = must(await whileLogPublishes(putToVote(operator.client, operator.author, ask)));
  plan = proposed.plan;
  cohort = planIn(proposed).series[0]?.cohorts[0]?.id as string;
  await published();
  for (const member of made.members.slice(0, 3)) {
    const { client, author } = await sdk(member);
    must(await whileLogPublishes(voteOn(client, author, { plan, choice: "yes", soon: true })));
  }
  vi.setSystemTime(Date.parse("2036-11-22T09:00:30Z"));
  await look();
  await published();
}, 120_000);
afterAll(() => vi.useRealTimers());

const inputs = (who: Org) => made.world.get(who, `/v1/releases/${plan}/${encodeURIComponent(cohort)}/inputs`);

describe("a release", () => {
  test("is the same bytes for every organisation, whole, for ever, and under the hash that the log has", async () => {
    expect(await phasesOf(made, plan)).toEqual(["published"]);
    const seen = new Set<string>();
    for (const who of [...made.members, made.mill, made.firm, assay, made.world.operator]) {
      const answer = await fileOf(made, who, plan, cohort);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      expect(answer.status).toBe(200);
      expect(answer.headers.get("etag")).toBe(`"${releaseHash(bytes)}"`);
      expect(answer.headers.get("cache-control")).toContain("immutable");
      seen.add(`${answer.headers.get("etag")} ${bytes.join()}`);
    }
    expect(seen.size).toBe(1);
  });

  test("that somebody has already is not sent again", async () => {
    const [ash] = made.members as [Org];
    const path = `/v1/releases/${plan}/${encodeURIComponent(cohort)}/file`;
    const etag = (await made.world.get(ash, path)).headers.get("etag") ?? "";
    const again = await made.world.send(ash, "GET", path, undefined, undefined, { "if-none-match": etag });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  test("that was never made, one of no plan and no name at all read alike", async () => {
    const [ash] = made.members as [Org];
    const none = "A".repeat(43);
    const seen = new Set<string>();
    for (const path of [`${plan}/2030/file`, `${none}/2036/file`, `${plan}/nothing/file`, `${plan}/2030/inputs`]) {
      const answer = await made.world.get(ash, `/v1/releases/${path}`);
      const id = answer.headers.get("request-id") ?? "";
      const headers = [...answer.headers].filter(([name]) => name !== "request-id");
      seen.add(JSON.stringify([answer.status, headers, (await answer.text()).replace(id, "")]));
    }
    expect(seen.size).toBe(1);
  });
});

describe("what it was made from", () => {
  test("goes to the auditor that the plan names, and to nobody else", async () => {
    for (const who of [...made.members, made.mill, made.firm, made.world.operator])
      expect((await inputs(who)).status).toBe(404);
    const lines = (await (await inputs(assay)).text()).trim().split("\n");
    expect(lines).toHaveLength(46);
    for (const { id } of made.members) expect(lines.join("")).not.toContain(id);
  });

  test("makes the very bytes that were published, and the log's roots", async () => {
    const { client } = await sdk(assay);
    expect(must(await auditRelease(client, plan, cohort)).differences).toEqual([]);
  });

  test("is not enough where the log has no votes that adopted the plan: somebody chose the noise", async () => {
    const { client } = await sdk(assay);
    must(await client.consortium.sync()).votes.clear();
    const { differences } = must(await auditRelease(client, plan, cohort));
    expect(differences).toEqual([expect.stringContaining("votes: the digest is not of the first majority")]);
  });

  test("does not go to a member through the SDK either", async () => {
    const { client } = await sdk(made.members[0] as Org);
    expect(await auditRelease(client, plan, cohort)).toMatchObject({
      ok: false,
      failure: { problem: { status: 404 } },
    });
  });
});

/** As duty closes it, with all that the log holds. */
const closeBatch = () =>
  env.DB.prepare(`INSERT INTO discovery_batches (number, closed_at, size) SELECT
    1 + (SELECT count(*) FROM discovery_batches), ?1, 1 + (SELECT max(log_index) FROM statements)`)
    .bind(Date.now())
    .run();

describe("a plan of five members", () => {
  test("names no buyer and no supplier as its auditor: they would see who scored what", async () => {
    for (const { id } of [made.members[0] as Org, made.mill, made.world.operator]) {
      const body = { kind: "year", metrics: ["findings/critical"], auditors: [assay.id, id] };
      const asked = made.world.json(made.world.operator, "POST", "/v1/release-plans/proposals", body);
      await expect(asked).rejects.toThrow("/auditors/1");
    }
  });

  test("says on what it rests, and what it would be worth, to every member alike, as of the last batch", async () => {
    const body = { kind: "year", metrics: ["findings/critical"], dryRun: true };
    const ask = (who: Org) => made.world.json<ProposalView>(who, "POST", "/v1/release-plans/proposals", body);
    await env.DB.prepare("DELETE FROM discovery_batches").run();
    await expect(ask(made.members[4] as Org)).rejects.toThrow("Too few suppliers that count");
    await closeBatch();
    const proposed = await ask(made.members[4] as Org);
    expect(await ask(made.members[3] as Org)).toEqual(proposed);
    expect(planIn(proposed)).toMatchObject({
      ...{ profile: "small", says: "5 or more companies", marks: [], K: 10 },
      floor: { counted: 41, sponsors: 5 },
    });
    expect(proposed.utility).toMatchObject([{ series: "year", cell: "all" }]);
    // Not by how many: the count of what stands behind a cell is nobody's.
    expect(JSON.stringify(proposed.utility)).not.toMatch(/\b(45|41)\b/);
  });

  test("is refused by the quarter, in words", async () => {
    const asked = made.world.json(made.world.operator, "POST", "/v1/release-plans/proposals", { kind: "quarter" });
    await expect(asked).rejects.toThrow("Fewer than 8 active members publish once a year");
  });

  test("tells a member no count of others when it cannot be made, and the operator which", async () => {
    await env.DB.prepare("UPDATE audits SET sharing_right = 'unknown' WHERE rowid % 2 = 0").run();
    const heard = async (who: Org) => {
      const answer = await made.world.send(
        who,
        "POST",
        "/v1/release-plans/proposals",
        new TextEncoder().encode(JSON.stringify({ kind: "year", metrics: ["findings/critical"], dryRun: true })),
        "application/json",
      );
      return ((await answer.json()) as Problem).detail;
    };
    expect(await heard(made.members[0] as Org)).toBe(
      "Too few suppliers that count for a yearly plan: 41 are needed, of 5 members, at most 10 of each. They would not be enough for a founding plan either.",
    );
    expect(await heard(made.world.operator)).toMatch(/^5 members, (22|23) suppliers of 5 of them/);
  });
});

test("what a release was made from is forgotten 180 days after it, to the second", async () => {
  const over = at("2036-11-22T09:00:30Z") + 180 * 86_400;
  const kept = () =>
    runInDurableObject(releasesStub(), (_object, { storage }) =>
      storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM records").one(),
    );
  vi.setSystemTime(over * 1000 - 1);
  await look();
  expect([(await inputs(assay)).status, (await kept()).n]).toEqual([200, 45]);
  vi.setSystemTime(over * 1000);
  expect((await inputs(assay)).status).toBe(404);
  await look();
  expect((await kept()).n).toBe(0);
  expect((await fileOf(made, assay, plan, cohort)).status).toBe(200);
});

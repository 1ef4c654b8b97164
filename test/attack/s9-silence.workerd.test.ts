import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { ApiSlice } from "../../workers/env.ts";
import { watched } from "../api/watched.ts";
import { env } from "../workerd-env.ts";
import { auditContent, type Org } from "../world.ts";
import { api, type House, house, publishFounding } from "./house.ts";

let made: House;
let member: Org;
beforeAll(async () => {
  made = await house();
  await publishFounding(made);
  member = made.pool.members[0] as Org;
}, 180_000);
afterAll(() => vi.useRealTimers());

const NOWHERE = "A".repeat(43);

/** What the Worker asks of its stores and objects while it answers, and what the caller gets but the request's id. */
async function seen(who: Org, path: string) {
  const asked: string[] = [];
  const over: Partial<ApiSlice> = {
    DB: watched(env.DB, "DB", asked),
    RELEASE_BUCKET: watched(env.RELEASE_BUCKET, "R2", asked),
    RELEASES: watched(env.RELEASES, "RELEASES", asked),
  };
  const answer = await api(who, { path }, over);
  const id = answer.headers.get("request-id") ?? "";
  const headers = [...answer.headers].filter(([name]) => name !== "request-id" && name !== "date");
  const text = (await answer.text()).replaceAll(id, "").replaceAll(path, "");
  return { status: answer.status, headers, text, work: asked };
}

/** Paths that have nothing, for reasons that nobody may tell apart. */
const empty = () => {
  const { plans, cohort, year } = made;
  return {
    file: {
      "a plan that never was": `/v1/releases/${NOWHERE}/${cohort}/file`,
      "a cohort that never was": `/v1/releases/${plans.published}/2019-Q1/file`,
      "a cohort that waits": `/v1/releases/${plans.waiting}/${year}/file`,
      "a plan that nobody adopted": `/v1/releases/${plans.unadopted}/${cohort}/file`,
      "a plan that was never put": `/v1/releases/${plans.unput}/${cohort}/file`,
    },
    inputs: {
      "a plan that never was": `/v1/releases/${NOWHERE}/${cohort}/inputs`,
      "what is published": `/v1/releases/${plans.published}/${cohort}/inputs`,
      "a cohort that never was": `/v1/releases/${plans.published}/2019-Q1/inputs`,
      "a cohort that waits": `/v1/releases/${plans.waiting}/${year}/inputs`,
    },
    plan: {
      "a plan that never was": `/v1/release-plans/${NOWHERE}`,
      "a plan that was never put": `/v1/release-plans/${made.plans.unput}`,
    },
  };
};

describe("S9 silence: nothing there is one and the same answer, and one and the same work", () => {
  test.each(["file", "inputs", "plan"] as const)("of a %s, whatever the reason", async (kind) => {
    const [first, ...others] = Object.entries(empty()[kind]);
    const wanted = await seen(member, first?.[1] ?? "");
    expect(wanted.status).toBe(404);
    expect(wanted.work.length).toBeGreaterThan(1);
    for (const [why, path] of others) expect({ why, ...(await seen(member, path)) }).toEqual({ why, ...wanted });
  });

  test("of what an auditor may run again, while it is not there", async () => {
    const { plans, year } = made;
    const waiting = await seen(made.auditor, `/v1/releases/${plans.waiting}/${year}/inputs`);
    expect(waiting.status).toBe(404);
    expect(await seen(made.auditor, `/v1/releases/${plans.waiting}/2019/inputs`)).toEqual(waiting);
  });

  test("of a cell that is withheld, and of one that never was: no path leads to a cell", async () => {
    const file = `/v1/releases/${made.plans.published}/${encodeURIComponent(made.cohort)}/file`;
    const whole = await seen(member, file);
    const withheld = (JSON.parse(whole.text) as { withheld: { path: string; metric: string }[] }).withheld;
    expect(withheld).toEqual([{ path: "all", metric: "score/quasarix@1/data-sharing" }]);
    for (const query of [
      "path=all&metric=score/quasarix@1/data-sharing",
      "path=industry=none",
      "metric=score/none@1/none",
    ]) {
      const { text, ...asked } = await seen(member, `${file}?${query}`);
      const { text: _, ...plain } = whole;
      expect(asked).toEqual(plain);
      expect(text).toBe(whole.text);
    }
    const cells = await Promise.all(
      ["all", "none"].map((path) => seen(member, `/v1/releases/${made.plans.published}/${made.cohort}/cells/${path}`)),
    );
    expect(cells[0]).toEqual(cells[1]);
  });
});

/** All that a member gets of releases, headers with it. */
async function everything(): Promise<{ path: string; text: string }[]> {
  const { plans, cohort } = made;
  const paths = [
    "/v1/releases",
    "/v1/releases?limit=1",
    "/v1/releases?limit=0",
    "/v1/release-plans",
    ...Object.values(plans).flatMap((plan) => [`/v1/release-plans/${plan}`, `/v1/release-plans/${plan}/file`]),
    `/v1/releases/${plans.published}/${cohort}/file`,
    `/v1/releases/${plans.published}/${cohort}/inputs`,
  ];
  return Promise.all(
    paths.map(async (path) => {
      const { headers, text } = await seen(member, path);
      return { path, text: `${JSON.stringify(headers)}\n${text}` };
    }),
  );
}

describe("S9 silence: nothing of who or how many", () => {
  test("no id of a member, a supplier or a site, but the auditors that a plan appoints", async () => {
    const { members, sites, mill, firm } = made.pool;
    const ids = [...members.map(({ id }) => id), ...sites.flat(), mill.id, firm.id];
    for (const { path, text } of await everything())
      for (const id of ids) expect({ path, hasId: text.includes(id) }).toEqual({ path, hasId: false });
  });

  test("no count of contributors, no smallest, largest, first or last, and no share", async () => {
    // The floor is the profile's, the same in every plan of it.
    const floor = JSON.stringify({ counted: 25, sponsors: 8 });
    const banned =
      /counted|sponsors?"|contribut|members"|"(n|min|max|count|total|rank|largest|smallest)"|\b0 ?%|\b100 ?%/i;
    for (const { path, text } of await everything()) {
      const left = text.replaceAll(floor, "").replaceAll(JSON.stringify(floor).slice(1, -1), "");
      expect({ path, found: banned.exec(left)?.[0] ?? null }).toEqual({ path, found: null });
    }
  });

  test("what a plan would look like says no count to a member, and refuses without one", async () => {
    const ask = { metrics: ["findings/critical"], dryRun: true };
    await env.DB.prepare(`INSERT INTO discovery_batches (number, closed_at, size)
      SELECT 1 + (SELECT count(*) FROM discovery_batches), ?1, 1 + (SELECT max(log_index) FROM statements)`)
      .bind(Date.now())
      .run();
    // Of days that no adopted plan looks at.
    const year = { ...ask, kind: "year", from: `${Number(made.year) + 1}` };
    const shown = await made.pool.world.json<{ utility: { says: string }[] }>(
      ...([member, "POST", "/v1/release-plans/proposals", year] as const),
    );
    expect(Object.keys(shown).toSorted()).toEqual(["file", "plan", "utility"]);
    for (const { says } of shown.utility)
      expect(says).not.toMatch(/\b(40|8|5)\b (suppliers|members|sponsors|companies)/);
    const quarterly = await made.pool.world.send(
      ...([member, "POST", "/v1/release-plans/proposals"] as const),
      ...([new TextEncoder().encode(JSON.stringify({ ...ask, kind: "quarter" })), "application/json"] as const),
    );
    const refusal = await quarterly.text();
    expect(quarterly.status).toBeGreaterThanOrEqual(400);
    expect(refusal).not.toMatch(/\b\d+ suppliers of \d+/);
  });
});

test("S9: an audit more or less, of one's own site, changes no byte of what was published", async () => {
  const before = await everything();
  const [site] = made.pool.sites[0] as [string];
  await made.pool.world.audit(made.pool.firm, site, auditContent());
  expect(await everything()).toEqual(before);
});

import type { ReleaseView } from "@quasarix/shared/wire/releases.ts";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Org } from "../world.ts";
import {
  adopted,
  at,
  auditAll,
  auditOn,
  fileOf,
  look,
  type Pool,
  phasesOf,
  planView,
  pool,
  propose,
  put,
  vote,
} from "./pool.ts";

let made: Pool;
let plan: string;
let assay: Org;

const clock = (moment: string) => vi.setSystemTime(Date.parse(moment));
const releases = async () =>
  (await made.world.json<{ items: ReleaseView[] }>(made.members[0] as Org, "GET", "/v1/releases")).items;

beforeAll(async () => {
  made = await pool(8, 5);
  assay = await made.world.admit("assay", "auditor");
  for (const [i, day] of ["2035-12-01", "2036-02-01", "2036-05-01", "2036-08-01"].entries())
    await auditAll(made, day, i);
  ({ plan } = await adopted(made, { kind: "quarter", metrics: ["findings/critical"], auditors: [assay.id] }));
}, 120_000);
afterAll(() => vi.useRealTimers());

test("four cohorts, the first one the quarter that it is, each counted three months after its end", async () => {
  const { running } = await planView(made, plan);
  expect(running).toMatchObject({ state: "adopted", needed: 5, commitBy: at("2037-01-01") });
  expect(running?.cohorts.map(({ cohort, cutoff, notBefore }) => [cohort, cutoff, notBefore])).toEqual([
    ["2036-Q4", at("2037-04-01"), at("2037-04-01")],
    ["2037-Q1", at("2037-07-01"), at("2037-07-01")],
    ["2037-Q2", at("2037-10-01"), at("2037-10-01")],
    ["2037-Q3", at("2038-01-01"), at("2038-01-01")],
  ]);
});

describe("a quarter", () => {
  const values = new Map<string, string>();

  test("stays open to the last second before its cut-off", async () => {
    clock("2037-01-10T00:00:00Z");
    await auditAll(made, "2036-12-15");
    clock("2037-03-31T23:59:59Z");
    await look();
    expect(await phasesOf(made, plan)).toEqual(["open", "open", "open", "open"]);
    expect(await releases()).toEqual([]);
    expect((await fileOf(made, made.members[0] as Org, plan, "2036-Q4")).status).toBe(404);
  });

  test("is published at its cut-off, and what comes in from then on counts nowhere", async () => {
    clock("2037-04-01T00:00:00Z");
    const [site = ""] = made.sites[0] ?? [];
    await made.world.audit(made.firm, site, auditOn("2036-12-20", 3));
    clock("2037-04-01T00:01:00Z");
    await look();
    expect(await phasesOf(made, plan)).toEqual(["published", "open", "open", "open"]);
    expect(await releases()).toMatchObject([{ plan, cohort: "2036-Q4", publishedAt: at("2037-04-01T00:01:00Z") }]);
    const lines = (await (await made.world.get(assay, `/v1/releases/${plan}/2036-Q4/inputs`)).text())
      .trim()
      .split("\n");
    for (const line of lines.slice(1)) {
      const { site: one, values: its } = JSON.parse(line) as { site: string; values: string };
      values.set(one, its);
    }
    expect(values.size).toBe(40);
    // The late one would be bin 3.
    expect(values.get(site)).toBe("1");
  });

  test("is published once: a later look makes nothing new of it", async () => {
    const before = await (await fileOf(made, made.members[0] as Org, plan, "2036-Q4")).text();
    clock("2037-05-01T00:00:00Z");
    await look();
    expect(await releases()).toHaveLength(1);
    expect(await (await fileOf(made, made.members[0] as Org, plan, "2036-Q4")).text()).toBe(before);
  });

  test("without an audit withholds every cell, in a file of its own", async () => {
    clock("2037-07-01T00:00:00Z");
    await look();
    const file = await (await fileOf(made, made.members[0] as Org, plan, "2037-Q1")).json();
    expect(file).toMatchObject({ cells: [], withheld: [{ path: "all", metric: "findings/critical" }] });
  });
});

describe("a vote", () => {
  test("that is over without a majority leaves a plan of which nothing is ever made", async () => {
    clock("2037-07-02T00:00:00Z");
    await auditAll(made, "2037-06-15");
    await auditAll(made, "2037-03-15");
    const proposed = await propose(made, { kind: "year", metrics: ["findings/critical"] });
    await put(made, proposed);
    for (const member of made.members.slice(0, 4)) await vote(made, member, proposed.plan);
    clock("2038-01-01T00:00:01Z");
    await vote(made, made.members[4] as Org, proposed.plan);
    expect((await planView(made, proposed.plan)).running).toMatchObject({ state: "lapsed", yes: 4, needed: 5 });
    clock("2038-06-01T00:00:00Z");
    await look();
    expect(await phasesOf(made, proposed.plan)).toEqual(["open"]);
    expect((await releases()).filter((one) => one.plan === proposed.plan)).toEqual([]);
  });
});

import { correctionOf } from "@quasarix/client/response-drafts.ts";
import type { ReleaseFile } from "@quasarix/shared/benchmark/release-file.ts";
import type { ReleaseView } from "@quasarix/shared/wire/releases.ts";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { adopted, auditAll, auditOn, fileOf, look, type Pool, pool } from "../benchmark/pool.ts";
import { env } from "../workerd-env.ts";
import type { Org } from "../world.ts";

const METRIC = "findings/critical";
let made: Pool;
let plan: string;
let auditor: Org;

const clock = (moment: string) => vi.setSystemTime(Date.parse(moment));
const first = (): Org => made.members[0] as Org;
const textOf = async (cohort: string): Promise<string> => (await fileOf(made, first(), plan, cohort)).text();
const published = async (): Promise<string[]> =>
  (await made.world.json<{ items: ReleaseView[] }>(first(), "GET", "/v1/releases")).items.map(
    ({ cohort, file }) => `${cohort} ${file}`,
  );

/** Eight members, a year of history, and the first quarter under the plan: published on 1 April. */
beforeAll(async () => {
  made = await pool(8, 5);
  for (const [i, day] of ["2035-12-01", "2036-02-01", "2036-05-01", "2036-08-01"].entries())
    await auditAll(made, day, i);
  auditor = await made.world.admit("assay", "auditor");
  ({ plan } = await adopted(made, { kind: "quarter", metrics: [METRIC], auditors: [auditor.id] }));
  clock("2037-01-10T00:00:00Z");
  await auditAll(made, "2036-12-15");
  clock("2037-04-01T00:00:00Z");
  // Late by a second at most, and before anybody looked.
  await made.world.audit(made.firm, made.sites[0]?.[0] ?? "", auditOn("2036-12-31", 3));
  await look();
}, 180_000);
afterAll(() => vi.useRealTimers());

test("R6: what comes in at the cut-off counts nowhere", async () => {
  const lines = (await (await made.world.get(auditor, `/v1/releases/${plan}/2036-Q4/inputs`)).text())
    .trim()
    .split("\n");
  const own = lines.slice(1).map((line) => JSON.parse(line) as { site: string; values: string });
  expect(own).toHaveLength(40);
  // Three critical findings would be bin 3.
  expect(
    own
      .map(({ values }) => values)
      .toSorted()
      .join(""),
  ).toBe("1".repeat(10) + "2".repeat(20) + "3".repeat(10));
});

test("R6: late, again, corrected, and a member gone: what is published stays, and no cohort is made twice", async () => {
  const [before, releases] = [await textOf("2036-Q4"), await published()];
  expect((JSON.parse(before) as ReleaseFile).cells).toHaveLength(1);
  const [late = "", again = "", corrected = ""] = made.sites[0] ?? [];
  await made.world.audit(made.firm, late, auditOn("2036-12-20", 3));
  const { statementHash } = await made.world.audit(made.firm, again, auditOn("2036-12-15", 2));
  await made.world.say(
    made.firm,
    correctionOf({ audit: statementHash, site: again }, { field: "auditFrom", value: "2036-12-16", why: "Misread." }),
  );
  await made.world.audit(made.firm, corrected, auditOn("2036-10-01", 1));
  await env.DB.prepare("UPDATE organisations SET suspended = 1 WHERE id = ?").bind(made.members[7]?.id).run();
  for (const moment of ["2037-04-01T00:00:05Z", "2037-04-20T00:00:00Z", "2037-06-30T23:59:59Z"]) {
    clock(moment);
    await look();
    await look();
    expect(await textOf("2036-Q4")).toBe(before);
    expect(await published()).toEqual(releases);
  }
});

test("R6: the next quarter counts its own days alone, however much came in of the one before", async () => {
  clock("2037-07-01T00:00:00Z");
  await look();
  const file = JSON.parse(await textOf("2037-Q1")) as ReleaseFile;
  expect(file.cells).toEqual([]);
  expect(file.withheld).toEqual([{ path: "all", metric: METRIC }]);
  expect((await published()).map((one) => one.split(" ")[0])).toEqual(expect.arrayContaining(["2036-Q4", "2037-Q1"]));
});

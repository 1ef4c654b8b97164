import type { ProposalView } from "@quasarix/shared/wire/releases.ts";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { holdDuty } from "../crash/duty-hand.ts";
import { env } from "../workerd-env.ts";
import type { Org } from "../world.ts";
import { auditOn, type Pool, pool } from "./pool.ts";

let made: Pool;
let spare: readonly string[];

beforeAll(async () => {
  made = await pool(5, 10);
  await holdDuty();
  spare = made.sites.map(([first = ""]) => first);
  for (const site of made.sites.flat().filter((one) => !spare.includes(one))) await audit(site);
}, 120_000);
afterAll(() => vi.useRealTimers());

const audit = (site: string) => made.world.audit(made.firm, site, auditOn("2036-03-04", 0));

/** As of a discovery batch with all that the log holds. */
async function looked(): Promise<ProposalView> {
  await env.DB.prepare("DELETE FROM discovery_batches").run();
  await env.DB.prepare(`INSERT INTO discovery_batches (number, closed_at, size)
    SELECT 1, ?1, 1 + (SELECT max(log_index) FROM statements)`)
    .bind(Date.now())
    .run();
  const ask = { kind: "founding", metrics: ["findings/critical"], commitBy: Date.now() / 1000 + 60, dryRun: true };
  return made.world.json<ProposalView>(made.members[0] as Org, "POST", "/v1/release-plans/proposals", ask);
}

test("a plan that is looked at is the same bytes after one supplier more: nobody sees who joined", async () => {
  const before = await looked();
  await audit(spare[4] ?? "");
  expect(await looked()).toEqual(before);
});

test("a member hears where its question is wrong, and as ever nothing of a plan that is not for looking at", async () => {
  const asked = (body: object) =>
    made.world.json(made.members[0] as Org, "POST", "/v1/release-plans/proposals", { kind: "year", ...body });
  await expect(asked({ from: "2036-q1", dryRun: true })).rejects.toThrow(/422 .*"\/from"/);
  await expect(asked({})).rejects.toThrow("404");
});

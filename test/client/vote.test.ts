import type { Author } from "@quasarix/client/author.ts";
import type { Client } from "@quasarix/client/client.ts";
import { voteOn } from "@quasarix/client/release-plans.ts";
import { buildPlan } from "@quasarix/shared/benchmark/build-plan.ts";
import { startOf } from "@quasarix/shared/benchmark/cohorts.ts";
import type { Plan, SeriesName } from "@quasarix/shared/benchmark/plan.ts";
import { planHash, writePlan } from "@quasarix/shared/benchmark/plan-file.ts";
import { ok } from "@quasarix/shared/result.ts";
import { expect, test } from "vitest";
import { ask, pool } from "../benchmark/participants.ts";

const participants = pool(8, 5);
const bytesOf = (series: SeriesName, auditors: string[], more: { commitBy?: number } = {}) => {
  const plan = buildPlan(ask([series], { participants, auditors, ...more }));
  if (!plan.ok) throw new Error(plan.failure.reason);
  return writePlan(plan.value as Plan);
};
const [YEAR, AGAIN, QUARTERS] = [bytesOf("year", []), bytesOf("year", ["org_a"]), bytesOf("quarter", [])];

interface Known {
  readonly adopted?: readonly Uint8Array<ArrayBuffer>[];
  readonly released?: readonly Uint8Array<ArrayBuffer>[];
  readonly soon?: boolean;
  readonly choice?: "yes" | "no";
  /** Unix ms; absent: before any vote is over. */
  readonly now?: number;
}

/** What a member's vote comes to, with what the server says was adopted and what the log has releases of. */
async function yes(
  plan: Uint8Array<ArrayBuffer>,
  { adopted = [], released = [], soon = false, choice = "yes", now = 0 }: Known,
): Promise<string> {
  const files = new Map([plan, ...adopted, ...released].map((bytes) => [planHash(bytes), bytes]));
  const items = adopted.map((bytes) => ({ plan: planHash(bytes), running: { state: "adopted" } }));
  const releases = new Map(released.map((bytes) => [`${planHash(bytes)}|2026`, {}]));
  const client = {
    consortium: { id: "log.example/one", sync: async () => ok({ releases }) },
    host: { now: () => now },
    keep: { read: async () => null, write: async () => undefined },
    routes: {
      releasePlans: async () => ok({ items, next: null }),
      releasePlanFile: async (hash: string) => ok(files.get(hash)),
    },
  } as unknown as Client;
  const author = { say: async () => ok("voted") } as unknown as Author;
  const voted = await voteOn(client, author, { plan: planHash(plan), choice, ...(soon && { soon }) });
  return voted.ok ? "voted" : JSON.stringify(voted.failure);
}

const TWICE = "a score would count twice: 2026 overlaps 2026 of another plan";

test("a yes is given to a plan beside those of other days, of the other series, and to itself again", async () => {
  expect(await yes(YEAR, {})).toBe("voted");
  expect(await yes(YEAR, { adopted: [QUARTERS], released: [QUARTERS] })).toBe("voted");
  expect(await yes(YEAR, { adopted: [YEAR], released: [YEAR] })).toBe("voted");
});

test("it is not given to a second look at the days of an adopted plan", async () => {
  expect(await yes(AGAIN, { adopted: [YEAR] })).toContain(TWICE);
});

test("nor where the log has a release of them, whatever the server says was adopted", async () => {
  expect(await yes(AGAIN, { released: [YEAR] })).toContain(TWICE);
});

test("nor to a founding plan that counts sooner than 30 days after its vote, unless the member says so", async () => {
  const [march2, later] = [startOf("2026-03-02"), startOf("2026-03-02") + 1];
  expect(await yes(bytesOf("founding", [], { commitBy: march2 }), {})).toBe("voted");
  const hurried = bytesOf("founding", [], { commitBy: later });
  expect(await yes(hurried, {})).toContain("sooner than 30 days after its vote");
  expect(await yes(hurried, { soon: true })).toBe("voted");
});

test("no vote is given once it is over, whichever it is", async () => {
  const plan = bytesOf("year", [], { commitBy: 1_700_000_000 });
  const at = (now: number) => yes(plan, { choice: "no", now });
  expect([await at(1_700_000_000_000), await at(1_700_000_000_001)]).toEqual([
    "voted",
    expect.stringContaining("over at 2023-11-14T22:13:20.000Z"),
  ]);
});

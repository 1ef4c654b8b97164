import { startOf } from "@quasarix/shared/benchmark/cohorts.ts";
import { releaseFileKey } from "@quasarix/shared/benchmark/releasing.ts";
import type { ReleaseView } from "@quasarix/shared/wire/releases.ts";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { look, planView } from "../benchmark/pool.ts";
import { env } from "../workerd-env.ts";
import type { Org } from "../world.ts";
import { type House, house, setClock } from "./house.ts";

let made: House;
beforeAll(async () => {
  made = await house();
}, 180_000);
afterAll(() => vi.useRealTimers());

const DAY = 86_400;

async function releases(): Promise<ReleaseView[]> {
  const [member] = made.pool.members as [Org];
  return (await made.pool.world.json<{ items: ReleaseView[] }>(member, "GET", "/v1/releases")).items;
}
const filesThere = async (): Promise<string[]> =>
  (await env.RELEASE_BUCKET.list()).objects
    .map(({ key, etag }) => `${key} ${etag}`)
    .filter((it) => !it.startsWith("plans"));

async function cohortOf(plan: string) {
  const [cohort] = (await planView(made.pool, plan)).running?.cohorts ?? [];
  if (!cohort) throw new Error("no cohort");
  return cohort;
}

/** What stands after the object looked at this instant. */
async function at(seconds: number, plan: string) {
  setClock(seconds);
  await look();
  await look();
  return (await cohortOf(plan)).phase;
}

test("S11: a founding release waits for its day, however the clock is turned, and stands once", async () => {
  const plan = made.plans.published;
  const { cutoff, notBefore } = await cohortOf(plan);
  const early = [Math.floor(Date.now() / 1000), cutoff - DAY, 0, cutoff - 1];
  for (const seconds of early) {
    expect(await at(Math.max(seconds, 1), plan)).toBe("open");
    expect(await releases()).toEqual([]);
  }
  expect(await at(notBefore, plan)).toBe("published");
  const [first, files] = [await releases(), await filesThere()];
  expect(first).toHaveLength(1);
  for (const seconds of [notBefore - DAY, notBefore + DAY, notBefore - 365 * DAY, notBefore + 1]) {
    expect(await at(seconds, plan)).toBe("published");
    expect([await releases(), await filesThere()]).toEqual([first, files]);
  }
});

test("S11: a yearly release is three months old to the second", async () => {
  const plan = made.plans.waiting;
  const { cohort, notBefore } = await cohortOf(plan);
  expect(notBefore).toBe(startOf(`${Number(cohort) + 1}-04-01`));
  for (const seconds of [startOf(`${Number(cohort) + 1}-01-01`), notBefore - 1, notBefore - 40 * DAY])
    expect(await at(seconds, plan)).not.toBe("published");
  expect(await at(notBefore, plan)).toBe("published");
  expect(await env.RELEASE_BUCKET.head(releaseFileKey(plan, cohort))).not.toBeNull();
});

test("S11: what was published was as old as it has to be", async () => {
  const found = await releases();
  expect(found).toHaveLength(2);
  for (const { plan, cohort, publishedAt } of found) {
    const of = (await planView(made.pool, plan)).running?.cohorts.find((one) => one.cohort === cohort);
    const last = cohort.slice(-7).match(/^(\d{4})-Q(\d)$/);
    const [year, quarter] = last ? [Number(last[1]), Number(last[2])] : [Number(cohort), 4];
    const old = new Date(Date.UTC(year, 3 * quarter + 3, 1)).getTime() / 1000;
    expect(publishedAt).toBeGreaterThanOrEqual(Math.max(old, of?.notBefore ?? 0));
  }
});

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { releaseFileKey } from "@quasarix/shared/benchmark/releasing.ts";
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from "vitest";
import { PAUSES, type Pause, plantFault } from "../../workers/benchmark/fault.ts";
import { plantFault as plantStoreFault } from "../../workers/store/fault.ts";
import { env } from "../workerd-env.ts";
import type { Org } from "../world.ts";
import { adopted, at, auditAll, fileOf, look, type Pool, phasesOf, planIn, pool, releasesStub } from "./pool.ts";

const isLong = inject("long" as never) as boolean;

let made: Pool;
let plan: string;
let cohort: string;
let bytes: string;

beforeAll(async () => {
  made = await pool(6, 7);
  await auditAll(made, "2036-03-04");
  await auditAll(made, "2036-05-04", 1);
  const proposed = await adopted(made, {
    kind: "founding",
    metrics: ["findings/critical", "remediation/days"],
    commitBy: at("2036-11-22T09:00:00Z"),
  });
  ({ plan } = proposed);
  cohort = planIn(proposed).series[0]?.cohorts[0]?.id as string;
  vi.setSystemTime(Date.parse("2036-11-22T09:00:30Z"));
  await look();
  bytes = await file();
}, 120_000);
afterEach(() => {
  plantFault(null);
  plantStoreFault(null);
});
afterAll(() => vi.useRealTimers());

const file = async () => (await fileOf(made, made.members[0] as Org, plan, cohort)).text();

const counts = () =>
  env.DB.prepare(`SELECT (SELECT count(*) FROM releases) AS shown, (SELECT count(*) FROM statements
    WHERE type = 'release') AS stated, (SELECT count(*) FROM statements WHERE log_index IS NULL) AS staged`).first<{
    shown: number;
    stated: number;
    staged: number;
  }>();

/** As if the cut-off had just come: the object gathers again, and nobody has heard of a release. */
async function before(): Promise<void> {
  await env.DB.prepare("DELETE FROM releases").run();
  await env.RELEASE_BUCKET.delete(releaseFileKey(plan, cohort));
  await restored();
}

/** The object set back to before the cut-off; everything around it stays. */
const restored = () =>
  runInDurableObject(releasesStub(), async (_object, { storage }) => {
    for (const table of ["cohorts", "records"]) storage.sql.exec(`DELETE FROM ${table}`);
    storage.sql.exec("UPDATE plans SET is_over = 0");
    await storage.setAlarm(Date.now());
  });

/** One look that dies at this place, and those after it, of an object that lost its memory. */
async function struckAt(name: string, plant: typeof plantFault | typeof plantStoreFault): Promise<boolean> {
  let isReached = false;
  const strike = {
    pause: async (here: string) => {
      if (here !== name || isReached) return;
      isReached = true;
      throw new Error("planted");
    },
  };
  plant(strike as never);
  await look();
  plant(null);
  await evictDurableObject(releasesStub());
  for (let tries = 0; tries < 3; tries++) await look();
  return isReached;
}

// A second put of one file happens where the first was struck, no look here finds nothing to gather, and of a plan that is
// adopted nobody asks again whether it was put to the vote.
const WALK = PAUSES.filter((name) => isLong || /^(stands|open|file|sign|commit)$/.test(name)).filter(
  (name) => !["file-there", "put"].includes(name),
);

test.each(WALK)("an object that dies at `%s` publishes the same bytes once", async (name: Pause) => {
  await before();
  const stated = (await counts())?.stated as number;
  expect(await struckAt(name, plantFault)).toBe(true);
  expect(await phasesOf(made, plan)).toEqual(["published"]);
  expect(await file()).toBe(bytes);
  expect(await counts()).toEqual({ shown: 1, stated: stated + 1, staged: 0 });
});

test.each(["stage", "sequence", "record", "acknowledge"])("and one whose statement is struck at `%s`", async (name) => {
  await before();
  const stated = (await counts())?.stated as number;
  expect(await struckAt(name, plantStoreFault)).toBe(true);
  expect(await file()).toBe(bytes);
  expect(await counts()).toEqual({ shown: 1, stated: stated + 1, staged: 0 });
});

test("an object that was restored to before the cut-off finds its release published, and leaves it", async () => {
  const known = await counts();
  await restored();
  await look();
  expect(await phasesOf(made, plan)).toEqual(["published"]);
  expect(await file()).toBe(bytes);
  expect(await counts()).toEqual(known);
});

test("another file in the place of a release is never written over, nor is one stated", async () => {
  await before();
  const known = await counts();
  await env.RELEASE_BUCKET.put(releaseFileKey(plan, cohort), "{}");
  await look();
  await look();
  expect(await phasesOf(made, plan)).toEqual(["closed"]);
  expect(await counts()).toEqual({ ...known, shown: 0 });
  expect(await (await env.RELEASE_BUCKET.get(releaseFileKey(plan, cohort)))?.text()).toBe("{}");
});

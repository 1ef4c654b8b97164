import { runInDurableObject } from "cloudflare:test";
import { readRelease, releaseHash } from "@quasarix/shared/benchmark/release-bytes.ts";
import type { ReleaseView } from "@quasarix/shared/wire/releases.ts";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Org } from "../world.ts";
import { auditAll, look, type Pool, planIn, planView, pool, propose, put, releasesStub, vote } from "./pool.ts";

let made: Pool;

beforeAll(async () => {
  made = await pool(8, 5);
  await auditAll(made, "2036-03-04");
}, 120_000);
afterAll(() => vi.useRealTimers());

test("a founding release from proposal to file", async () => {
  const now = Math.floor(Date.now() / 1000);
  const proposed = await propose(made, { kind: "founding", metrics: ["findings/critical"], commitBy: now + 600 });
  const plan = planIn(proposed);
  expect(plan).toMatchObject({ profile: "eight", K: 5, series: [{ name: "founding" }] });
  await put(made, proposed);
  for (const member of made.members.slice(0, 4)) await vote(made, member, proposed.plan);
  expect((await planView(made, proposed.plan)).running).toMatchObject({ state: "open", yes: 4, needed: 5 });
  await vote(made, made.members[4] as Org, proposed.plan);
  expect((await planView(made, proposed.plan)).running).toMatchObject({ state: "adopted", yes: 5 });
  const [cohort] = plan.series[0]?.cohorts ?? [];
  await look();
  expect((await planView(made, proposed.plan)).running?.cohorts[0]?.phase).toBe("open");
  vi.useFakeTimers({ toFake: ["Date"], now: ((cohort?.notBefore ?? 0) + 5) * 1000 });
  await look();
  expect((await planView(made, proposed.plan)).running?.cohorts[0]?.phase).toBe("published");
  const [release] = (await made.world.json<{ items: ReleaseView[] }>(made.members[0] as Org, "GET", "/v1/releases"))
    .items;
  const path = `/v1/releases/${proposed.plan}/${encodeURIComponent(cohort?.id ?? "")}/file`;
  const answer = await made.world.get(made.members[1] as Org, path);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(releaseHash(bytes)).toBe(release?.file);
  expect(readRelease(bytes)).toMatchObject({ ok: true, value: { cells: [{ path: "all" }], withheld: [] } });
});

test("what was counted is gone once it is published, where no auditor may ask for it", async () => {
  const left = await runInDurableObject(releasesStub(), (_object, { storage }) => [
    ...storage.sql.exec("SELECT site FROM records"),
  ]);
  expect(left).toEqual([]);
});

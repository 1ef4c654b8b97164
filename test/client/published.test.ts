import { addUp } from "@quasarix/client/benchmarks.ts";
import type { LoggedRelease } from "@quasarix/client/consortium-state.ts";
import { releaseKey, stateFrom, stateText } from "@quasarix/client/consortium-state.ts";
import { memoryKeep } from "@quasarix/client/ports.ts";
import { fetchRelease, publishedReleases } from "@quasarix/client/published.ts";
import { refusalSays } from "@quasarix/client/refusal.ts";
import type { Plan } from "@quasarix/shared/benchmark/plan.ts";
import { planHash, writePlan } from "@quasarix/shared/benchmark/plan-file.ts";
import { releaseHash, writeRelease } from "@quasarix/shared/benchmark/release-bytes.ts";
import { type Bytes, utf8 } from "@quasarix/shared/bytes.ts";
import { ok } from "@quasarix/shared/result.ts";
import { describe, expect, test } from "vitest";
import { fileOf, HASH, OTHER, pictureFrom, planOf } from "../benchmark/use/files.ts";

const Q1 = "2026-Q1";
const planBytes = writePlan(planOf());
const PLAN = planHash(planBytes);
const fileBytes = writeRelease({ ...fileOf(Q1, [[OTHER, [5, 5, 20, 5, 5]]]), planHash: PLAN });
const { notBefore } = planOf().series[0]?.cohorts[0] ?? { notBefore: 0 };

interface World {
  readonly plan?: Bytes;
  readonly file?: Bytes;
  readonly logged?: Partial<LoggedRelease>;
  readonly key?: string;
}

/** A server that says these bytes, beside a log that says that hash. */
function world({ plan = planBytes, file = fileBytes, logged = {}, key = releaseKey(PLAN, Q1) }: World = {}) {
  const asked: string[] = [];
  const answer = (what: string, bytes: Bytes) => async () => {
    asked.push(what);
    return ok(bytes);
  };
  const state = stateFrom(null);
  state.releases.set(key, {
    ...{ index: 7, file: releaseHash(file), commitment: HASH, inputs: HASH, votes: HASH, publishedAt: notBefore },
    ...logged,
  });
  const client = {
    keep: memoryKeep(),
    consortium: { id: planOf().consortium, sync: async () => ok(state) },
    routes: { releasePlanFile: answer("plan", plan), releaseFile: answer("file", file) },
  };
  return { client: client as never as Parameters<typeof fetchRelease>[0], asked, state };
}

const saysOf = async (made: World, cohort = Q1): Promise<string> => {
  const answer = await fetchRelease(world(made).client, PLAN, cohort);
  return answer.ok ? "taken" : refusalSays(answer.failure);
};

describe("a published file", () => {
  test("is taken when its bytes are those of the hash in the log", async () => {
    const answer = await fetchRelease(world().client, PLAN, Q1);
    expect(answer.ok && answer.value).toMatchObject({ cohort: { id: Q1 }, fileHash: releaseHash(fileBytes) });
  });

  test("is asked for once: it never changes", async () => {
    const { client, asked } = world();
    await fetchRelease(client, PLAN, Q1);
    await fetchRelease(client, PLAN, Q1);
    expect(asked).toEqual(["plan", "file"]);
  });

  test("that was spoilt on this machine is fetched anew", async () => {
    const { client, asked } = world();
    await client.keep.write(`release-${releaseHash(fileBytes)}`, "{}");
    expect((await fetchRelease(client, PLAN, Q1)).ok).toBe(true);
    expect(asked).toEqual(["plan", "file"]);
  });

  const otherCohort = writeRelease({ ...fileOf("2026-Q2", []), planHash: PLAN });
  test.each<{ says: string; made: World; refusal: string }>([
    { says: "other bytes than the log names", made: { logged: { file: HASH } }, refusal: "not those of its hash" },
    { says: "another plan than was voted on", made: { plan: utf8("{}") }, refusal: "not those of its hash" },
    {
      says: "made with a secret that its plan had not committed to",
      made: { logged: { commitment: "B".repeat(43) } },
      refusal: "another secret",
    },
    {
      says: "published a second before its day",
      made: { logged: { publishedAt: notBefore - 1 } },
      refusal: "before its day",
    },
    { says: "another quarter's under this one's name", made: { file: otherCohort }, refusal: "another cohort" },
    {
      says: "of a plan that the log does not name it under",
      made: { key: releaseKey(HASH, Q1) },
      refusal: "the log has no release",
    },
  ])("is refused: $says", async ({ made, refusal }) => {
    expect(await saysOf(made)).toContain(refusal);
  });
});

test("what was verified of releases outlives the process, and what was kept before there were any is read", async () => {
  const { client, state } = world();
  const again = stateFrom(stateText(state));
  expect([...again.releases]).toEqual([...state.releases]);
  const { releases: _, ...before } = JSON.parse(stateText(state)) as { releases: unknown };
  expect(stateFrom(JSON.stringify(before)).releases.size).toBe(0);
  expect(await publishedReleases(client)).toMatchObject({ ok: true, value: [{ plan: PLAN, cohort: Q1, index: 7 }] });
});

describe("a release, in the log as it should be, is refused", () => {
  const by = (plan: Plan, rows: Parameters<typeof fileOf>[1] = []) => {
    const bytes = writePlan(plan);
    const hash = planHash(bytes);
    const file = writeRelease({ ...fileOf(Q1, rows), planHash: hash });
    return { hash, made: world({ plan: bytes, file, key: releaseKey(hash, Q1) }) };
  };
  test.each<[string, Plan, Parameters<typeof fileOf>[1], string]>([
    ["of a plan without noise", { ...planOf(), b: [1, 1000] }, [], "breaks its rules"],
    ["of a plan with another floor", { ...planOf(), floor: { counted: 1, sponsors: 1 } }, [], "breaks its rules"],
    ["of another consortium's plan", planOf({ consortium: "log.example/two" }), [], "of another consortium"],
    [
      "with a cell that stands twice",
      planOf(),
      [
        [OTHER, [5, 5, 5, 5, 5]],
        [OTHER, [1, 1, 1, 1, 99]],
      ],
      "not a file of its plan",
    ],
  ])("%s", async (_, plan, rows, says) => {
    const { hash, made } = by(plan, rows);
    const answer = await fetchRelease(made.client, hash, Q1);
    expect(answer.ok ? "taken" : refusalSays(answer.failure)).toContain(says);
  });
});

describe("files that are added", () => {
  const one = (cohort: string, consortium = "log.example/one") =>
    pictureFrom(cohort, [[OTHER, [5, 5, 5, 5, 5]]], { consortium });
  test("of one consortium are quarters in a row, of several one cohort", () => {
    expect(addUp([one("2026-Q1"), one("2026-Q2")])).toMatchObject({
      ok: true,
      value: { cohort: "2026-Q1 to 2026-Q2" },
    });
    expect(addUp([one("2026-Q1"), one("2026-Q1", "log.example/two")])).toMatchObject({ ok: true });
  });
  test("or hear in a sentence why not", () => {
    const says = (...pictures: Parameters<typeof addUp>[0]) => {
      const added = addUp(pictures);
      return added.ok ? "" : refusalSays(added.failure);
    };
    expect(says(one("2026-Q1"), one("2026-Q3"))).toBe("2026-Q3 does not follow on 2026-Q1");
    expect(says(one("2026-Q1"))).toContain("nothing to add");
    expect(says(one("2026-Q1"), one("2026-Q2", "log.example/two"))).toBe("one is of 2026-Q1, another of 2026-Q2");
  });
});

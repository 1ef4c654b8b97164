import { runInDurableObject } from "cloudflare:test";
import { planHash, writePlan } from "@quasarix/shared/benchmark/plan-file.ts";
import { writeRelease } from "@quasarix/shared/benchmark/release-bytes.ts";
import { planFileKey, releaseFileKey } from "@quasarix/shared/benchmark/releasing.ts";
import { ReleaseLedger } from "../../workers/benchmark/ledger.ts";
import { env } from "../workerd-env.ts";
import { hashOf } from "./small-api.ts";

export const PLANTED_COHORT = "2025";

/** A plan and its release as if all had been voted and gathered: a street has too few sites for one. The plan's hash. */
export async function plantRelease(auditor: string): Promise<string> {
  const secret = hashOf("a secret");
  // Just now: what was counted is forgotten half a year after it was published, and the fuzz asks for it.
  const today = Math.floor(Date.now() / 1000);
  const days = { from: "2025-01-01", to: "2025-12-31", cutoff: 1, notBefore: 1, commitment: secret };
  const file = writePlan({
    ...{ version: 1, consortium: env.ORIGIN, profile: "small", says: "5 or more companies", marks: [] },
    ...{ K: 8, W: 40, floor: { counted: 33, sponsors: 5 }, b: [2, 1], planKey: secret, sites: secret },
    ...{ auditors: [auditor], commitBy: 1 },
    series: [
      {
        ...{ name: "year", metrics: ["findings/critical"], cells: [{ path: "all", where: [] }] },
        cohorts: [{ id: PLANTED_COHORT, ...days }],
      },
    ],
  });
  const plan = planHash(file);
  const cells = [{ path: "all", metric: "findings/critical", bins: [9, 9, 9, 9, -1] as [9, 9, 9, 9, -1] }];
  const release = writeRelease({ planHash: plan, cohort: PLANTED_COHORT, cells, withheld: [] });
  await env.RELEASE_BUCKET.put(planFileKey(plan), file);
  await env.RELEASE_BUCKET.put(releaseFileKey(plan, PLANTED_COHORT), release);
  const claims = { plan, cohort: PLANTED_COHORT, series: "year", file: secret, commitment: secret, inputs: secret };
  await env.DB.batch([
    env.DB.prepare("INSERT INTO release_plans VALUES (?, ?, 'small', '[\"year\"]', -2, 0)").bind(hashOf("put"), plan),
    env.DB.prepare("INSERT INTO releases VALUES (?, ?, ?, ?, -3, 0)").bind(
      ...[plan, PLANTED_COHORT, hashOf("said"), JSON.stringify({ ...claims, votes: secret, publishedAt: today })],
    ),
  ]);
  const stub = env.RELEASES.getByName(env.ORIGIN);
  await runInDurableObject(stub, (_object, { storage }) => {
    const ledger = new ReleaseLedger(storage);
    ledger.keepPlan({ hash: plan, file, nonce: new Uint8Array(32) }, [], 0);
    ledger.adopt(plan, { votes: secret, yes: 3, no: 0, needed: 3 });
    const life = { phase: "published", closedAt: today, publishedAt: today, file: secret } as const;
    ledger.beginCohort({ plan, cohort: PLANTED_COHORT }, life, 0);
    ledger.end(plan);
  });
  return plan;
}

import { createHash } from "node:crypto";
import type { PlanAsk } from "@quasarix/shared/benchmark/build-plan.ts";
import { cohortsOf, endOf, foundingCohort, startOf } from "@quasarix/shared/benchmark/cohorts.ts";
import type { Cohort, SeriesName } from "@quasarix/shared/benchmark/plan.ts";
import { commitmentOf, planSecrets } from "@quasarix/shared/benchmark/plan-secrets.ts";
import type { Leaf, Participant } from "@quasarix/shared/benchmark/site-record.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";

export const FOUR = ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"];
export const ANYWHERE: Leaf = { industry: "textiles", region: "asia", country: "VN", tier: "1" };

let made = 0;
/** So many suppliers of each of so many members, in one leaf; audited in every quarter unless said. */
export const pool = (members: number, each: number, leaf: Partial<Leaf> = {}, quarters: readonly string[] = FOUR) =>
  Array.from({ length: members * each }, (_, i): Participant => {
    made++;
    return {
      site: `site_${createHash("sha256").update(`${made}`).digest("base64url")}`,
      leaf: { ...ANYWHERE, ...leaf },
      sponsor: `org_${i % members}`,
      quarters,
    };
  });

const SECRETS = planSecrets(sha256(utf8("root")), sha256(utf8("nonce")));

const dates = (name: SeriesName) => {
  if (name === "founding") return [foundingCohort(startOf("2026-02-10"), startOf("2026-04-01"))];
  return name === "quarter" ? cohortsOf("quarter", "2026-Q1", 4) : cohortsOf("year", "2026", 1);
};
const cohorts = (name: SeriesName): Cohort[] =>
  dates(name).map((one) => ({ ...one, commitment: commitmentOf(SECRETS.secretOf(one.id)) }));

/** Asks for these series, with a metric each unless said. */
export const ask = (names: readonly SeriesName[], more: Partial<PlanAsk> = {}): PlanAsk => ({
  consortium: "log.example/one",
  series: names.map((name) => ({ name, metrics: ["findings/critical"], cohorts: cohorts(name) })),
  participants: [],
  quarters: FOUR,
  activeMembers: 9,
  planKey: SECRETS.planKey,
  auditors: ["org_auditor"],
  commitBy: names.includes("founding") ? startOf("2026-03-01") : endOf({ to: "2026-03-31" }),
  ...more,
});

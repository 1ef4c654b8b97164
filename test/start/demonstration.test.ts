import { buildPlan } from "@quasarix/shared/benchmark/build-plan.ts";
import { foundingCohort, lastFourQuarters } from "@quasarix/shared/benchmark/cohorts.ts";
import { Participation } from "@quasarix/shared/benchmark/participation.ts";
import { leafOf } from "@quasarix/shared/benchmark/plan.ts";
import { commitmentOf, planSecrets, sponsorOf } from "@quasarix/shared/benchmark/plan-secrets.ts";
import type { Participant } from "@quasarix/shared/benchmark/site-record.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { regionOf } from "@quasarix/shared/registry/region.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { describe, expect, test } from "vitest";
import { draftOf } from "../../scripts/demonstration/audits.ts";
import { dayOf, fiveQuarters } from "../../scripts/demonstration/days.ts";
import { FULL, type Plan, SMALL, sitesIn } from "../../scripts/demonstration/plan.ts";

const NOONS = ["2026-01-01", "2026-03-31", "2026-05-30", "2026-11-22", "2028-02-29"].map((day) =>
  Date.parse(`${day}T12:00:00Z`),
);
const KEYS = process.env["LONG"] === "1" ? 300 : 20;

const reportsOf = (plan: Plan, now: number) =>
  plan.auditors.flatMap(({ handle }, turn) => {
    const reporter = { handle, role: "auditor", turn, of: plan.auditors.length } as const;
    const source = { sites: sitesIn(plan).slice(1), days: fiveQuarters(now) };
    return Array.from({ length: plan.signedByEach }, (_, i) => draftOf(reporter, i + 1, source));
  });

/** As the platform finds them: every second site is on a member's list. */
function presentIn(plan: Plan, now: number) {
  const seconds = Math.floor(now / 1000);
  const four = lastFourQuarters(seconds, 3);
  const seen = new Participation(four, { today: dayOf(now), isFounding: true });
  for (const { site, content } of reportsOf(plan, now)) {
    const { auditTo, sharing } = content.existence;
    if (sharing !== "unknown") seen.add({ site: site.key, day: auditTo as string, accredited: true });
  }
  const sites = sitesIn(plan);
  return seen.present().map(({ site, quarters }) => {
    const at = sites.findIndex(({ name }) => name === site);
    const { sector = null, country, tier = null } = sites[at] as (typeof sites)[number];
    const members = plan.members.map(({ handle }) => handle).filter((_, turn) => (at + turn) % 2 === 0);
    return { site, leaf: leafOf({ sector, country, tier }, regionOf(country)), quarters, members };
  });
}

function foundingPlan(plan: Plan, now: number, present: ReturnType<typeof presentIn>, nonce: string) {
  const { planKey, secretOf } = planSecrets(sha256(utf8("root")), sha256(utf8(nonce)));
  const seconds = Math.floor(now / 1000);
  const dates = foundingCohort(seconds, seconds + 10);
  const participants = present.map(
    ({ members, ...one }): Participant => ({ ...one, sponsor: sponsorOf(planKey, one.site, members) as string }),
  );
  return buildPlan({
    ...{
      consortium: "demonstration",
      activeMembers: plan.members.length,
      planKey,
      auditors: [],
      commitBy: seconds + 9,
    },
    series: [
      {
        ...{ name: "founding", metrics: ["findings/critical"] },
        cohorts: [{ ...dates, commitment: commitmentOf(secretOf(dates.id)) }],
      },
    ],
    participants,
    quarters: lastFourQuarters(seconds, 3),
  });
}

describe("whatever the day on which the demonstration is made", () => {
  test.each(NOONS)("no report is of a day to come, and the oldest quarter counts (%i)", (now) => {
    const days = reportsOf(SMALL, now).map(({ content }) => content.existence.auditTo as string);
    const { from } = foundingCohort(now / 1000, now / 1000);
    expect(days.every((day) => day >= from && day < dayOf(now))).toBe(true);
  });

  test("a finding that is closed was closed after its audit, and before today", () => {
    for (const now of NOONS)
      for (const { content } of reportsOf(SMALL, now))
        for (const { closedOn } of content.findings.findings ?? [])
          if (closedOn !== undefined) {
            expect(closedOn > (content.existence.auditTo as string)).toBe(true);
            expect(closedOn <= dayOf(now)).toBe(true);
          }
  });
});

describe("whatever secret the platform draws", () => {
  test.each([
    { name: "nine members", plan: FULL, profile: "eight" },
    { name: "six members", plan: SMALL, profile: "small" },
  ])("$name have a founding plan", ({ plan, profile }) => {
    const now = NOONS[3] as number;
    const present = presentIn(plan, now);
    for (let i = 0; i < KEYS; i++)
      expect(foundingPlan(plan, now, present, `nonce ${i}`)).toMatchObject({ ok: true, value: { profile } });
  });
});

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

/** By site: whoever handed in a report of it, and whoever its supplier granted it by name (scripts/demonstration/grants.ts). */
function shownIn(plan: Plan, now: number): ReadonlyMap<string, ReadonlySet<string>> {
  const shown = new Map<string, Set<string>>();
  const show = (site: string, member: string) => shown.set(site, (shown.get(site) ?? new Set()).add(member));
  const source = { sites: sitesIn(plan).slice(1), days: fiveQuarters(now) };
  for (const [turn, { handle }] of plan.members.entries())
    for (let i = 1; i <= plan.submittedByEach; i++)
      show(draftOf({ handle, role: "member", turn, of: plan.members.length }, i, source).site.key, handle);
  const member = (at: number) => (plan.members[at % plan.members.length] as (typeof plan.members)[number]).handle;
  for (const [turn, { handle }] of plan.suppliers.entries())
    for (const [at, { name }] of (plan.sites.get(handle) ?? []).slice(0, 12).entries())
      for (const other of at === 1 ? [at, at + 1] : [at]) show(name, member(turn + other));
  return shown;
}

/** As the platform finds them: where nobody was shown a site, it is every second member's whose list it is on. */
function presentIn(plan: Plan, now: number) {
  const seconds = Math.floor(now / 1000);
  const four = lastFourQuarters(seconds, 3);
  const seen = new Participation(four, { today: dayOf(now), isFounding: true });
  for (const { site, content } of reportsOf(plan, now)) {
    const { auditTo, sharing } = content.existence;
    if (sharing !== "unknown") seen.add({ site: site.key, day: auditTo as string, accredited: true });
  }
  const sites = sitesIn(plan);
  const shown = shownIn(plan, now);
  return seen.present().map(({ site, quarters }) => {
    const at = sites.findIndex(({ name }) => name === site);
    const { sector = null, country, tier = null } = sites[at] as (typeof sites)[number];
    const listed = plan.members.map(({ handle }) => handle).filter((_, turn) => (at + turn) % 2 === 0);
    const members = [...(shown.get(site) ?? listed)];
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

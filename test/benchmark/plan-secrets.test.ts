import { planSecrets, sponsorName, sponsorOf } from "@quasarix/shared/benchmark/plan-secrets.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { describe, expect, test } from "vitest";

const keyOf = (nonce: string) => planSecrets(sha256(utf8("root")), sha256(utf8(nonce))).planKey;
const [one, other] = [keyOf("one"), keyOf("other")];
const members = ["org_birch", "org_cedar", "org_elm"];

describe("the member that a site counts for", () => {
  test("is the same in whatever order the members come, and one of them", () => {
    expect(members).toContain(sponsorOf(one, "site_1", members));
    expect(sponsorOf(one, "site_1", members.toReversed())).toBe(sponsorOf(one, "site_1", members));
  });

  test("is another one for some sites under another plan's key", () => {
    const sites = Array.from({ length: 20 }, (_, i) => `site_${i}`);
    const chosen = (key: typeof one) => sites.map((site) => sponsorOf(key, site, members));
    expect(chosen(one)).not.toEqual(chosen(other));
  });

  test("of a site that nobody stands behind is nobody", () => {
    expect(sponsorOf(one, "site_1", [])).toBeNull();
  });
});

describe("the name that an auditor knows a sponsor by", () => {
  test("is the same throughout a plan, another for another member, and another in the next plan", () => {
    expect(sponsorName(one, "org_birch")).toBe(sponsorName(one, "org_birch"));
    const names = [...members.map((id) => sponsorName(one, id)), ...members.map((id) => sponsorName(other, id))];
    expect(new Set(names).size).toBe(6);
  });

  test("holds nothing of the member's id", () => {
    expect(sponsorName(one, "org_birch")).not.toContain("birch");
  });

  test("is not found from the cohort's secret, which the auditor has", () => {
    const { planKey, secretOf } = planSecrets(sha256(utf8("root")), sha256(utf8("one")));
    expect(sponsorName(secretOf("2026-Q1"), "org_birch")).not.toBe(sponsorName(planKey, "org_birch"));
  });
});

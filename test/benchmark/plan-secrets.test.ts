import { base64url, hex } from "@quasarix/shared/base64.ts";
import { commitmentOf, planSecrets, sponsorName, sponsorOf } from "@quasarix/shared/benchmark/plan-secrets.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { hmacSha256, sha256 } from "@quasarix/shared/sha256.ts";
import fc from "fast-check";
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

describe("the secrets of a plan", () => {
  const [root, nonce] = [sha256(utf8("root")), sha256(utf8("nonce"))];
  const { planKey, secretOf } = planSecrets(root, nonce);

  test("come out the same after a restore", () => {
    const again = planSecrets(root, nonce);
    expect([again.planKey, again.secretOf("2026-Q1")]).toEqual([planKey, secretOf("2026-Q1")]);
    expect(planKey).toEqual(hmacSha256(root, utf8(`plan|${base64url(nonce)}`)));
  });

  test("are one of the plan and one of each cohort, others of another proposal", () => {
    const next = planSecrets(root, sha256(utf8("another nonce")));
    const all = [planKey, next.planKey, ...["2026-Q1", "2026-Q2"].flatMap((id) => [secretOf(id), next.secretOf(id)])];
    expect(new Set(all.map(hex)).size).toBe(6);
  });

  test("stand in its file as their SHA-256", () => {
    expect(commitmentOf(secretOf("2026-Q1"))).toBe(base64url(sha256(secretOf("2026-Q1"))));
  });
});

test("a site's sponsor is the member whose mac is the least, whatever order they come in", () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 8 });
  fc.assert(
    fc.property(fc.string(), names, (site, orgs) => {
      const macs = orgs.map((member) => ({ member, mac: hex(hmacSha256(one, utf8(`${site}|${member}`))) }));
      const [least] = macs.toSorted((a, b) => (a.mac < b.mac ? -1 : 1));
      expect(sponsorOf(one, site, orgs)).toBe(least?.member ?? null);
      expect(sponsorOf(one, site, orgs.toReversed())).toBe(least?.member ?? null);
    }),
  );
});

test("of sites that two members share each sponsors about half", () => {
  const sites = Array.from({ length: 2_000 }, (_, i) => `site_${i}`);
  const own = sites.filter((site) => sponsorOf(one, site, ["org_a", "org_b"]) === "org_a");
  expect(Math.abs(own.length - 1_000)).toBeLessThan(150);
});

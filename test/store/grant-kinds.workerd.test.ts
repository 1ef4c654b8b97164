import { decide } from "@quasarix/shared/policy/decide.ts";
import type { AuditFacts } from "@quasarix/shared/policy/facts.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import { PURPOSES, type Purpose } from "@quasarix/shared/policy/purposes.ts";
import { FIRST_RULEBOOK } from "@quasarix/shared/policy/rulebook.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type GrantRow, grantKinds, grantOf } from "../../workers/store/grant-kinds.ts";
import { emptyDeployment, env } from "../workerd-env.ts";
import { auditRow, dice, grantRow, plant } from "./planted-sharing.ts";

const roll = dice(11);
const pick = <T>(of: readonly T[]): T => of[roll(of.length)] as T;
const SITES = 12;
const CEDAR: Principal = { org: "cedar", kind: "member", isOperator: false, suspended: false, door: "assertion" };

const sections = [["existence"], ["existence", "scores"], ["scores", "existence"], ["findings"]];
const purposes: Purpose[][] = [["due-diligence"], ["audit-avoidance"], ["due-diligence", "audit-avoidance"]];
const grants = Array.from({ length: 900 }, (_, n) => {
  const site = roll(SITES);
  const shape = { id: `grant ${n}`, grantee: pick(["cedar", "members", "birch"]), site: `site ${site}` };
  const span = { notBefore: roll(1200), notAfter: 1200 + roll(200) * (site % 2), isRevoked: roll(3) < site % 4 };
  const said = { sections: JSON.stringify(pick(sections)), purposes: JSON.stringify(pick(purposes)) };
  const audit = pick([null, `audit ${site}`, `second ${site}`]);
  return grantRow({ ...shape, ...span, ...said, audit, auditIndex: audit === null ? null : 1 }, n);
});

// Other files of this runtime would meet rows that no log has.
afterAll(emptyDeployment);

beforeAll(async () => {
  await emptyDeployment();
  const audits = Array.from({ length: SITES }, (_, n) => auditRow(`audit ${n}`, `site ${n}`, "firm", n));
  await plant("audits", audits);
  await plant("grants", grants);
});

const factsOf = (n: number, rows: readonly GrantRow[]): AuditFacts => ({
  ...{
    audit: `audit ${n}`,
    site: `site ${n}`,
    author: "firm",
    submitter: null,
    supplier: "mill",
    right: "supplier-own",
  },
  ...{ disputed: false, rulebook: FIRST_RULEBOOK, terms: null, finalAt: null, contributedAt: null, consents: [] },
  ...{ grants: rows.map(grantOf), factsVersion: 1 },
});

const rowOf = (grant: (typeof grants)[number]): GrantRow => ({
  ...grant,
  notBefore: grant.not_before,
  notAfter: grant.not_after,
  revoked: grant.revoked_by === null ? 0 : 1,
});

test("one grant of each kind opens what all of them open, and where nothing opens says why", async () => {
  let closed = 0;
  for (const now of [0, 400, 1199, 1200, 1300, 1500]) {
    const audits = JSON.stringify(Array.from({ length: SITES }, (_, n) => `audit ${n}`));
    const { results } = await grantKinds(env.DB, "cedar", audits, now).all<GrantRow>();
    expect(results.length).toBeLessThan(grants.length / 2);
    for (let n = 0; n < SITES; n++)
      for (const purpose of Object.keys(PURPOSES) as Purpose[]) {
        const ask = { principal: CEDAR, purpose, sections: null, asSubmitter: false };
        const all = decide(factsOf(n, grants.map(rowOf)), ask, now);
        const some = decide(factsOf(n, results), ask, now);
        expect(some.scope?.sections).toEqual(all.scope?.sections);
        if (all.scope) expect(all.scope.because).toEqual(expect.arrayContaining([...(some.scope?.because ?? [])]));
        else closed += some.denied.length;
        expect(some.denied.length > 0).toBe(all.denied.length > 0);
      }
  }
  expect(closed).toBeGreaterThan(0);
});

import type { Principal } from "@quasarix/shared/policy/principal.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listCandidates } from "../../workers/store/audit-list.ts";
import { emptyDeployment, env } from "../workerd-env.ts";
import { auditRow, dice, grantRow, plant, siteRow } from "./planted-sharing.ts";

const NOW = 1000;
const SITES = 300;
const AUDITS = 2_400;
const roll = dice(7);
const pick = <T>(of: readonly T[]): T => of[roll(of.length)] as T;

const READERS = [
  { org: "mill", kind: "supplier" },
  { org: "quarry", kind: "supplier" },
  { org: "firm", kind: "auditor" },
  { org: "birch", kind: "member" },
  { org: "cedar", kind: "member" },
  { org: "dense", kind: "member" },
  { org: "nobody", kind: "member" },
] as const;

// `mill` has more sites than are merged; on the last third of the audits only `quarry`'s two sites appear.
const sites = Array.from({ length: SITES }, (_, n) => siteRow(`site ${n}`, n < 2 ? "quarry" : "mill"));
const audits = Array.from({ length: AUDITS }, (_, n) => {
  const site = n < 800 || n > 2_380 ? roll(SITES) : roll(2);
  return auditRow(`audit ${n}`, `site ${site}`, roll(40) === 0 ? "firm" : "other", 3 * n + 1);
});
const grants = Array.from({ length: 600 }, (_, n) => {
  const { hash, site, log_index } = pick(audits);
  const isWhole = roll(2) === 0;
  const grantee = pick(["birch", "cedar", "cedar", "members", "else", "quarry"]);
  const shape = { grantee, site, audit: isWhole ? null : hash, auditIndex: isWhole ? null : log_index };
  return grantRow({ id: `grant ${n}`, ...shape, notAfter: roll(2000), isRevoked: roll(4) === 0 }, n);
});
const everywhere = sites.map(({ id }, n) =>
  grantRow(
    { id: `dense ${n}`, grantee: "dense", site: id, audit: null, auditIndex: null, notAfter: 9e12, isRevoked: false },
    n,
  ),
);
const submissions = Array.from({ length: 200 }, (_, n) => {
  const { hash, log_index } = audits[n * 11 + 3] as (typeof audits)[number];
  return {
    hash: `report ${n}`,
    org: pick(["birch", "cedar"]),
    site: "",
    log_index: n,
    audit: hash,
    audit_index: log_index,
  };
});
const terms = [3, 4, 5].map((n) => ({
  ...{ statement: `terms ${n}`, supplier: "mill", site: `site ${n}`, rulebook: n === 5 ? "old" : "pool", log_index: n },
}));

// Other files of this runtime would meet rows that no log has.
afterAll(emptyDeployment);

beforeAll(async () => {
  await emptyDeployment();
  await plant("sites", sites);
  await plant("audits", audits);
  await plant("grants", [...grants, ...everywhere]);
  await plant("submissions", submissions);
  await plant("terms", terms);
  await plant("rulebooks", [
    { statement: "old", claims: '{"mode":"pool"}', log_index: 1, admitted_at: 1 },
    { statement: "pool", claims: '{"mode":"pool"}', log_index: 2, admitted_at: 1 },
  ]);
});

/** What the one query over everything would say. */
function reachable({ org, kind }: (typeof READERS)[number]): string[] {
  const isTo = (grantee: string) => grantee === org || (grantee === "members" && kind === "member");
  const standing = [...grants, ...everywhere].filter(
    ({ grantee, revoked_by, not_after }) => isTo(grantee) && revoked_by === null && not_after > NOW,
  );
  const whole = new Set(standing.filter(({ audit }) => audit === null).map(({ site }) => site));
  const single = new Set(standing.map(({ audit }) => audit));
  const own = new Set(submissions.filter((one) => one.org === org).map(({ audit }) => audit));
  const pooled = new Set(kind === "member" ? ["site 3", "site 4"] : []);
  const supplied = new Set(sites.filter(({ supplier }) => supplier === org).map(({ id }) => id));
  return audits
    .filter(({ author, hash, site }) => {
      const bySite = whole.has(site) || pooled.has(site) || supplied.has(site);
      return author === org || own.has(hash) || single.has(hash) || bySite;
    })
    .map(({ hash }) => hash);
}

async function listed(reader: (typeof READERS)[number], limit: number, site: string | null): Promise<string[]> {
  const principal: Principal = { ...reader, isOperator: false, suspended: false, door: "assertion" };
  const found: string[] = [];
  for (let after = -1; ; ) {
    const page = await listCandidates(env.DB, principal, { after, limit, site, now: NOW });
    found.push(...page.map(({ audit }) => audit));
    if (page.length < limit) return found;
    after = page.at(-1)?.index ?? 0;
  }
}

describe("page by page, the candidates are all that might be reached, once each and in the order of the log", () => {
  test.each(READERS.flatMap((reader) => [50, 500].map((limit) => ({ ...reader, limit }))))(
    "$org, $limit a page",
    async ({ limit, ...reader }) => {
      expect(await listed(reader, limit, null)).toEqual(reachable(reader));
    },
  );

  test.each(READERS)("$org, of one site", async (reader) => {
    for (const site of ["site 0", "site 3", "site 7", "no site"]) {
      const there = new Set(audits.filter((one) => one.site === site).map(({ hash }) => hash));
      expect(await listed(reader, 5, site)).toEqual(reachable(reader).filter((hash) => there.has(hash)));
    }
  });
});

import { runInDurableObject } from "cloudflare:test";
import { listingOf } from "@quasarix/client/listing-drafts.ts";
import { mergeOf } from "@quasarix/client/merge-drafts.ts";
import { correctionOf } from "@quasarix/client/response-drafts.ts";
import { frameworkBook } from "@quasarix/shared/benchmark/framework/book.ts";
import { BORN } from "@quasarix/shared/benchmark/life.ts";
import { mintSystem } from "@quasarix/shared/policy/scope.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { gatherPage } from "../../workers/benchmark/gather.ts";
import { ReleaseLedger } from "../../workers/benchmark/ledger.ts";
import type { ReleasePorts } from "../../workers/benchmark/ports.ts";
import { listAudited, listOfCohort } from "../../workers/store/countable.ts";
import { primaryDb } from "../../workers/store/db.ts";
import { sizeAt } from "../../workers/store/log-size.ts";
import { activeMembers, siteStands } from "../../workers/store/site-stands.ts";
import { dutyPorts } from "../crash/duty-hand.ts";
import { duty, env, newWorld } from "../workerd-world.ts";
import { auditContent, type Org } from "../world.ts";
import { auditOn, type Pool, pool, releasesStub } from "./pool.ts";

const db = primaryDb(env.DB);
const scope = mintSystem("test");
const WHOLE = { after: -1, size: 1_000_000 };
const QUARTER = { from: "2026-01-01", to: "2026-03-31", isFounding: false, limit: 100 };

let made: Pool;
let site: string;
let ash: Org;
let birch: Org;

beforeAll(async () => {
  made = await pool(3, 2, await newWorld());
  [ash, birch] = made.members as [Org, Org];
  site = made.sites[0]?.[0] as string;
}, 60_000);

const counted = async () => (await listOfCohort(db, scope, { ...WHOLE, ...QUARTER })).rows.map(({ hash }) => hash);
const audited = async (over: Parameters<typeof auditContent>[0]) =>
  (await made.world.audit(made.firm, site, auditContent(over))).statementHash;
const { existence } = auditContent();

describe("an audit counts in its cohort", () => {
  test("by the day that it ended", async () => {
    const inside = await audited({ existence: { ...existence, auditFrom: "2025-12-30", auditTo: "2026-01-02" } });
    const outside = await audited({ existence: { ...existence, auditFrom: "2026-03-30", auditTo: "2026-04-02" } });
    const all = await counted();
    expect([all.includes(inside), all.includes(outside)]).toEqual([true, false]);
  });

  test("unless nobody knows by what right it may be shared", async () => {
    expect(await counted()).not.toContain(await audited({ existence: { ...existence, sharing: "unknown" } }));
  });

  test("unless its key was lost before it signed; what was signed before the loss counts", async () => {
    const one = await audited({ existence: { ...existence, auditFrom: "2026-02-01" } });
    const lose = (at: string) =>
      env.DB.prepare(
        `UPDATE keys SET loss_index = (SELECT log_index ${at} FROM audits WHERE hash = ?1), loss_known = 0
         WHERE kid = (SELECT kid FROM audits WHERE hash = ?1)`,
      )
        .bind(one)
        .run();
    await lose("+ 1");
    expect(await counted()).toContain(one);
    await lose("");
    expect(await counted()).not.toContain(one);
    await env.DB.prepare("UPDATE keys SET loss_index = NULL, loss_known = NULL").run();
    expect(await counted()).toContain(one);
  });

  test("unless a newer one stands in its place", async () => {
    const old = await audited({ existence: { ...existence, auditFrom: "2026-02-02" } });
    const newer = await audited({ existence: { ...existence, auditFrom: "2026-02-02" } });
    expect(await counted()).toContain(old);
    const spoken = { audit: old, site };
    await made.world.say(made.firm, correctionOf(spoken, { why: "A page was missing." }, { by: newer }));
    const all = await counted();
    expect([all.includes(old), all.includes(newer)]).toEqual([false, true]);
  });

  test("unless it corrects the date of one of another cohort: moved, a score would count in both", async () => {
    const old = await audited({ existence: { ...existence, auditFrom: "2025-12-20" } });
    const moved = await audited({ existence: { ...existence, auditFrom: "2026-01-03" } });
    expect(await counted()).toContain(moved);
    await made.world.say(made.firm, correctionOf({ audit: old, site }, { why: "The day was wrong." }, { by: moved }));
    expect(await counted()).not.toContain(moved);
  });

  test("nor one that corrects what moved: two corrections are one move", async () => {
    const a = await audited({ existence: { ...existence, auditFrom: "2025-12-20" } });
    const b = await audited({ existence: { ...existence, auditFrom: "2026-01-03" } });
    await made.world.say(made.firm, correctionOf({ audit: a, site }, { why: "The day was wrong." }, { by: b }));
    expect(await counted()).not.toContain(b);
    const c = await audited({ existence: { ...existence, auditFrom: "2026-01-03" } });
    await made.world.say(made.firm, correctionOf({ audit: b, site }, { why: "A typo." }, { by: c }));
    expect(await counted()).not.toContain(c);
  });

  test("as a founding one only where an accredited auditor did it", async () => {
    const copy = (accreditation?: { body: string }) =>
      made.world.submit(
        ash,
        site,
        auditContent({ existence: { ...existence, ...(accreditation && { accreditation }) } }),
      );
    await copy();
    await copy({ body: "APSCA" });
    await duty();
    const copies = async (isFounding: boolean) =>
      (await listOfCohort(db, scope, { ...WHOLE, ...QUARTER, isFounding })).rows.filter(
        ({ provenance }) => provenance === "submitted-copy",
      ).length;
    expect([await copies(false), await copies(true)]).toEqual([2, 1]);
    const { rows } = await listAudited(db, scope, WHOLE);
    expect(rows.filter(({ accredited }) => accredited === 0)).toHaveLength(1);
  });
});

describe("who stands behind a site", () => {
  const standing = async (size = 1_000_000, of = site) => {
    const members = await activeMembers(db, scope);
    return (await siteStands(db, scope, [of], { size, members })).get(of)?.members;
  };
  const logged = async () =>
    (await env.DB.prepare("SELECT max(log_index) + 1 AS n FROM statements").first<number>("n")) ?? 0;
  const grant = {
    grantSections: ["existence"] as const,
    purposes: ["due-diligence"] as const,
    notBefore: 0,
    notAfter: 1,
  };

  test("are those who were granted it by name and list it, and who handed in an audit of it, as the log had it", async () => {
    const oak = await made.world.admit("oak", "member");
    await made.world.say(oak, listingOf(oak.id, { relation: "current", sites: [site] }));
    const before = await logged();
    await made.world.submit(birch, site, auditContent());
    await duty();
    const given = await made.world.grant(made.mill, { ...grant, grantee: oak.id, site } as never);
    expect(await standing()).toEqual([ash.id, birch.id, oak.id].sort());
    expect(await standing(before)).toEqual([ash.id]);
    await made.world.revoke(made.mill, given.statementHash);
    expect(await standing()).toEqual([ash.id, birch.id].sort());
    expect(await standing(given.index + 1)).toEqual([ash.id, birch.id, oak.id].sort());
  });

  test("are not those whom its supplier names without their listing it: a grant is one's own word of another", async () => {
    const fir = await made.world.admit("fir", "member");
    await made.world.grant(made.mill, { ...grant, grantee: fir.id, site } as never);
    expect(await standing()).not.toContain(fir.id);
  });

  test("are those who list it where there is nobody else, and by a list alone nobody joins them", async () => {
    const elm = await made.world.admit("elm", "member");
    const [, bare = ""] = made.sites[1] ?? [];
    const all = [site, bare];
    const before = await logged();
    await made.world.say(elm, listingOf(elm.id, { relation: "intended", sites: all }));
    expect([await standing(), await standing(before)]).toEqual([[ash.id, birch.id].sort(), [ash.id, birch.id].sort()]);
    const [listed, unlisted] = [[birch.id, elm.id].sort(), [birch.id]];
    expect([await standing(undefined, bare), await standing(before, bare)]).toEqual([listed, unlisted]);
    await made.world.say(elm, listingOf(elm.id, { relation: "current", sites: [], drops: all }));
    expect(await standing(undefined, bare)).toEqual(unlisted);
  });

  test("are not those who were granted it with all other members, nor who is suspended", async () => {
    await made.world.grant(made.mill, { ...grant, grantee: "members", site } as never);
    expect(await standing()).toEqual([ash.id, birch.id].sort());
    await env.DB.prepare("UPDATE organisations SET suspended = 1 WHERE id = ?").bind(birch.id).run();
    expect(await standing()).toEqual([ash.id]);
    await env.DB.prepare("UPDATE organisations SET suspended = 0").run();
  });

  test("of merged sites are all who stand behind any of them, at the one that stays", async () => {
    const other = made.sites[2]?.[0] as string;
    const { index } = await made.world.say(made.world.operator, mergeOf(site, other));
    const members = await activeMembers(db, scope);
    // A gathering that has begun is not to count one place once under each of its ids.
    const before = await siteStands(db, scope, [other], { size: index, members });
    expect(before.get(other)?.site).toBe(other);
    const stands = await siteStands(db, scope, [other], { size: 1_000_000, members });
    expect(stands.get(other)).toMatchObject({ site, members: [ash.id, birch.id].sort() });
  });
});

test("the log's size at a moment is that of what was admitted before it, and unknown while D1 lacks some of it", async () => {
  const rows = await env.DB.prepare("SELECT log_index AS i, admitted_at AS t FROM statements ORDER BY log_index").all<{
    i: number;
    t: number;
  }>();
  const size = rows.results.length;
  for (const { t } of rows.results) {
    const earlier = rows.results.filter((one) => one.t < t).length;
    expect(await sizeAt(db, scope, t, size)).toBe(earlier);
  }
  const last = rows.results.at(-1)?.t ?? 0;
  expect(await sizeAt(db, scope, last + 1, size)).toBe(size);
  expect(await sizeAt(db, scope, last + 1, size + 1)).toBeNull();
  expect(await sizeAt(db, scope, last, size + 1)).not.toBeNull();
});

test("a cohort gathered in pages of one audit is what it is in one page", async () => {
  for (const one of made.sites.flat()) await made.world.audit(made.firm, one, auditOn("2026-03-01", 2));
  const parts = await dutyPorts();
  const of = {
    planKey: new Uint8Array(32),
    series: { name: "quarter" as const, metrics: ["findings/critical"] },
    cohort: { id: "2026-Q1", from: QUARTER.from, to: QUARTER.to },
    book: frameworkBook([]),
  };
  const records = await runInDurableObject(releasesStub(), async (_object, { storage }) => {
    const ledger = new ReleaseLedger(storage);
    const ports = { ...parts, ledger } as unknown as ReleasePorts;
    const gathered = async (plan: string, limit: number) => {
      const name = { plan, cohort: of.cohort.id };
      ledger.beginCohort(name, BORN, 1 + (await maxIndex()));
      for (let pages = 1; ; pages++) {
        const kept = ledger.cohort(name);
        if (kept && (await gatherPage(ports, { ...of, plan }, kept, limit)))
          return { pages, records: [...ledger.counted(name)].map(({ site: its, values }) => [its, ...values]) };
      }
    };
    return [await gathered("one", 1), await gathered("all", 1_000)] as const;
  });
  expect(records[0].records).toEqual(records[1].records);
  expect(records[0].records.length).toBe(5);
  expect(records[0].pages).toBeGreaterThan(records[1].pages);
});

const maxIndex = async () =>
  (await env.DB.prepare("SELECT max(log_index) AS n FROM statements").first<number>("n")) ?? 0;

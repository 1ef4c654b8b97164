import { siteOf } from "@quasarix/client/drafts.ts";
import { mergeOf, splitOf } from "@quasarix/client/merge-drafts.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { SiteView } from "@quasarix/shared/wire/registry.ts";
import type { SiteCandidate } from "@quasarix/shared/wire/site-match.ts";
import type { LineAnswer } from "@quasarix/shared/wire/statement.ts";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { diceOf, placeAt, spelledAgain } from "../../bench/look-ups/synthetic.ts";
import { listSites, sitesNamed } from "../../workers/store/registry.ts";
import { matchPlaces } from "../../workers/store/site-match.ts";
import { loadMerges } from "../../workers/store/site-merges.ts";
import { merge, record, recordSites, siteAt, split } from "../store/planted-sites.ts";
import { emptyDeployment, env } from "../workerd-env.ts";
import { newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

const BY: Principal = { org: "birch", kind: "member", isOperator: false, suspended: false, door: "assertion" };
const SITES = 12;
const ADDRESS = { country: "PT", address: "12 Rua das Flores", city: "Braga" };
const RUNS = process.env["LONG"] === "1" ? 100 : 8;

/** Each facility twice, as two lists spell it. */
const places = Array.from({ length: SITES }, (_, n) =>
  n % 2 === 0 ? placeAt(n) : spelledAgain(placeAt(n - 1), diceOf(n)),
);
const ids = places.map((_, n) => siteAt(n));

const rootOf = async (id: string) => (await loadMerges(env.DB, [id])).rootOf(id);

/** All that anyone is told of sites. */
const answers = async () =>
  JSON.stringify({
    matches: await matchPlaces(env.DB, BY, places),
    sites: (await sitesNamed(env.DB, BY, ids)).sort((a, b) => a.index - b.index),
    list: await listSites(env.DB, BY, null, -1, 100),
    roots: await Promise.all(ids.map(rootOf)),
  });

const number = fc.nat(SITES - 1);
const history = fc.tuple(
  fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 10 }),
  fc.array(fc.nat(), { minLength: 10, maxLength: 10 }),
);

describe("over random merges", () => {
  test("whatever was merged, when all of it is split every answer is as before, byte for byte", async () => {
    await fc.assert(
      fc.asyncProperty(history, async ([pairs, order]) => {
        await emptyDeployment();
        await recordSites(places);
        const before = await answers();
        const merges = pairs.map(([stays, absorbs], i) => merge(100 + i, stays, absorbs));
        await record(merges);
        const turns = pairs.map((_, i) => i).sort((a, b) => (order[a] as number) - (order[b] as number) || a - b);
        for (const [at, i] of turns.entries()) await record([split(200 + at, 100 + i)]);
        expect(await answers()).toBe(before);
      }),
      { numRuns: RUNS },
    );
  });

  test("no answer of a look-up is an absorbed site, and its old id leads to the one that is", async () => {
    await fc.assert(
      fc.asyncProperty(history, async ([pairs]) => {
        await emptyDeployment();
        await recordSites(places);
        await record(pairs.map(([stays, absorbs], i) => merge(100 + i, stays, absorbs)));
        for (const { site, through } of (await matchPlaces(env.DB, BY, places)).flat()) {
          expect(site.mergedInto).toBeNull();
          if (through !== null) expect(await rootOf(through)).toBe(site.id);
        }
        for (const site of await sitesNamed(env.DB, BY, ids))
          expect(await rootOf(site.id)).toBe(site.mergedInto ?? site.id);
      }),
      { numRuns: RUNS },
    );
  });
});

describe("through the API", () => {
  let world: World;
  let [mill, birch, firm] = [] as unknown as [Org, Org, Org];
  let [stays, old] = ["", ""];

  beforeEach(async () => {
    world = await newWorld();
    mill = await world.admit("mill", "supplier");
    birch = await world.admit("birch", "member");
    firm = await world.admit("firm", "auditor");
    stays = await open("Quillfeather Weaving");
    old = await open("Quillfeather Weaving Ltd");
  });

  /** Of the same address, however it is called. */
  const open = async (name: string): Promise<string> => {
    const reserved = await world.reserve(mill, "site");
    await world.say(mill, siteOf(env.ORIGIN, reserved, { supplier: mill.id, name, ...ADDRESS }));
    return reserved.id;
  };
  const shown = (id: string) => world.json<SiteView>(birch, "GET", `/v1/sites/${id}`);
  const matched = async (name: string) => {
    const asked = { places: [{ name, ...ADDRESS }] };
    const { places: found } = await world.json<{ places: SiteCandidate[][] }>(birch, "POST", "/v1/sites/match", asked);
    return (found[0] ?? []).map(({ site, through }) => [site.id, through]);
  };
  const readable = async (who: Org): Promise<string[]> => {
    const page = await world.json<{ items: { audit: string }[] }>(who, "GET", "/v1/audits?purpose=due-diligence");
    return page.items.map(({ audit }) => audit);
  };

  test("the old id shows what it is merged into, and the split gives it back", async () => {
    const before = await Promise.all([shown(old), shown(stays), matched("Quillfeather Weaving")]);
    const { statementHash } = await world.say(world.operator, mergeOf(stays, old));
    expect([(await shown(old)).mergedInto, (await shown(stays)).mergedInto]).toEqual([stays, null]);
    const list = await world.json<{ items: SiteView[] }>(birch, "GET", "/v1/sites");
    expect(list.items.map(({ id, mergedInto }) => [id, mergedInto])).toEqual([
      [stays, null],
      [old, stays],
    ]);
    expect((await matched("Quillfeather Weaving")).map(([id]) => id)).toEqual([stays]);
    await world.say(world.operator, splitOf(stays, statementHash));
    expect(await Promise.all([shown(old), shown(stays), matched("Quillfeather Weaving")])).toEqual(before);
  });

  test("a grant stays with the id that it names, on either side of a merge", async () => {
    const audits = [
      (await world.audit(firm, stays, auditContent())).statementHash,
      (await world.audit(firm, old, auditContent())).statementHash,
    ] as const;
    const window = { notBefore: 0, notAfter: Number.MAX_SAFE_INTEGER };
    const opens = { grantSections: ["existence" as const], purposes: ["due-diligence" as const], ...window };
    await world.grant(mill, { grantee: birch.id, site: old, ...opens });
    const before = await readable(birch);
    expect(before).toEqual([audits[1]]);
    await world.say(world.operator, mergeOf(stays, old));
    expect(await readable(birch)).toEqual(before);
    const other = await world.get(birch, `/v1/audits/${audits[0]}?purpose=due-diligence`);
    expect(other.status).toBe(404);
  });

  test("of two opposite merges in one request the first in the log holds, and the other stays void", async () => {
    const texts = [
      await world.issue(world.operator, mergeOf(stays, old)),
      await world.issue(world.operator, mergeOf(old, stays)),
    ];
    const both = await world.lines("/v1/statements", texts, world.operator);
    expect(both.map((line: LineAnswer) => "index" in line)).toEqual([true, true]);
    expect([(await shown(old)).mergedInto, (await shown(stays)).mergedInto]).toEqual([stays, null]);
    const [first, second] = both as unknown as { statementHash: string }[];
    await expect(world.say(world.operator, splitOf(old, second?.statementHash as string))).rejects.toThrow(
      "does not stand",
    );
    await world.say(world.operator, splitOf(stays, first?.statementHash as string));
    expect([(await shown(old)).mergedInto, (await shown(stays)).mergedInto]).toEqual([null, null]);
  });

  test("merged through a third, an id leads to the last; nobody but the operator may say so", async () => {
    const third = await open("Quillfeather Weaving Works");
    await expect(world.say(mill, mergeOf(stays, old))).rejects.toThrow("404");
    await world.say(world.operator, mergeOf(stays, old));
    await expect(world.say(world.operator, mergeOf(third, old))).rejects.toThrow("422");
    await world.say(world.operator, mergeOf(third, stays));
    expect([(await shown(old)).mergedInto, (await shown(stays)).mergedInto]).toEqual([third, third]);
  });
});

import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { diceOf, placeAt, spelledAgain } from "../../bench/look-ups/synthetic.ts";
import { type Indexed, indexOlderSites } from "../../workers/duty/site-keys.ts";
import { FIRST_ROWS, LOOKED_AT, type LookUpCost, nearSites, ROWS_A_KEY } from "../../workers/store/site-index.ts";
import { matchPlaces } from "../../workers/store/site-match.ts";
import { AROUND } from "../../workers/store/site-merges.ts";
import { emptyDeployment, env } from "../workerd-env.ts";
import { recordSites, siteAt } from "./planted-sites.ts";

const BY: Principal = { org: "birch", kind: "member", isOperator: false, suspended: false, door: "assertion" };
const MOST_KEYS = 24;
const SITES = process.env["LONG"] === "1" ? 20_000 : 1_500;

beforeEach(emptyDeployment);

const park = (n: number): SitePlace => ({
  name: `Sunrise Textile Mills ${n % 7 === 0 ? "Unit" : "Works"} Ltd`,
  country: "BD",
  address: `Plot ${n}, Konabari Industrial Park`,
  city: "Gazipur",
});

async function costOf(places: readonly SitePlace[]): Promise<LookUpCost> {
  const cost: LookUpCost = { rows: 0, sites: [] };
  await nearSites(env.DB, places, cost);
  return cost;
}

describe("the cost of a look-up has a bound", () => {
  test("where a thousand tenants share a park, a name and a city", async () => {
    await recordSites(Array.from({ length: SITES }, (_, n) => park(n)));
    const places = [park(1), park(SITES - 1), { name: "Sunrise Textile", country: "BD" }];
    const { rows, sites } = await costOf(places);
    expect(Math.max(...sites)).toBe(LOOKED_AT);
    expect(rows).toBeLessThanOrEqual(places.length * MOST_KEYS * ROWS_A_KEY);
  });

  test("whatever the registry's size: of no place more sites are compared", async () => {
    await recordSites(Array.from({ length: SITES }, (_, n) => placeAt(n)));
    const dice = diceOf(5);
    const { rows, sites } = await costOf(Array.from({ length: 200 }, (_, n) => spelledAgain(placeAt(n), dice)));
    expect(sites).toHaveLength(200);
    expect(Math.max(...sites)).toBeLessThanOrEqual(LOOKED_AT);
    expect(rows).toBeLessThanOrEqual(200 * MOST_KEYS * ROWS_A_KEY);
  });

  test.each([
    ["the first rows of keys", FIRST_ROWS, ["[1]", 40]],
    ["the merges around sites", AROUND, ["[]"]],
  ])("no table is read from end to end: %s", async (_what, sql, values) => {
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind(...values)
      .all<{ detail: string }>();
    const scans = results.map(({ detail }) => detail).filter((detail) => /^SCAN (site_|m\b)/.test(detail));
    expect(results.some(({ detail }) => /^SEARCH (site_keys|m) USING/.test(detail))).toBe(true);
    expect(scans).toEqual([]);
  });
});

describe("what a look-up finds", () => {
  test("a site as it was opened, among thousands, and as another list spells it", async () => {
    await recordSites(Array.from({ length: SITES }, (_, n) => placeAt(n)));
    const dice = diceOf(6);
    const numbers = Array.from({ length: 100 }, () => dice(SITES));
    const found = async (places: readonly SitePlace[]) => {
      const near = await nearSites(env.DB, places);
      return near.filter((some, i) => some.includes(numbers[i] as number)).length;
    };
    expect(await found(numbers.map(placeAt))).toBe(100);
    expect(await found(numbers.map((n) => spelledAgain(placeAt(n), dice)))).toBeGreaterThanOrEqual(98);
  });

  test("the older site, whoever opens hundreds with the same words and number to hide it", async () => {
    const identifiers = [{ scheme: "duns", value: "123456789" }];
    const place = { ...park(3), identifiers };
    await recordSites([place]);
    await recordSites(
      Array.from({ length: 300 }, (_, n) => ({ ...park(n), identifiers })),
      1,
    );
    const [near] = await nearSites(env.DB, [place]);
    expect(near).toContain(0);
  });

  test("a site that shares nothing but an identifier, beside many that share name and street", async () => {
    const identifiers = [{ scheme: "lei", value: "5493001KJTIIGC8Y1R12" }];
    const moved = { name: "Quillfeather Ceramics", country: "PT", city: "Braga", identifiers };
    await recordSites([moved, ...Array.from({ length: 12 }, () => park(3))]);
    const [near] = await nearSites(env.DB, [{ ...park(3), identifiers }]);
    expect(near).toContain(0);
  });

  test("nothing, in an empty registry or for a name that it has not", async () => {
    expect(await nearSites(env.DB, [park(1)])).toEqual([[]]);
    await recordSites([park(1)]);
    const stranger = { name: "Quillfeather Ceramics", country: "PT", city: "Braga" };
    expect(await matchPlaces(env.DB, BY, [stranger, stranger])).toEqual([[], []]);
  });

  test("recorded twice, or in another order, the index is the same", async () => {
    const places = Array.from({ length: 20 }, (_, n) => placeAt(n));
    await recordSites(places);
    const rows = async () => (await env.DB.prepare("SELECT key, site FROM site_keys ORDER BY key, site").all()).results;
    const first = await rows();
    await recordSites(places);
    expect(await rows()).toEqual(first);
    await env.DB.prepare("DELETE FROM site_keys").run();
    for (const [i, place] of [...places.entries()].reverse()) await recordSites([place], i);
    expect(await rows()).toEqual(first);
  });
});

test("sites that were opened before there was an index enter it step by step, each version's keys once", async () => {
  await recordSites(Array.from({ length: 25 }, (_, n) => placeAt(n)));
  const rows = async () => (await env.DB.prepare("SELECT key, site FROM site_keys ORDER BY key, site").all()).results;
  const whole = await rows();
  await env.DB.prepare("DELETE FROM site_keys").run();
  const ports = { db: env.DB, scope: { reason: "test" } as SystemScope };
  let done: Indexed | null = null;
  for (let step = 0; step < 3; step++) done = await indexOlderSites(ports, done, 10);
  expect([await rows(), done?.after]).toEqual([whole, null]);
  await env.DB.prepare("DELETE FROM site_keys").run();
  expect(await indexOlderSites(ports, done, 10)).toBe(done);
  expect(await rows()).toEqual([]);
  const older = { version: -1, after: null };
  expect((await indexOlderSites(ports, older, 100)).after).toBeNull();
  expect(await rows()).toEqual(whole);
});

test("word for word the same place is the same site, in the order asked", async () => {
  const places = Array.from({ length: 120 }, (_, n) => placeAt(n));
  await recordSites(places);
  const asked = [...places].reverse();
  const matches = await matchPlaces(env.DB, BY, asked);
  expect(matches.map(([best]) => [best?.verdict, best?.site.id])).toEqual(
    asked.map((_, i) => ["same", siteAt(119 - i)]),
  );
});

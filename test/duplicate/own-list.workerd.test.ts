import { listingOf } from "@quasarix/client/listing-drafts.ts";
import { quarterOf } from "@quasarix/shared/duplicate/allowance.ts";
import type { NumberedPlace } from "@quasarix/shared/duplicate/listing.ts";
import type { ListedSite, ListingState } from "@quasarix/shared/wire/listings.ts";
import type { Problem } from "@quasarix/shared/wire/problem.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { env, newWorld } from "../workerd-world.ts";
import type { Org, World } from "../world.ts";

let world: World;
let mill: Org;
let birch: Org;
let cedar: Org;
let sites: string[];

beforeEach(async () => {
  world = await newWorld();
  mill = await world.admit("mill", "supplier");
  birch = await world.admit("birch", "member");
  cedar = await world.admit("cedar", "member");
  sites = [
    await world.openSite(mill, "Mill 1"),
    await world.openSite(mill, "Mill 2"),
    await world.openSite(mill, "Mill 3"),
  ];
});

const list = (who: Org, listing: Parameters<typeof listingOf>[1]) => world.say(who, listingOf(who.id, listing));
const listed = async (who: Org): Promise<ListedSite[]> =>
  (await world.json<{ items: ListedSite[] }>(who, "GET", "/v1/listings")).items;
const onList = async (who: Org) => (await listed(who)).map(({ site, relation }) => [sites.indexOf(site), relation]);

describe("one's own list", () => {
  test("is what the last line of each site says", async () => {
    await list(birch, { relation: "current", sites: [sites[0] as string, sites[1] as string] });
    await list(birch, {
      relation: "intended",
      sites: [sites[1] as string, sites[2] as string],
      drops: [sites[0] as string],
    });
    expect(await onList(birch)).toEqual([
      [1, "intended"],
      [2, "intended"],
    ]);
    await list(birch, { relation: "current", sites: [sites[0] as string] });
    expect((await onList(birch)).at(-1)).toEqual([0, "current"]);
  });

  test("goes page by page, each site once, also those of one statement", async () => {
    await list(birch, { relation: "current", sites });
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const query: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const page: { items: ListedSite[]; next: string | null } = await world.json(
        birch,
        "GET",
        `/v1/listings?limit=1${query}`,
      );
      seen.push(...page.items.map(({ site }) => site));
      cursor = page.next;
    }
    expect(seen.sort()).toEqual([...sites].sort());
  });

  test("is shown to nobody else, whoever asks", async () => {
    const { statementHash } = await list(birch, { relation: "current", sites });
    for (const who of [cedar, mill, world.operator]) {
      expect(await listed(who)).toEqual([]);
      expect((await world.get(who, `/v1/listings/${statementHash}`)).status).toBe(404);
      expect((await world.get(who, `/v1/statements/${statementHash}`)).status).toBe(404);
    }
  });

  test("says nothing of the places of a listing before its round", async () => {
    const places: NumberedPlace[] = [{ number: 7, place: { name: "Mill 9", country: "PT", city: "Porto" } }];
    const { statementHash } = await list(birch, { relation: "current", sites: [], places });
    const state = await world.json<ListingState>(birch, "GET", `/v1/listings/${statementHash}`);
    expect(state).toEqual({ listing: statementHash, relation: "current", places: null });
  });
});

describe("the list grows within its allowance", () => {
  const spend = (n: number, period = quarterOf(Date.now()).name, name = `${period} ${n}`) =>
    env.DB.prepare("INSERT INTO allowance_uses (statement, org, kind, period, n) VALUES (?, ?, 'list-growth', ?, ?)")
      .bind(name, birch.id, period, n)
      .run();
  const refusalOf = async (who: Org, listing: Parameters<typeof listingOf>[1]): Promise<Problem> => {
    const statement = await world.issue(who, listingOf(who.id, listing));
    const answer = await world.send(
      who,
      "POST",
      "/v1/statements",
      new TextEncoder().encode(JSON.stringify({ statement })),
      "application/json",
    );
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    return answer.json();
  };
  const current = (...some: (string | undefined)[]) => ({ relation: "current" as const, sites: some as string[] });

  test("by 5,000 in the first quarter, to the last one", async () => {
    await spend(4_999);
    expect(await refusalOf(birch, current(sites[0], sites[1]))).toMatchObject({
      type: "/problems/limit-reached",
      status: 429,
      detail: expect.stringMatching(/^a list grows by 5,000 sites .*; the next one begins on \d{4}-(01|04|07|10)-01$/),
    });
    await list(birch, current(sites[0]));
    expect((await refusalOf(birch, current(sites[1]))).status).toBe(429);
    expect(await onList(birch)).toEqual([[0, "current"]]);
  });

  test("by 1,000 in each later quarter", async () => {
    await spend(10, "2020-Q1");
    await spend(1_000);
    expect((await refusalOf(birch, current(sites[0]))).status).toBe(429);
  });

  test("and what was on it before costs nothing, nor does what is dropped, nor a statement sent again", async () => {
    const statement = await world.issue(birch, listingOf(birch.id, current(sites[0])));
    const first = await world.json(birch, "POST", "/v1/statements", { statement });
    await spend(4_999);
    expect(await world.json(birch, "POST", "/v1/statements", { statement })).toEqual(first);
    await list(birch, { relation: "intended", sites: [sites[0] as string] });
    await list(birch, { relation: "current", sites: [], drops: [sites[0] as string] });
    await list(birch, current(sites[0]));
    expect((await refusalOf(birch, current(sites[1]))).status).toBe(429);
  });

  test("exactly, however many come at once", async () => {
    await spend(4_998);
    const statements = await Promise.all(sites.map((site) => world.issue(birch, listingOf(birch.id, current(site)))));
    const answers = await Promise.all(statements.map((one) => world.lines("/v1/statements", [one], birch)));
    expect(answers.flat().filter((one) => "problem" in one)).toHaveLength(1);
    expect(await listed(birch)).toHaveLength(2);
  });

  test("of one member, whatever the others did", async () => {
    await spend(5_000);
    await list(cedar, current(...sites));
    expect(await listed(cedar)).toHaveLength(3);
  });
});

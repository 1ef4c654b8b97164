import { siteOf } from "@quasarix/client/drafts.ts";
import { memoryStore } from "@quasarix/client/overlap-store.ts";
import { memoryKeep } from "@quasarix/client/ports.ts";
import { placeName, readReview, reviewCsv } from "@quasarix/client/review-file.ts";
import { siteAnswers } from "@quasarix/client/site-answers.ts";
import { importSites, type SiteImport, type SiteImportParts } from "@quasarix/client/site-import.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import type { ListedSite } from "@quasarix/shared/wire/listings.ts";
import type { SiteCandidate } from "@quasarix/shared/wire/site-match.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { holdDuty, runDuty } from "../crash/duty-hand.ts";
import { clientFor } from "../workerd-client.ts";
import { env, newWorld, publish } from "../workerd-world.ts";
import type { Org, World } from "../world.ts";

let world: World;
let mill: Org;
let birch: Org;
let parts: SiteImportParts;

const FULL: SitePlace = {
  name: "Norwood Textile Mills Ltd",
  country: "BD",
  address: "Plot 12, Block C, Kaliakair Road",
  city: "Gazipur",
  postcode: "1700",
};
const SPELT: SitePlace = { ...FULL, name: "NORWOOD TEXTILE MILLS LIMITED" };
const FRESH: SitePlace = { name: "Ostrava Dyeworks", country: "CZ", address: "Nadrazni 5", city: "Ostrava" };
const BARE: SitePlace = { name: "Spinnery of nowhere", country: "PT" };

async function open(place: SitePlace): Promise<string> {
  const reserved = await world.reserve(mill, "site");
  await world.say(mill, siteOf(env.ORIGIN, reserved, { supplier: mill.id, ...place }));
  return reserved.id;
}

beforeEach(async () => {
  world = await newWorld();
  mill = await world.admit("mill", "supplier");
  birch = await world.admit("birch", "member");
  await runDuty();
  await holdDuty();
  await publish();
  parts = await partsOf();
});

/** While the member waits for a round, duty does its work. */
async function partsOf(over: Partial<SiteImportParts> = {}): Promise<SiteImportParts> {
  const client = await clientFor(birch);
  const wait = async () => {
    await runDuty();
    await publish();
  };
  return {
    client: { ...client, host: { ...client.host, wait } },
    author: client.author({ org: birch.id, signer: birch.record }),
    store: memoryStore(),
    progress: () => undefined,
    patience: 20_000,
    relation: "current",
    answers: await siteAnswers(memoryKeep(), birch.id),
    propose: false,
    isDry: false,
    ...over,
  };
}

async function run(places: readonly SitePlace[], over: Partial<SiteImportParts> = {}): Promise<SiteImport> {
  const done = await importSites(
    { ...parts, ...over },
    places.map((place, i) => ({ line: i + 2, place })),
  );
  if (!done.ok) throw new Error(JSON.stringify(done.failure));
  return done.value;
}

const listed = async () =>
  (await world.json<{ items: ListedSite[] }>(birch, "GET", "/v1/listings")).items.map(({ site }) => site);
const statements = async () =>
  (await env.DB.prepare("SELECT count(*) AS n FROM statements WHERE type IN ('listing', 'site')").first<number>("n")) ??
  0;

describe("a list against the registry", () => {
  test("is matched where a machine may say so, and new where there is none such", async () => {
    const site = await open(FULL);
    const done = await run([FULL, SPELT, FRESH, FULL]);
    expect(done).toMatchObject({
      places: 3,
      repeats: 1,
      matched: 2,
      standing: 0,
      listed: 1,
      fresh: 1,
      opened: 0,
      doubts: [],
    });
    expect(await listed()).toEqual([site]);
  });

  test("with --propose is opened and listed, and a second run does nothing", async () => {
    const first = await run([FULL, FRESH], { propose: true });
    expect(first).toMatchObject({ matched: 0, fresh: 2, opened: 2, waiting: 0, listed: 2, refused: [] });
    expect([...first.sites.values()].sort()).toEqual((await listed()).sort());
    const before = await statements();
    expect(await run([FULL, FRESH], { propose: true })).toMatchObject({ matched: 2, standing: 2, listed: 0, fresh: 0 });
    expect(await statements()).toBe(before);
  });

  test("that is only looked at signs nothing", async () => {
    await open(FULL);
    const before = await statements();
    const done = await run([FULL, FRESH], { isDry: true, propose: true });
    expect(done).toMatchObject({ matched: 1, listed: 1, fresh: 1, opened: 0, waiting: 0 });
    expect([await statements(), await listed()]).toEqual([before, []]);
  });

  test("proposes nothing of which nobody could say where it is, and none of the member's own numbers", async () => {
    const numbered = { ...FRESH, identifiers: [{ scheme: "local:birch-erp", value: "4711" }] };
    const done = await run([BARE, numbered], { propose: true });
    expect(done).toMatchObject({ fresh: 2, opened: 1, refused: [{ line: 2 }] });
    const { results } = await env.DB.prepare("SELECT identifiers FROM sites").all();
    expect(results).toEqual([{ identifiers: "[]" }]);
  });

  test("whose places wait for their round proposes them once", async () => {
    const impatient = { propose: true, patience: 0, store: memoryStore() };
    expect(await run([FRESH], impatient)).toMatchObject({ opened: 0, waiting: 1 });
    const before = await statements();
    expect(await run([FRESH], impatient)).toMatchObject({ fresh: 1, opened: 0, waiting: 0 });
    expect(await statements()).toBe(before);
    await runDuty();
    expect(await run([FRESH], impatient)).toMatchObject({ matched: 1, standing: 1, listed: 0 });
  });

  test("takes over a relation that changed", async () => {
    await open(FULL);
    await run([FULL]);
    expect(await run([FULL], { relation: "intended" })).toMatchObject({ standing: 0, listed: 1 });
  });
});

/** A registry that finds one site likely, and nothing the same. */
async function inDoubt(site: string): Promise<SiteImportParts> {
  const view = await world.json<SiteCandidate["site"]>(birch, "GET", `/v1/sites/${site}`);
  const likely: SiteCandidate = {
    site: view,
    through: null,
    verdict: "likely",
    score: 0.71,
    reasons: ["the street is the same"],
  };
  const { client } = parts;
  const matchSites: typeof client.routes.matchSites = async (places) => ({
    ok: true,
    value: { places: places.map(() => [likely]) },
  });
  return { ...parts, client: { ...client, routes: { ...client.routes, matchSites } } };
}

async function* bytes(text: string) {
  yield utf8(text);
}

describe("what is likely waits for a person", () => {
  test("side by side, and is neither listed nor proposed until then", async () => {
    const site = await open(FULL);
    const done = await run([FRESH], { ...(await inDoubt(site)), propose: true });
    expect(done).toMatchObject({ matched: 0, listed: 0, fresh: 0, opened: 0 });
    expect(done.doubts).toMatchObject([{ place: FRESH, candidates: [{ site: { id: site } }] }]);
    const [, row] = reviewCsv(done.doubts).split("\r\n");
    expect(row).toContain("Ostrava Dyeworks,Norwood Textile Mills Ltd");
    expect(row).toContain("the street is the same");
    expect(await listed()).toEqual([]);
  });

  test.each([
    ["y", { matched: 1, listed: 1, fresh: 0 }],
    ["n", { matched: 0, listed: 0, fresh: 1 }],
  ])("and their answer `%s` is remembered by the next run", async (answer, counts) => {
    const site = await open(FULL);
    const keep = memoryKeep();
    const doubtful = await inDoubt(site);
    const { doubts } = await run([FRESH], doubtful);
    const answered = reviewCsv(doubts).replace("\r\n,", `\r\n${answer},`);
    const review = await readReview(bytes(answered));
    const answers = await siteAnswers(keep, birch.id);
    answers.add(review?.said ?? []);
    await answers.save();
    const again = { ...doubtful, answers: await siteAnswers(keep, birch.id) };
    expect(await run([FRESH], again)).toMatchObject({ ...counts, doubts: [] });
    // Another place of the list is another question, even where the site is on the list by now.
    expect((await run([{ ...FRESH, name: "Dyeworks 2" }], again)).doubts).toHaveLength(1);
  });

  test("but word for word the same is the same", async () => {
    const site = await open(FULL);
    expect(await run([FULL], await inDoubt(site))).toMatchObject({ matched: 1, doubts: [] });
  });

  test("and an answer that is none is named, as is a file that is no review", async () => {
    const review = await readReview(
      bytes(`answer,site,place\r\nmaybe,${`site_${"A".repeat(22)}`},${placeName(FRESH)}\r\n`),
    );
    expect(review).toMatchObject({ said: [], problems: [{ line: 2, field: "answer" }] });
    expect(await readReview(bytes("name,country\r\nMill,PT\r\n"))).toBeNull();
  });
});

import { type Listing, listingOf } from "@quasarix/client/listing-drafts.ts";
import { asOpened } from "@quasarix/shared/duplicate/opened-place.ts";
import { claimsOf } from "@quasarix/shared/policy/own-claims.ts";
import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import { readSignedPart, type Statement } from "@quasarix/shared/statement/statement.ts";
import type { ListedSite, ListingState } from "@quasarix/shared/wire/listings.ts";
import type { SiteView } from "@quasarix/shared/wire/registry.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { openProposals } from "../../workers/duty/openings.ts";
import { commit } from "../../workers/store/commit.ts";
import { mustParse, platformScope } from "../../workers/store/own-statement.ts";
import { dutyPorts, holdDuty, runDuty } from "../crash/duty-hand.ts";
import { forgetInterval, publishAll } from "../sequencer/log.ts";
import { clientFor } from "../workerd-client.ts";
import { env, newWorld, publish } from "../workerd-world.ts";
import type { Org, World } from "../world.ts";

let world: World;
let birch: Org;
let cedar: Org;

beforeEach(async () => {
  world = await newWorld();
  birch = await world.admit("birch", "member");
  cedar = await world.admit("cedar", "member");
  await runDuty();
  await holdDuty();
});

const MILL: SitePlace = {
  name: "Norwood Textile Mills Ltd",
  country: "BD",
  address: "Plot 12, Block C, Kaliakair Road",
  city: "Gazipur",
  postcode: "1700",
};
const SPELT: SitePlace = { ...MILL, name: "NORWOOD TEXTILE MILLS LIMITED", address: "Plot-12, Block-C, Kaliakair Rd." };
const DYER: SitePlace = {
  name: "Ostrava Dyeworks",
  country: "CZ",
  address: "Nadrazni 5",
  city: "Ostrava",
  lat: 49.83461234,
  lon: 18.28204321,
};

const propose = async (who: Org, places: readonly SitePlace[], over: Partial<Listing> = {}): Promise<string> => {
  const numbered = places.map((place, i) => ({ number: i + 1, place }));
  const listing = listingOf(who.id, { relation: "current", sites: [], places: numbered, ...over });
  return (await world.say(who, listing)).statementHash;
};
const became = async (who: Org, hash: string) =>
  (await world.json<ListingState>(who, "GET", `/v1/listings/${hash}`)).places;
const sitesOf = async (who: Org, hash: string) =>
  [...((await became(who, hash)) ?? [])].sort((a, b) => a.number - b.number).map(({ site }) => site);
const all = async (): Promise<SiteView[]> =>
  (await world.json<{ items: SiteView[] }>(world.operator, "GET", "/v1/sites")).items;
const listOf = async (who: Org) =>
  (await world.json<{ items: ListedSite[] }>(who, "GET", "/v1/listings")).items.map(({ site }) => site);

describe("what a list proposes", () => {
  test("is opened by the platform in the next round, in nobody's name, and is on the list from then on", async () => {
    const hash = await propose(birch, [MILL, DYER]);
    expect(await became(birch, hash)).toBeNull();
    await runDuty();
    const sites = await all();
    expect(sites.map(({ name, supplier }) => [name, supplier]).sort()).toEqual([
      [MILL.name.toUpperCase(), null],
      [DYER.name.toUpperCase(), null],
    ]);
    const [mill, dyer] = await sitesOf(birch, hash);
    expect(sites.find(({ id }) => id === mill)?.name).toBe(MILL.name.toUpperCase());
    expect(sites.find(({ id }) => id === dyer)).toMatchObject({
      name: DYER.name.toUpperCase(),
      lat: 49.8346,
      lon: 18.282,
    });
    expect((await listOf(birch)).sort()).toEqual([mill, dyer].sort());
    expect(await listOf(cedar)).toEqual([]);
  });

  test("is one site, whoever proposes it and however it is spelt", async () => {
    const [one, other] = [await propose(birch, [MILL, DYER]), await propose(cedar, [SPELT])];
    await runDuty();
    expect(await all()).toHaveLength(2);
    expect((await sitesOf(cedar, other))[0]).toBe((await sitesOf(birch, one))[0]);
  });

  test("and the registry has without doubt is that site", async () => {
    const first = await propose(birch, [MILL]);
    await runDuty();
    const again = await propose(cedar, [SPELT, MILL]);
    await runDuty();
    expect(await all()).toHaveLength(1);
    const [site] = await sitesOf(birch, first);
    expect(await sitesOf(cedar, again)).toEqual([site, site]);
  });

  test("of the same words is one site, even where they say little", async () => {
    const bare: SitePlace = { name: "Mill", country: "PT", city: "Porto" };
    const hashes = [await propose(birch, [bare]), await propose(cedar, [bare])];
    await runDuty();
    hashes.push(await propose(birch, [bare]));
    await runDuty();
    const sites = await Promise.all(hashes.map((hash, i) => sitesOf(i === 1 ? cedar : birch, hash)));
    expect(new Set(sites.flat()).size).toBe(1);
  });

  test("of nothing is settled as nothing", async () => {
    const first = await propose(birch, [MILL]);
    await runDuty();
    const [site] = await sitesOf(birch, first);
    const hash = await propose(birch, [], { sites: [site as string] });
    await runDuty();
    expect(await became(birch, hash)).toEqual([]);
  });

  test("stays off the list where its member dropped the site since", async () => {
    const first = await propose(birch, [MILL]);
    await runDuty();
    const [site] = await sitesOf(birch, first);
    await propose(birch, [SPELT]);
    await propose(birch, [], { drops: [site as string] });
    await runDuty();
    expect(await listOf(birch)).toEqual([]);
  });
});

describe("an opening by the platform", () => {
  const opening = async () => {
    const page = await world.json<{ statements: { statement: string }[] }>(null, "GET", "/v1/consortium");
    const parts = page.statements.map(({ statement }) => readSignedPart(statement));
    return parts.flatMap((part) => (part.ok && part.value.row.type === "site" ? [part.value] : []));
  };

  test("says what the place says, and nothing of a member", async () => {
    await propose(birch, [DYER]);
    await runDuty();
    const [said] = await opening();
    const claims = said?.claims;
    expect([claims?.iss, claims?.sub]).toEqual([env.ORIGIN, env.ORIGIN]);
    expect(claimsOf(said as Statement, "opens", "dossier")).toEqual(asOpened(DYER));
    expect(JSON.stringify(claims)).not.toContain(birch.id);
  });

  test("is believed by a member's software", async () => {
    await propose(birch, [DYER]);
    await runDuty();
    await publish();
    const client = await clientFor(cedar);
    expect((await client.consortium.sync()).ok).toBe(true);
    expect((await client.consortium.openingOf((await all())[0]?.id as string)).ok).toBe(true);
  });

  test("in the name of a supplier is not believed: only the supplier says that a site is its own", async () => {
    const mill = await world.admit("mill", "supplier");
    const ports = await dutyPorts();
    const { id, commitment } = await world.reserve(mill, "site");
    const claims = { opens: id, dossier: commitment, supplier: mill.id, name: "Mill 1", country: "PT" };
    const said = { iss: env.ORIGIN, sub: env.ORIGIN, iat: 1, vct: vctOf("site"), claims };
    const statement = mustParse(await issueStatement({ signer: ports.platform, random: ports.random }, said));
    const scope = platformScope(ports, statement);
    await commit(ports, [{ scope, statement, sealed: null, kekVersion: ports.vault.version }]);
    await forgetInterval();
    await publishAll();
    const synced = await (await clientFor(cedar)).consortium.sync();
    expect(synced).toMatchObject({ ok: false, failure: { why: "a site opened by a stranger" } });
  });

  test("of one round come in the order of their hashes, whoever asked and in whatever order", async () => {
    const places = Array.from({ length: 9 }, (_, i) => ({
      ...DYER,
      name: `Works ${"abcdefghi"[i]}${i}`,
      address: `Nadrazni ${i * 17}`,
    }));
    await propose(cedar, places.slice(4));
    await propose(birch, places.slice(0, 4));
    await runDuty();
    const hashes = (await all()).sort((a, b) => a.index - b.index).map(({ statement }) => statement);
    expect(hashes).toHaveLength(9);
    const bytes = (text: string) => atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    expect(hashes).toEqual([...hashes].sort((a, b) => (bytes(a) < bytes(b) ? -1 : 1)));
  });
});

test("two rounds at once, as a crash may leave them, open each place once", async () => {
  const hash = await propose(birch, [MILL, DYER]);
  const ports = await dutyPorts();
  await Promise.all([openProposals(ports, Date.now()), openProposals(ports, Date.now())]);
  expect(await all()).toHaveLength(2);
  expect(await sitesOf(birch, hash)).toHaveLength(2);
  expect(await openProposals(ports, Date.now())).toBe(0);
});

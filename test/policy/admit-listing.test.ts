import { type Listing, listingOf, listingsOf } from "@quasarix/client/listing-drafts.ts";
import { useOf } from "@quasarix/shared/duplicate/allowance.ts";
import { LISTED_AT_ONCE } from "@quasarix/shared/duplicate/listing.ts";
import { admitListing } from "@quasarix/shared/policy/admit-listing.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import { present } from "@quasarix/shared/statement/present.ts";
import { MAX_STATEMENT_LENGTH, parseStatement, type Statement } from "@quasarix/shared/statement/statement.ts";
import { describe, expect, test } from "vitest";
import { dice, signerOf } from "../statement/consortium.ts";
import { birch, cedar, elsewhere, heard, idOf, mill, nowhere, site } from "./author-world.ts";

const parsed = (text: string): Statement => {
  const read = parseStatement(text);
  if (!read.ok) throw new Error(read.failure.reason);
  return read.value;
};

async function said(iss: string, listing: Listing, sub = iss): Promise<Statement> {
  const ports = { signer: await signerOf("author"), random: dice("admit-listing") };
  return parsed(await issueStatement(ports, { ...listingOf(sub, listing), iss, iat: 1 }));
}

const PLACE = { name: "Mill 9", country: "PT", address: "Rua 9" };
const of = (over: Partial<Listing>): Listing => ({ relation: "current", sites: [], ...over });
const places = (...all: object[]) => all.map((place, i) => ({ number: i + 1, place: { ...PLACE, ...place } }));

describe("a listing", () => {
  test.each<[string, string, Listing, string]>([
    ["of a member", birch, of({ sites: [site, elsewhere] }), "admitted"],
    ["of sites that are only intended", birch, of({ relation: "intended", sites: [site] }), "admitted"],
    ["that only drops", birch, of({ drops: [site] }), "admitted"],
    ["that only proposes", birch, of({ places: places({}) }), "admitted"],
    ["of a supplier", mill, of({ sites: [site] }), "statement:add: only members list their suppliers"],
    ["that says nothing", birch, of({}), "admission sites: lists nothing"],
    [
      "of a relation that nobody knows",
      birch,
      of({ relation: "former" as never, sites: [site] }),
      "admission relation",
    ],
    ["of a site that is not there", birch, of({ sites: [site, nowhere] }), "admission sites/1: no such site"],
    ["that drops a site that is not there", birch, of({ drops: [nowhere] }), "admission drops/0: no such site"],
    ["of one site twice", birch, of({ sites: [site, site] }), "admission sites: a site stands here twice"],
    [
      "of a site that it drops",
      birch,
      of({ sites: [site], drops: [site] }),
      "admission sites: a site stands here twice",
    ],
    ["of a name as site", birch, of({ sites: ["Mill 9"] }), "admission sites/0"],
    [
      "that proposes what has no country",
      birch,
      of({ places: places({ country: "" }) }),
      "admission places/0/place/country",
    ],
    [
      "that proposes a name and a country alone",
      birch,
      of({ places: [{ number: 1, place: { name: "Mill 9", country: "PT" } }] }),
      "admission places/0/place/address: a name and a country alone",
    ],
    [
      "that proposes its own number of a place",
      birch,
      of({ places: places({ identifiers: [{ scheme: "local:birch-erp", value: "4711" }] }) }),
      "admission places/0/place/identifiers: a `local:` identifier would say whose list this is",
    ],
    [
      "whose places have one number",
      birch,
      of({ places: [...places({}), ...places({ name: "Mill 10" })] }),
      "admission places: two places have one number",
    ],
  ])("%s", async (_what, who, listing, is) => {
    expect(heard(admitListing, await said(who, listing))).toMatch(new RegExp(`^${is}`));
  });

  test("in another's dossier is refused before any rule", async () => {
    await expect(said(birch, of({ sites: [site] }), cedar)).rejects.toThrow("claim-sub");
  });

  test("with its places withheld is not complete", async () => {
    const { jwt } = await said(birch, of({ places: places({}) }));
    const withheld = parsed(present({ jwt, disclosures: [] }));
    expect(heard(admitListing, withheld)).toBe("admission sections: a section is not complete");
  });

  test("takes of the allowance for its sites and its places, never for its drops", async () => {
    const use = useOf(await said(birch, of({ sites: [site], drops: [elsewhere], places: places({}, { name: "B" }) })));
    expect(use).toMatchObject({ of: { kind: "list-growth" }, each: 2, sites: [site] });
  });
});

describe("a list of any length", () => {
  const long = { name: "Mill".padEnd(200, "l"), address: "Rua".padEnd(300, "a") };
  const many = Array.from({ length: 2_000 }, (_, i) => ({ ...PLACE, ...long, city: `City ${i}` }));
  const ids = Array.from({ length: LISTED_AT_ONCE + 1 }, (_, i) => idOf("site", `${i}`));

  test("goes into statements that fit, in order, nothing twice", async () => {
    const pieces = listingsOf("current", ids, many);
    expect(pieces.flatMap(({ listing }) => listing.sites)).toEqual(ids);
    expect(pieces.flatMap((piece) => piece.places)).toEqual(many);
    for (const { listing } of pieces) {
      const statement = await said(birch, listing);
      expect(statement.text.length).toBeLessThanOrEqual(MAX_STATEMENT_LENGTH);
    }
  });

  test("of nothing is no statement", () => expect(listingsOf("current", [], [])).toEqual([]));
});

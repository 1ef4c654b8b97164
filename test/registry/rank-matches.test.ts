import { type RankedMatch, rankMatches, recordOf, SHOWN } from "@quasarix/shared/registry/rank-matches.ts";
import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import type { SiteView } from "@quasarix/shared/wire/registry.ts";
import { describe, expect, test } from "vitest";

const MILL: SitePlace = {
  name: "Quillfeather Weaving Ltd",
  country: "BD",
  address: "12 Mirpur Road",
  city: "Dhaka",
  postcode: "1216",
};
const DUNS = [{ scheme: "duns", value: "123456789" }];
const BARE = { name: "Quillfeather", country: "BD" };

const view = (id: string, place: SitePlace, mergedInto: string | null = null): SiteView => ({
  id,
  supplier: null,
  name: place.name,
  country: place.country,
  address: place.address ?? null,
  city: place.city ?? null,
  region: null,
  postcode: place.postcode ?? null,
  lat: null,
  lon: null,
  sector: null,
  tier: null,
  identifiers: place.identifiers ?? [],
  statement: `statement of ${id}`,
  index: 0,
  mergedInto,
});
const ranked = (place: SitePlace, ...views: readonly SiteView[]): readonly RankedMatch[] =>
  rankMatches(place, views.map(recordOf));
const idsOf = (matches: readonly RankedMatch[]) => matches.map(({ site }) => site);

const other = {
  ...MILL,
  name: "Copperfield Ceramics",
  address: "88 Station Lane",
  city: "Chittagong",
  postcode: "4000",
};
const respelt = { ...MILL, name: "QUILLFEATHER WEAVING", address: "12 Mirpur Rd." };
const nearby = { ...MILL, name: "Quillfeather Weaving Unit 2", address: "90 Mirpur Road" };

describe("of the records that share something with a place", () => {
  test("the same one is said to be the same, with reasons, and another is left out", () => {
    const [first, ...more] = ranked(MILL, view("far", other), view("mill", respelt));
    expect([first?.site, first?.verdict, first?.through]).toEqual(["mill", "same", null]);
    expect(first?.reasons.length).toBeGreaterThan(0);
    expect(first?.reasons.every((reason) => typeof reason === "string" && reason !== "")).toBe(true);
    expect(more).toEqual([]);
  });

  test("of two that are the same the one that was opened first, however well a copy agrees", () => {
    const copies = ["0", "1", "2", "3", "4", "5"].map((id, i) => ({ ...view(id, MILL), index: 7 + i }));
    expect(idsOf(ranked(MILL, ...copies, { ...view("mill", respelt), index: 3 }))[0]).toBe("mill");
  });

  test("the likeliest comes first, in whatever order they are given", () => {
    const views = [view("near", nearby), view("mill", MILL), view("far", other)];
    expect(ranked(MILL, ...views)).toEqual(ranked(MILL, ...views.toReversed()));
    expect(idsOf(ranked(MILL, ...views))[0]).toBe("mill");
  });

  test("of equals the one with the lower id, and no more than are shown", () => {
    const views = ["g", "c", "a", "f", "b", "e", "d"].map((id) => view(id, MILL));
    expect(idsOf(ranked(MILL, ...views))).toEqual(["a", "b", "c", "d", "e"].slice(0, SHOWN));
  });

  test("what cannot be told is left out, unless both have one identifier", () => {
    expect(ranked(BARE, view("bare", BARE))).toEqual([]);
    const named = { ...BARE, identifiers: DUNS };
    expect(ranked(named, view("named", named)).map(({ verdict }) => verdict)).toEqual(["unknown"]);
    const another = { ...BARE, identifiers: [{ scheme: "duns", value: "987654321" }] };
    expect(ranked(named, view("another", another), view("bare", BARE))).toEqual([]);
  });
});

describe("an absorbed site", () => {
  test("is answered by the one that stands for it, through its own record", () => {
    const [match] = ranked(MILL, view("old", MILL, "root"));
    expect([match?.site, match?.through, match?.verdict]).toEqual(["root", "old", "same"]);
  });

  test("and the one that stands are one answer, by whichever record agrees better", () => {
    const renamed = { ...MILL, name: "Quillfeather Weaving Unit 2" };
    const better = ranked(MILL, view("root", renamed), view("old", MILL, "root"));
    expect(better.map(({ site, through }) => [site, through])).toEqual([["root", "old"]]);
    const own = ranked(MILL, view("root", MILL), view("old", renamed, "root"));
    expect(own.map(({ site, through }) => [site, through])).toEqual([["root", null]]);
  });
});

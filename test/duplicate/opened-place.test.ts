import { asOpened } from "@quasarix/shared/duplicate/opened-place.ts";
import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { describe, expect, test } from "vitest";

const MILL: SitePlace = { name: "Norwood Mill 7 Ltd", country: "BD", address: "Plot 12, Road 4", city: "Gazipur" };
const opened = asOpened(MILL);

describe("a place is opened alike, whoever's list", () => {
  test.each([
    { what: "is in capitals", over: { name: "NORWOOD MILL 7 LTD", address: "PLOT 12, ROAD 4", city: "GAZIPUR" } },
    { what: "is in small letters", over: { name: "norwood mill 7 ltd", city: "gazipur" } },
    { what: "has spaces at the end, or two", over: { name: " Norwood  Mill 7 Ltd ", city: "Gazipur " } },
    { what: "writes its vendor number behind", over: { name: "Norwood Mill 7 Ltd 100234" } },
    { what: "writes it in brackets", over: { name: "Norwood Mill 7 Ltd (V-1023)" } },
    { what: "writes it after a sign", over: { name: "Norwood Mill 7 Ltd #471" } },
    { what: "writes it in front", over: { name: "100234 - Norwood Mill 7 Ltd" } },
    { what: "knows a sector", over: { sector: "textiles" } },
  ])("$what", ({ over }) => {
    expect(asOpened({ ...MILL, ...over })).toEqual(opened);
  });

  test("a site of a mere number keeps it, and a text never grows", () => {
    expect(asOpened({ ...MILL, name: "100234" }).name).toBe("100234");
    expect(asOpened({ ...MILL, name: "ß".repeat(200) }).name).toHaveLength(200);
  });

  test("as often as it is opened", () => {
    const place = { ...MILL, lat: 23.810331, lon: 90.412518 };
    expect(asOpened(place)).toMatchObject({ lat: 23.8103, lon: 90.4125 });
    expect(asOpened(asOpened(place))).toEqual(asOpened(place));
  });
});

import { countryCode } from "@quasarix/shared/registry/country.ts";
import { regionOf } from "@quasarix/shared/registry/region.ts";
import { expect, test } from "vitest";

const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const codes = letters.flatMap((one) => letters.map((other) => one + other));
const isAssigned = (code: string) => countryCode.safeParse(code).success;

test.each([
  ["VN", "asia"],
  ["TR", "asia"],
  ["CY", "asia"],
  ["RU", "europe"],
  ["EG", "africa"],
  ["MX", "americas"],
  ["GL", "americas"],
  ["AU", "oceania"],
  ["AQ", "antarctica"],
  ["XX", "unknown"],
])("%s is in %s", (code, region) => {
  expect(regionOf(code)).toBe(region);
});

test("every assigned country has its region, and no other code has one", () => {
  expect(codes.filter((code) => isAssigned(code) !== (regionOf(code) !== "unknown"))).toEqual([]);
  const count = Map.groupBy(codes.filter(isAssigned), regionOf);
  // 51 in Asia with TW, which M49 does not list.
  expect([...count].map(([region, own]) => [region, own.length]).sort()).toEqual([
    ["africa", 60],
    ["americas", 57],
    ["antarctica", 1],
    ["asia", 51],
    ["europe", 51],
    ["oceania", 29],
  ]);
});

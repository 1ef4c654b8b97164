import { checkIdentifier, identifierProblem } from "@quasarix/shared/registry/identifiers.ts";
import { organisationKind } from "@quasarix/shared/registry/kinds.ts";
import { organisationClaims } from "@quasarix/shared/registry/organisation.ts";
import { siteClaims } from "@quasarix/shared/registry/site.ts";
import { describe, expect, test } from "vitest";

describe("identifiers", () => {
  test.each([
    ["osid", "IN201908746G80M", "ok"],
    ["osid", "CN2019086D59V01", "ok"],
    ["osid", "CN2019085VQ5M9Y", "ok"],
    ["osid", "IN2020016XR7266", "ok"],
    ["osid", "IN201908746G80N", "check-digit"],
    ["osid", "IN201908746G8UM", "check-digit"],
    ["osid", "in201908746g80m", "form"],
    ["lei", "529900T8BM49AURSDO55", "ok"],
    ["lei", "529900T8BM49AURSDO56", "check-digit"],
    ["lei", "529900T8BM49AURSDO5", "form"],
    ["gln", "4006381333931", "ok"],
    ["gln", "4006381333932", "check-digit"],
    ["gln", "400638133393", "form"],
    ["duns", "150483782", "ok"],
    ["duns", "15-048-3782", "form"],
    ["amfori", "156-012345-000", "ok"],
    ["amfori", "156012345000", "form"],
    ["sedex", "ZC1234567", "ok"],
    ["sedex", "ZA1234567", "form"],
    ["bpnl", "BPNL00000003CRHK", "ok"],
    ["bpnl", "BPNS00000003CRHK", "form"],
    ["local:chicago-licence", "1932", "ok"],
    ["local:chicago-licence", "", "form"],
    ["toString", "1", "unknown-scheme"],
    ["vat", "DE1", "unknown-scheme"],
  ])("%s `%s` is %s", (scheme, value, want) => {
    const checked = checkIdentifier(scheme, value);
    expect(checked.ok ? "ok" : checked.failure).toBe(want);
    if (!checked.ok) expect(identifierProblem(scheme, value, checked.failure)).toMatch(/^`/);
  });

  test("any one digit changed in an LEI or a GLN is noticed", () => {
    for (const [scheme, value] of [
      ["lei", "529900T8BM49AURSDO55"],
      ["gln", "4006381333931"],
    ] as const)
      for (let at = 0; at < value.length; at++)
        for (const digit of /[0-9]/.test(value.charAt(at)) ? "0123456789" : "") {
          const other = value.slice(0, at) + digit + value.slice(at + 1);
          expect(checkIdentifier(scheme, other).ok).toBe(other === value);
        }
  });
});

describe("claims of a site and of an organisation", () => {
  const supplier = "org_P9o_OpE2DJc84ojaBsSmGw";
  const site = { supplier, name: "Mill", country: "IN" };
  test.each([
    { what: "the least a site says", claims: site, fits: true },
    { what: "coordinates", claims: { ...site, lat: 12.9, lon: 77.6 }, fits: true },
    { what: "half a coordinate", claims: { ...site, lat: 12.9 }, fits: false },
    { what: "a latitude off the globe", claims: { ...site, lat: 91, lon: 0 }, fits: false },
    { what: "a country that is not assigned", claims: { ...site, country: "XX" }, fits: false },
    { what: "a supplier's name for its id", claims: { ...site, supplier: "Mill Ltd" }, fits: false },
    { what: "a line break in a name", claims: { ...site, name: "Mill\nhidden" }, fits: false },
    { what: "a lone surrogate in a name", claims: { ...site, name: "Mill\ud800" }, fits: false },
    { what: "a capacity", claims: { ...site, capacity: 1 }, fits: false },
    { what: "a wrong identifier", claims: { ...site, identifiers: [{ scheme: "lei", value: "1" }] }, fits: false },
  ])("$what: $fits", ({ claims, fits }) => {
    expect(siteClaims.safeParse(claims).success).toBe(fits);
  });

  test("an organisation of a kind that we do not know yet is read and has no role", () => {
    expect(organisationClaims.safeParse({ kind: "insurer", name: "Aegis" }).success).toBe(true);
    expect(organisationKind("insurer")).toBeNull();
    expect(organisationKind("worker-organisation")?.assesses).toBe(true);
    expect(organisationKind("ngo")?.assesses).toBe(true);
    expect(organisationKind("member")).toMatchObject({ buys: true, assesses: false });
  });
});

import { schemeNamed } from "@quasarix/client/import/headings-schemes.ts";
import { listedAudit, resultOf } from "@quasarix/client/overlap-audit.ts";
import { auditContent } from "@quasarix/shared/audit/content.ts";
import { CATALOGUE, schemeOf } from "@quasarix/shared/audit/scheme/catalogue.ts";
import { listedContent } from "@quasarix/shared/duplicate/listed.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const urn = (name: string) => `urn:quasarix:scheme:${name}`;

describe("a result is put on its scheme's own scale where it is on it, and kept as it stood", () => {
  test.each([
    { scheme: "amfori-bsci", text: "C", value: "C", scale: "amfori-bsci-grade" },
    { scheme: "amfori-bsci", text: "Overall rating: b", value: "B", scale: "amfori-bsci-grade" },
    { scheme: "amfori-bsci", text: "A or B", value: "a-or-b", scale: "as-listed" },
    { scheme: "amfori-bsci", text: "Acceptable", value: "acceptable", scale: "as-listed" },
    { scheme: "rba", text: "164,5", value: 164.5, scale: "rba-vap" },
    { scheme: "rba", text: "164.5 / 200", value: 164.5, scale: "rba-vap" },
    { scheme: "rba", text: "201", value: "201", scale: "as-listed" },
    { scheme: "tfs", text: "74 %", value: 74, scale: "tfs-percent" },
    { scheme: "smeta", text: "3 majors", value: "3-majors", scale: "as-listed" },
    { scheme: "smeta", text: "合格", value: "unreadable", scale: "as-listed" },
  ])("$scheme `$text`", ({ scheme, text, value, scale }) => {
    expect(resultOf(urn(scheme), text)).toEqual({ value, scale: `urn:quasarix:scale:${scale}`, original: text });
  });
});

test("whatever stands in a cell of results, the claim is one that can be signed", () => {
  const line = fc
    .string({ minLength: 1, maxLength: 120, unit: "grapheme" })
    .filter((text) => /^[^\p{C}\p{Z}]+$/u.test(text));
  const schemes = fc.constantFrom(...CATALOGUE.schemes.map(({ id }) => id));
  fc.assert(
    fc.property(schemes, line, (id, result) => {
      fc.pre(result.length <= 120);
      const audit = listedAudit({ scheme: { id, version: "unknown" }, auditFrom: "2026-01-02", result });
      expect(auditContent.safeParse(listedContent(audit)).error).toBeUndefined();
    }),
  );
});

test("every scheme that a cell can name is in the catalogue", () => {
  for (const text of ["SMETA", "BSCI", "RBA", "SA8000", "SLCP", "Higg FEM", "TfS", "WRAP", "Quasarix"]) {
    const named = schemeNamed(text);
    expect(schemeOf(CATALOGUE, named?.id ?? "")).not.toBeNull();
  }
});

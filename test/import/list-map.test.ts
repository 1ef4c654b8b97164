import { readFileSync } from "node:fs";
import path from "node:path";
import { parseListMapping } from "@quasarix/client/import/list-map.ts";
import { readMappedList } from "@quasarix/client/import/list-rows.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { describe, expect, test } from "vitest";

const MAP = {
  version: 1,
  id: "suppliers",
  file: { delimiter: ";" },
  site: {
    fields: {
      name: { column: "Supplier" },
      country: { column: "Land", map: { Portugal: "PT", Bangladesch: "BD" } },
      address: { column: "Street", optional: true },
      city: { column: "City", optional: true },
    },
    identifiers: [
      { scheme: "local:erp", value: { column: "No" } },
      { scheme: "lei", value: { column: "LEI", optional: true } },
    ],
  },
};
const mapping = (over: object = {}) => {
  const read = parseListMapping(JSON.stringify({ ...MAP, ...over }));
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  return read.value;
};
async function* file(...lines: string[]) {
  yield utf8(`${lines.join("\n")}\n`);
}
const HEADER = "No;Supplier;Land;Street;City;LEI;Spend";

describe("a list through its mapping", () => {
  test("is its sites, and columns that the mapping does not name stay where they are", async () => {
    const read = await readMappedList(file(HEADER, "7;Mill 1;Portugal;Rua 1;Porto;;9"), mapping());
    expect(read).toEqual({
      rows: [
        {
          line: 2,
          place: {
            name: "Mill 1",
            country: "PT",
            address: "Rua 1",
            city: "Porto",
            identifiers: [{ scheme: "local:erp", value: "7" }],
          },
        },
      ],
      problems: [],
      warnings: [],
      isRefused: false,
    });
  });

  test.each([
    ["a country that the mapping does not name", "8;Mill 2;Atlantis;;;;", { line: 3, column: 3, field: "Land" }],
    ["no name", "8;;Portugal;;;;", { line: 3, column: 2, field: "Supplier" }],
    [
      "a check digit that does not fit",
      "8;Mill 2;Portugal;;;529900T8BM49AURSDO54;",
      { line: 3, column: 6, field: "LEI" },
    ],
    ["a cell too few", "8;Mill 2;Portugal;;;", { line: 3 }],
  ])("names %s by line and column, and keeps the rows around it", async (_what, row, place) => {
    const read = await readMappedList(file(HEADER, "7;Mill 1;Portugal;;;;", row, "9;Mill 3;Portugal;;;;"), mapping());
    expect(read.rows.map(({ line }) => line)).toEqual([2, 4]);
    expect(read.problems).toMatchObject([place]);
  });

  test("is refused where the file lacks a column", async () => {
    const read = await readMappedList(file("No;Supplier;Land", "7;Mill 1;Portugal"), mapping());
    expect(read).toMatchObject({ rows: [], isRefused: true, problems: [{ field: "Street", reason: "header" }] });
  });
});

describe("a mapping for a list", () => {
  test("may be one for audits: what it says of them is left alone", () => {
    const text = readFileSync(path.resolve(import.meta.dirname, "../../mappings/chicago-food.json"), "utf8");
    expect(parseListMapping(text).ok).toBe(true);
  });

  test.each([
    ["is not JSON", "{", ""],
    ["misspells a member", JSON.stringify({ ...MAP, sites: {} }), ""],
    [
      "takes a column of a join",
      JSON.stringify({ ...MAP, site: { ...MAP.site, fields: { name: { column: "a", join: "b" } } } }),
      "/site/fields/name",
    ],
    ["has a delimiter that is none", JSON.stringify({ ...MAP, file: { delimiter: "." } }), "/file/delimiter"],
  ])("that %s is refused, with the place", (_what, text, pointer) => {
    expect(parseListMapping(text)).toMatchObject({ ok: false, failure: [{ pointer }] });
  });
});

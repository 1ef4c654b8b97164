import { placedIn, readOwnValues } from "@quasarix/client/own-values.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { describe, expect, test } from "vitest";
import { CELLS, CRITICAL, DAYS, GERMANY, OTHER, REST, WATER } from "../benchmark/use/files.ts";

async function* chunks(text: string) {
  yield utf8(text);
}
const read = (...lines: readonly string[]) => readOwnValues(chunks(`${lines.join("\n")}\n`));
const HEAD = "site,metric,value,date,country,industry,tier";

describe("a value as people write it", () => {
  test.each([
    { metric: WATER, text: "4", value: 4 },
    { metric: CRITICAL, text: "0", value: 1 },
    { metric: CRITICAL, text: "2", value: 2 },
    { metric: CRITICAL, text: "11", value: 5 },
    { metric: DAYS, text: "30", value: 1 },
    { metric: DAYS, text: "31", value: 2 },
    { metric: DAYS, text: "open", value: 5 },
  ])("$text of $metric falls into bin $value", async ({ metric, text, value }) => {
    const { rows, problems } = await read("site,metric,value", `a,${metric},${text}`);
    expect(problems).toEqual([]);
    expect(rows).toMatchObject([{ value, day: null, leaf: null }]);
  });
});

describe("a bad cell costs its row, and is named by its place", () => {
  test.each([
    { what: "a score of 6", row: `a,${WATER},6,,,,`, column: 3, says: "must be 1 to 5" },
    { what: "half a score", row: `a,${WATER},3.5,,,,`, column: 3, says: "must be 1 to 5" },
    { what: "findings in words", row: `a,${CRITICAL},few,,,,`, column: 3, says: "number of findings" },
    { what: "days below nothing", row: `a,${DAYS},-1,,,,`, column: 3, says: "number of days" },
    { what: "an unknown metric", row: "a,water,4,,,,", column: 2, says: "is no metric" },
    { what: "a day that is none", row: `a,${WATER},4,2026-02-30,,,`, column: 4, says: "no date" },
    { what: "no site", row: `,${WATER},4,,,,`, column: 1, says: "must name a site" },
  ])("$what", async ({ row, column, says }) => {
    const { rows, problems } = await read(HEAD, row, `b,${WATER},5,,,,`);
    expect(problems).toMatchObject([{ line: 2, column, message: expect.stringContaining(says) }]);
    expect(rows.map(({ site }) => site)).toEqual(["b"]);
  });

  test.each([
    { what: "a column of its own", head: "site,metric,value,price", says: "is none of" },
    { what: "one column twice", head: "site,metric,value,site", says: "is there twice" },
    { what: "no values", head: "site,metric", says: "the column `value` is missing" },
  ])("a file with $what is not read", async ({ head, says }) => {
    const { rows, problems } = await read(head, "a,b,c,d");
    expect(rows).toEqual([]);
    expect(problems).toMatchObject([{ line: 1, message: expect.stringContaining(says) }]);
  });
});

test("a site's cell follows from its country, industry and tier", async () => {
  const row = (site: string, where: string) => `${site},${WATER},4,,${where}`;
  const { rows } = await read(
    HEAD,
    row("a", "de,textiles,"),
    row("b", "FR,textiles,"),
    row("c", "FR,steel,2"),
    row("d", ",,"),
    row("e", "FR,,"),
  );
  const cells = (of: readonly (typeof CELLS)[number][]) =>
    placedIn({ cells: [...of] }, rows).map(({ site, cell }) => [site, cell]);
  expect(cells(CELLS)).toEqual([
    ["a", GERMANY],
    ["b", REST],
    ["c", OTHER],
    ["d", null],
    ["e", OTHER],
  ]);
  expect(cells(CELLS.slice(0, 2))).toContainEqual(["c", ""]);
  expect(cells([{ path: "all", where: [] }]).map(([, cell]) => cell)).toEqual(Array(5).fill("all"));
});

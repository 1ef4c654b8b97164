import { columnsCsv, readColumnsFile } from "@quasarix/client/columns-file.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import {
  type ColumnBook,
  isBlobLength,
  LARGEST_BLOB,
  openColumns,
  type PrivateColumns,
  SMALLEST_BLOB,
  sealColumns,
} from "@quasarix/shared/duplicate/columns.ts";
import { segmentOf, segmentSays } from "@quasarix/shared/duplicate/segment.ts";
import { webRandom, webSealer } from "@quasarix/shared/webcrypto.ts";
import { describe, expect, test } from "vitest";
import { idOf } from "../policy/author-world.ts";

const sealer = webSealer(crypto);
const key = webRandom(crypto)(32);
const [birch, cedar] = [idOf("org", "birch"), idOf("org", "cedar")];
const site = (name: string) => idOf("site", name);
const rows = (count: number, over: Partial<PrivateColumns> = {}): PrivateColumns[] =>
  Array.from({ length: count }, (_, i) => ({ site: site(`${i}`), erp: `ERP-${i}`, ...over }));
const book = (some: readonly PrivateColumns[]): ColumnBook => ({ version: 1, revision: 1, rows: [...some] });

async function sealed(some: readonly PrivateColumns[]) {
  const blob = await sealColumns(sealer, { key, org: birch }, book(some));
  if (!blob.ok) throw new Error(blob.failure);
  return blob.value;
}

describe("the blob of private columns", () => {
  test("opens for the organisation and the key that sealed it, and for no other", async () => {
    const blob = await sealed(rows(3));
    expect(await openColumns(sealer, { key, org: birch }, blob)).toEqual({ ok: true, value: book(rows(3)) });
    for (const other of [
      { key, org: cedar },
      { key: webRandom(crypto)(32), org: birch },
    ])
      expect(await openColumns(sealer, other, blob)).toEqual({ ok: false, failure: "another-key" });
  });

  test("altered in one bit does not open", async () => {
    const blob = await sealed(rows(3));
    blob[100] = (blob[100] as number) ^ 1;
    expect((await openColumns(sealer, { key, org: birch }, blob)).ok).toBe(false);
  });

  test("is as long whatever it says, and a power of two", async () => {
    const lengths = await Promise.all(
      [[], rows(1), rows(20), rows(20, { owner: "Ana", category: "Denim", strategic: true })].map(
        async (some) => (await sealed(some)).length,
      ),
    );
    expect(new Set(lengths)).toEqual(new Set([SMALLEST_BLOB]));
    expect(isBlobLength((await sealed(rows(2_000))).length)).toBe(true);
  });

  test("of more than one blob holds is refused", async () => {
    const much = rows(10_000, { owner: "a".repeat(120) });
    expect(await sealColumns(sealer, { key, org: birch }, book(much))).toEqual({ ok: false, failure: "too-large" });
    expect(isBlobLength(LARGEST_BLOB)).toBe(true);
    expect(isBlobLength(LARGEST_BLOB * 2)).toBe(false);
  });
});

async function* file(...lines: string[]) {
  yield utf8(`${lines.join("\n")}\n`);
}

describe("a file of private columns", () => {
  test("goes out as it came in", async () => {
    const full: PrivateColumns[] = [
      { site: site("a"), erp: "=4711", category: "Denim, raw", owner: "Ana", spend: "A", strategic: true },
      { site: site("b"), risk: "high", delivery: 97.5, defects: 120, strategic: false },
    ];
    const csv = columnsCsv(full, (id) => `Mill ${id}`);
    const again = await readColumnsFile(file(...csv.trimEnd().split("\r\n")));
    expect(again).toEqual({ rows: full, problems: [], isRefused: false });
  });

  test("is refused where a heading is none of ours", async () => {
    const read = await readColumnsFile(file("site,price", `${site("a")},3`));
    expect(read.isRefused).toBe(true);
    expect(read.problems[0]?.message).toContain("`price` is none of site, name, erp");
  });

  test.each([
    ["no id of a site", "Mill 9,,", "site"],
    ["a band of risk that is none", `${site("a")},extreme,`, "risk"],
    ["a share above a hundred", `${site("a")},low,140`, "delivery"],
    ["a number that is none", `${site("a")},low,often`, "delivery"],
  ])("names %s by line and column, and keeps the other rows", async (_what, row, field) => {
    const read = await readColumnsFile(file("site,risk,delivery", row, `${site("b")},low,99`));
    expect(read.rows).toEqual([{ site: site("b"), risk: "low", delivery: 99 }]);
    expect(read.problems).toMatchObject([{ line: 2, field }]);
  });

  test("names a site that stands twice", async () => {
    const read = await readColumnsFile(file("site,owner", `${site("a")},Ana`, `${site("a")},Rui`));
    expect(read.rows).toEqual([{ site: site("a"), owner: "Ana" }]);
    expect(read.problems).toMatchObject([{ line: 3, reason: "key-again" }]);
  });
});

describe("segments", () => {
  test.each<[Omit<PrivateColumns, "site">, string, string]>([
    [{ strategic: true, spend: "D", risk: "high" }, "strategic", "high"],
    [{ spend: "A", risk: "low" }, "strategic", "low"],
    [{ spend: "B" }, "core", "unknown"],
    [{ spend: "D", risk: "medium" }, "transactional", "medium"],
    [{ strategic: false, spend: "A" }, "core", "unknown"],
    [{}, "unknown", "unknown"],
  ])("%j is %s, of %s risk", (columns, relationship, risk) => {
    expect(segmentOf(columns)).toEqual({ relationship, risk });
    expect(segmentSays(segmentOf(columns))).not.toBe("");
  });
});

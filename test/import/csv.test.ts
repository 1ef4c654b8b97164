import { type CsvForm, type CsvItem, readCsv } from "@quasarix/client/import/csv.ts";
import { concat, utf8 } from "@quasarix/shared/bytes.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chunksOf } from "./files.ts";

const form: CsvForm = { encoding: "utf-8", delimiter: ",", multiline: false, lineLimit: 1_000 };

async function itemsOf(bytes: Uint8Array, options: Partial<CsvForm> = {}, chunk = 7): Promise<CsvItem[]> {
  const items: CsvItem[] = [];
  for await (const item of readCsv(chunksOf(bytes, chunk), { ...form, ...options })) items.push(item);
  return items;
}

const rowsOf = (items: readonly CsvItem[]) => items.flatMap((it) => (it.kind === "row" ? [it.cells.join("|")] : []));
const faultsOf = (items: readonly CsvItem[]) =>
  items.flatMap((it) =>
    it.kind === "fault"
      ? [`${it.problem.line}:${it.problem.column} ${it.problem.reason} ${it.problem.field ?? "-"}`]
      : [],
  );

const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const HEAD = "id,name,city\n";
const GOOD = "8,good,row\n";

describe("a bad row is named by line and column and the good rows go on", () => {
  test.each([
    { what: "too few cells", bad: "1,a\n", says: "2:3 columns city" },
    { what: "too many cells", bad: "1,a,b,c,d\n", says: "2:4 columns -" },
    { what: "a quote that is never closed", bad: '1,"a,b\n', says: "2:2 open-quote name" },
    { what: "a quote inside a plain cell", bad: '1,6" pipe,b\n', says: "2:2 lone-quote name" },
    { what: "text after a closing quote", bad: '1,"a"b,c\n', says: "2:2 after-quote name" },
    { what: "a quote at the end of the line", bad: '1,a,b"\n', says: "2:3 lone-quote city" },
    { what: "NUL", bad: "1,a\0,b\n", says: "2:2 nul name" },
    { what: "NUL after a quoted cell that holds the delimiter", bad: '1,"a,b",\0\n', says: "2:3 nul city" },
    { what: "a carriage return inside the line", bad: "1,a,b\rc\n", says: "2:3 carriage-return city" },
    { what: "a Latin-1 byte", bad: latin("1,a,M\xfcnchen\n"), says: "2:3 encoding city" },
    { what: "a cut UTF-8 character", bad: latin("1,\xe2\x82,b\n"), says: "2:2 encoding name" },
    { what: "an overlong UTF-8 character", bad: latin("1,\xc0\xaf,b\n"), says: "2:2 encoding name" },
    { what: "a line above the limit", bad: `1,${"x".repeat(1_000)},b\n`, says: "2:1 line-too-long id" },
  ])("$what", async ({ bad, says }) => {
    const bytes = concat(utf8(HEAD), typeof bad === "string" ? utf8(bad) : bad, utf8(GOOD));
    for (const chunk of [1, 7, 100_000]) {
      const items = await itemsOf(bytes, {}, chunk);
      expect(faultsOf(items)).toEqual([says]);
      expect(rowsOf(items)).toEqual(["8|good|row"]);
    }
  });
});

describe("what is no fault", () => {
  test.each([
    { what: "a byte-order mark", text: `\ufeff${HEAD}1,a,b\n`, rows: ["1|a|b"] },
    { what: "a byte-order mark before a quoted name", text: `\ufeff"id",name,city\n1,a,b\n`, rows: ["1|a|b"] },
    { what: "CR LF line ends", text: "id,name,city\r\n1,a,b\r\n", rows: ["1|a|b"] },
    { what: "no line end after the last row", text: `${HEAD}1,a,b`, rows: ["1|a|b"] },
    { what: "doubled quotes and delimiters in a quoted cell", text: `${HEAD}1,"a ""b"", c",\n`, rows: ['1|a "b", c|'] },
    { what: "an empty quoted cell", text: `${HEAD}"","",""\n`, rows: ["||"] },
    { what: "empty lines", text: `\n${HEAD}\n1,a,b\r\n\n2,c,d\n\n`, rows: ["1|a|b", "2|c|d"] },
    {
      what: "a line of exactly the limit",
      text: `${HEAD}1,${"x".repeat(996)},b\r\n`,
      rows: [`1|${"x".repeat(996)}|b`],
    },
  ])("$what", async ({ text, rows }) => {
    for (const chunk of [1, 7, 100_000]) {
      const items = await itemsOf(utf8(text), {}, chunk);
      expect(faultsOf(items)).toEqual([]);
      expect(rowsOf(items)).toEqual(rows);
    }
  });

  test("Latin-1, where the mapping says so", async () => {
    expect(rowsOf(await itemsOf(latin("id,name\n1,M\xfcnchen\n"), { encoding: "windows-1252" }))).toEqual([
      "1|München",
    ]);
  });

  test("another delimiter, where the mapping says so", async () => {
    expect(rowsOf(await itemsOf(utf8('id;name\n1;"a;b"\n'), { delimiter: ";" }))).toEqual(["1|a;b"]);
  });
});

describe("a file that is no CSV is refused at once", () => {
  test.each([
    { what: "UTF-16", bytes: latin("\xff\xfei\0d\0\n\0"), reason: "not-csv" },
    { what: "gzip", bytes: latin("\x1f\x8b\x08\0\n"), reason: "not-csv" },
    { what: "a spreadsheet", bytes: latin("PK\x03\x04\n"), reason: "not-csv" },
    { what: "an empty file", bytes: new Uint8Array(0), reason: "header" },
    { what: "a file of empty lines", bytes: utf8("\n\r\n"), reason: "header" },
    { what: "a header with an open quote", bytes: utf8('id,"name\n1,a\n'), reason: "open-quote" },
  ])("$what", async ({ bytes, reason }) => {
    const items = await itemsOf(bytes);
    expect(items.map((it) => it.kind === "refused" && it.problem.reason)).toEqual([reason]);
  });
});

describe("cells with line breaks, where the mapping allows them", () => {
  const multiline = { multiline: true };

  test("a quoted cell goes over lines and the next row keeps its own line number", async () => {
    const items = await itemsOf(utf8(`${HEAD}1,"a\r\nb",c\n2,d\n`), multiline);
    expect(rowsOf(items)).toEqual(["1|a\nb|c"]);
    expect(faultsOf(items)).toEqual(["4:3 columns city"]);
  });

  test.each([
    { what: "never closed", bad: '1,"a,b\n' },
    { what: "closed by the next row's quote", bad: '1,"a,b\n2,"c",d\n' },
    { what: "closed so that the cells are miscounted", bad: '1,"a,b\n2,c",d,e\n' },
  ])("a quote $what costs no good row", async ({ bad }) => {
    const items = await itemsOf(utf8(`${HEAD}${bad}${GOOD}9,last,row\n`), multiline);
    expect(rowsOf(items).slice(-2)).toEqual(["8|good|row", "9|last|row"]);
    expect(faultsOf(items)[0]).toMatch(/^2:/);
  });

  test("an open quote reads no further than the limit", async () => {
    const filler = Array.from({ length: 300 }, (_, at) => `${at},some,row\n`).join("");
    const items = await itemsOf(utf8(`${HEAD}1,"a,b\n${filler}`), multiline);
    expect(faultsOf(items)).toEqual(["2:2 open-quote name"]);
    expect(rowsOf(items).length).toBe(300);
  });
});

test("a line of hundreds of megabytes is named, never held, and the rows around it are read", async () => {
  const block = utf8("x".repeat(64 * 1024));
  async function* chunks() {
    yield utf8(`${HEAD}1,a,b\n2,`);
    for (let i = 0; i < 8_000; i++) yield block;
    yield utf8(`,b\n${GOOD}`);
  }
  const items: CsvItem[] = [];
  const before = process.memoryUsage().rss;
  for await (const item of readCsv(chunks(), { ...form, lineLimit: 1024 * 1024 })) items.push(item);
  expect(faultsOf(items)).toEqual(["3:1 line-too-long id"]);
  expect(rowsOf(items)).toEqual(["1|a|b", "8|good|row"]);
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
});

test("a source that uses one buffer for all its chunks spoils no row", async () => {
  async function* chunks() {
    const buffer = new Uint8Array(5);
    for await (const chunk of chunksOf(utf8(`${HEAD}1,"a\nb\nc",d\n2,"e\n3,f,g\n`), buffer.length)) {
      buffer.fill(0x7a);
      buffer.set(chunk);
      yield buffer.subarray(0, chunk.length);
    }
  }
  const items: CsvItem[] = [];
  for await (const item of readCsv(chunks(), { ...form, multiline: true })) items.push(item);
  expect(rowsOf(items)).toEqual(["1|a\nb\nc|d", "3|f|g"]);
});

test("whatever cells are written, the same cells are read, however the bytes are cut", async () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "ß", "漢", "😀", ",", '"', "\n", " ", "=") });
  const written = (text: string) => `"${text.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 3, maxLength: 3 })),
      fc.integer({ min: 1, max: 20 }),
      async (rows, chunk) => {
        const text = `id,name,city\n${rows.map((row) => `${row.map(written).join(",")}\n`).join("")}`;
        const items = await itemsOf(utf8(text), { multiline: true }, chunk);
        expect(items.flatMap((it) => (it.kind === "row" ? [it.cells] : []))).toEqual(rows);
      },
    ),
  );
});

test("no bytes at all make the reader throw, and every row it gives has the header's width", async () => {
  const byte = fc.constantFrom(0x22, 0x2c, 0x0a, 0x0d, 0x00, 0x61, 0xff, 0xc3, 0xa9, 0xef, 0xbb, 0xbf);
  await fc.assert(
    fc.asyncProperty(fc.array(byte, { maxLength: 60 }), fc.boolean(), async (bytes, multiline) => {
      const items = await itemsOf(concat(utf8("a,b\n"), Uint8Array.from(bytes)), { multiline }, 5);
      for (const item of items) if (item.kind === "row") expect(item.cells.length).toBe(2);
      const lines = items.flatMap((it) =>
        it.kind === "row" ? [it.line] : it.kind === "fault" ? [it.problem.line] : [],
      );
      expect(lines).toEqual([...lines].sort((a, b) => a - b));
    }),
  );
});

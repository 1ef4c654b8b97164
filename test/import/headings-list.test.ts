import { SHEET_ROWS } from "@quasarix/client/import/headings-file.ts";
import { type ListOptions, readList } from "@quasarix/client/import/headings-list.ts";
import { previewLines } from "@quasarix/client/import/headings-preview.ts";
import { listedAudit } from "@quasarix/client/overlap-audit.ts";
import { auditContent } from "@quasarix/shared/audit/content.ts";
import { type Bytes, utf8 } from "@quasarix/shared/bytes.ts";
import { listedContent } from "@quasarix/shared/duplicate/listed.ts";
import { sitePlace } from "@quasarix/shared/registry/site.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const latin = (text: string): Bytes => Uint8Array.from(text, (character) => character.charCodeAt(0));

async function listOf(text: string | Bytes, options?: ListOptions) {
  const read = await readList(typeof text === "string" ? utf8(text) : text, options);
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

const HEAD = "Site name,Address,City,Country,Scheme,Audit date,Result,Valid until";
const GOOD = "Mill 9,1 Road,Dhaka,Bangladesh,SMETA 6.1,2026-01-20,C,";

describe("a file as spreadsheets save it", () => {
  const want = { name: "Müller & Co", country: "DE", city: "Ulm" };
  test.each([
    { what: "commas", file: "Site name,City,Country\nMüller & Co,Ulm,Germany\n" },
    { what: "semicolons and CR LF", file: "Site name;City;Country\r\nMüller & Co;Ulm;Germany\r\n" },
    { what: "tabs", file: "Site name\tCity\tCountry\nMüller & Co\tUlm\tGermany\n" },
    { what: "a byte-order mark", file: "\ufeffSite name,City,Country\nMüller & Co,Ulm,Germany\n" },
    {
      what: "a title above the header",
      file: "\ufeffSuppliers 2026,,\n,,\nSite name,City,Country\nMüller & Co,Ulm,Germany\n",
    },
    { what: "Windows-1252", file: latin("Site name;City;Country\r\nM\xfcller & Co;Ulm;Germany\r\n") },
    { what: "line breaks in a cell", file: 'Site name,City,Country\n"Müller\n& Co",Ulm,Germany\n' },
    { what: "empty rows at its end", file: "Site name,City,Country\nMüller & Co,Ulm,Germany\n,,\n,,\n" },
  ])("$what", async ({ file }) => {
    const { rows, problems } = await listOf(file);
    expect(problems).toEqual([]);
    expect(rows.map(({ place }) => place)).toEqual([want]);
  });

  test.each([
    { what: "no column of names", file: "Country,City\nDE,Ulm\n", reason: "header" },
    { what: "an empty file", file: "", reason: "not-csv" },
    { what: "a workbook", file: latin("PK\x03\x04"), reason: "not-csv" },
    { what: "one row too many", file: `Name,Country\n${"Mill,DE\n".repeat(SHEET_ROWS + 1)}`, reason: "too-many-rows" },
    { what: "dates that could be two days", file: `${HEAD}\nMill,,,DE,SMETA,3/4/2026,,\n`, reason: "ambiguous-dates" },
    {
      what: "dates in both orders",
      file: `${HEAD}\nA,,,DE,SMETA,30/4/2026,,\nB,,,DE,SMETA,4/30/2026,,\n`,
      reason: "mixed-dates",
    },
  ])("is refused as a whole: $what", async ({ file, reason }) => {
    const read = await readList(typeof file === "string" ? utf8(file) : file);
    expect(read).toMatchObject({ ok: false, failure: { reason } });
  });

  test("4,000 rows are taken", async () => {
    const { rows } = await listOf(`Name,Country\n${"Mill,DE\n".repeat(SHEET_ROWS)}`);
    expect(rows).toHaveLength(SHEET_ROWS);
  });
});

describe("a bad row is named by line and column, and the others go on", () => {
  test.each([
    { what: "no name", row: ",1 Road,,DE,,,,", says: "2:1 empty Site name" },
    { what: "no country", row: "Mill,1 Road,,,,,,", says: "2:4 empty Country" },
    { what: "a country that is none", row: "Mill,1 Road,,Atlantis,,,,", says: "2:4 content Country" },
    { what: "a date that is none", row: "Mill,,,DE,SMETA,2026-02-30,,", says: "2:6 date Audit date" },
    { what: "an end before the audit", row: "Mill,,,DE,SMETA,2026-02-20,,2026-01-01", says: "2:8 date Valid until" },
    { what: "too few cells", row: "Mill,1 Road", says: "2:3 columns City" },
    { what: "a name that is too long", row: `${"x".repeat(201)},,,DE,,,,`, says: "2:1 content Site name" },
    { what: "a quote that is never closed", row: '"Mill,,,DE,,,,', says: "2:1 open-quote Site name" },
  ])("$what", async ({ row, says }) => {
    const { rows, problems } = await listOf(`${HEAD}\n${row}\n${GOOD}\n`);
    expect(problems.map(({ line, column, reason, field }) => `${line}:${column} ${reason} ${field}`)).toEqual([says]);
    expect(rows.map(({ line, place }) => [line, place.name])).toEqual([[3, "Mill 9"]]);
  });

  test.each([
    { what: "a scheme outside the catalogue", row: "Mill,,,DE,Our own code,2026-02-20,,", says: "2:5 no-case" },
    { what: "no scheme beside a date", row: "Mill,,,DE,,2026-02-20,,", says: "2:5 empty" },
  ])("the site goes on without its audit: $what", async ({ row, says }) => {
    const { rows, warnings } = await listOf(`${HEAD}\n${row}\n`);
    expect(warnings.map(({ line, column, reason }) => `${line}:${column} ${reason}`)).toEqual([says]);
    expect(rows[0]?.audits).toEqual([]);
  });

  test("an identifier with a wrong check digit is left out, a good one kept", async () => {
    const { rows, warnings } = await listOf("Name,Country,OS ID,LEI\nMill,IN,IN201908746G80M,529900T8BM49AURSDO56\n");
    expect(rows[0]?.place.identifiers).toEqual([{ scheme: "osid", value: "IN201908746G80M" }]);
    expect(warnings).toMatchObject([{ line: 2, column: 4, field: "LEI" }]);
  });
});

test("an audit stands as the row says it, its result untouched", async () => {
  const { rows } = await listOf(`${HEAD}\nMill,,,DE,BSCI 2.0,20/1/2026,Grade C*,19/1/2028\n`);
  expect(rows[0]?.audits).toEqual([
    {
      scheme: { id: "urn:quasarix:scheme:amfori-bsci", version: "2.0" },
      auditFrom: "2026-01-20",
      validUntil: "2028-01-19",
      result: "Grade C*",
    },
  ]);
});

test("one row can say several audits, one for each scheme's column", async () => {
  const { rows } = await listOf(
    "Factory,Country,SMETA audit date,BSCI audit date,BSCI rating\nMill,DE,2025-02-03,2025-04-05,B\n",
  );
  expect(rows[0]?.audits.map(({ scheme, auditFrom, result }) => [scheme.id.slice(20), auditFrom, result])).toEqual([
    ["smeta", "2025-02-03", undefined],
    ["amfori-bsci", "2025-04-05", "B"],
  ]);
});

test("a column that does not tell its order takes that of the file's other dates, and the preview says so", async () => {
  const list = await listOf(`${HEAD}\nMill,1 Road,Ulm,DE,SMETA,3/4/2025,,30/4/2026\n`);
  expect(list.rows[0]?.audits[0]?.auditFrom).toBe("2025-04-03");
  expect(previewLines(list).join("\n")).toContain("Dates in Audit date: day first (told by another column)");
});

test("asked for, the order holds for all, and dates that do not fit it are named", async () => {
  const file = `${HEAD}\nA,,,DE,SMETA,3/4/2025,,\nB,,,DE,SMETA,25/4/2025,,\n`;
  const { rows, problems } = await listOf(file, { dates: "mdy" });
  expect(rows[0]?.audits[0]?.auditFrom).toBe("2025-03-04");
  expect(problems).toMatchObject([{ line: 3, column: 6, reason: "date" }]);
});

test("rows without a country take the one that was given", async () => {
  const { rows } = await listOf("Name,City\nMill,Porto\n", { country: "PT" });
  expect(rows[0]?.place).toEqual({ name: "Mill", country: "PT", city: "Porto" });
});

test("the preview says what is what, what is not used, and what was not taken", async () => {
  const list = await listOf(`${HEAD},Buyer\n${GOOD},Ann\nMill,,,Atlantis,,,,,Bob\n`);
  expect(previewLines(list)).toEqual([
    "Understood (utf-8, comma, header on line 1):",
    "  Site name = site name",
    "  Address = address",
    "  City = city",
    "  Country = country",
    "  Scheme = scheme",
    "  Audit date = audit date",
    "  Result = result",
    "  Valid until = valid until",
    "Not used: Buyer",
    "First rows:",
    "  line 2: Mill 9 | 1 Road, Dhaka, BD | smeta of 2026-01-20: C",
    "1 rows of 1 sites with 1 audits; 1 rows are not taken",
    "Not taken:",
    "  line 3, column 4 (Country): `Atlantis` is no country that is known here",
  ]);
});

test("what stands in a file does not steer the terminal", async () => {
  const list = await listOf("Name,Country,\u001b[2JRemarks\nMill \u202eX,DE,\n");
  expect(previewLines(list).join("")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test("whatever stands in a file, it is read or refused: it never throws, and no row is taken that cannot be signed", async () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 12, unit: "grapheme" }),
    fc.string({ minLength: 100, maxLength: 130, unit: "binary" }),
    fc.constantFrom("SMETA", "BSCI", "2026-01-02", "3/4/2026", "DE", '"', "45000", "="),
  );
  const line = fc.array(cell, { minLength: 1, maxLength: 9 }).map((cells) => cells.join(","));
  const text = fc.array(line, { maxLength: 6 }).map((lines) => utf8(`${HEAD}\n${lines.join("\n")}`.toWellFormed()));
  const bytes = fc.uint8Array({ maxLength: 300 }).map((some) => new Uint8Array(some));
  await fc.assert(
    fc.asyncProperty(fc.oneof(text, bytes), async (file) => {
      const read = await readList(file);
      if (!read.ok) return;
      for (const { place, audits } of read.value.rows) {
        expect(sitePlace.safeParse(place).success).toBe(true);
        for (const audit of audits)
          expect(auditContent.safeParse(listedContent(listedAudit(audit))).error).toBeUndefined();
      }
    }),
    { numRuns: process.env["LONG"] === "1" ? 20_000 : 500 },
  );
});

test("a formula is no name, and an audit that lies ahead is left out", async () => {
  const text = `${HEAD}\n"=A1&""Mill""",,,DE,,,,\nMill 2,,,DE,SMETA,2027-05-01,,\n`;
  const { rows, problems, warnings } = await listOf(text, { today: "2026-11-22" });
  expect(problems).toMatchObject([{ line: 2, column: 1, message: expect.stringContaining("formula") }]);
  expect(rows).toMatchObject([{ line: 3, audits: [] }]);
  expect(warnings).toMatchObject([{ line: 3, column: 6, message: expect.stringContaining("lies ahead") }]);
  expect((await listOf(text)).rows).toMatchObject([{ line: 3, audits: [{ auditFrom: "2027-05-01" }] }]);
  expect((await listOf(text, { today: "2027-05-01" })).warnings).toEqual([]);
});

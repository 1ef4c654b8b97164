import { csvCell, csvRow } from "@quasarix/shared/csv.ts";
import { receiptCsvRow } from "@quasarix/shared/policy/receipt-csv.ts";
import type { ReceiptView } from "@quasarix/shared/wire/receipts.ts";
import { describe, expect, test } from "vitest";

describe("a cell of a CSV file", () => {
  test.each([
    { what: "plain text stays as it is", text: "Mill 1", cell: "Mill 1" },
    { what: "nothing stays nothing", text: "", cell: "" },
    { what: "a comma takes quotes", text: "Mill, one", cell: '"Mill, one"' },
    { what: "a quote is doubled", text: 'the "big" one', cell: '"the ""big"" one"' },
    { what: "a line end takes quotes", text: "a\r\nb", cell: '"a\r\nb"' },
    { what: "a formula stands as text", text: "=1+1", cell: "'=1+1" },
    { what: "a formula with a comma is both", text: '=HYPERLINK("x","y")', cell: '"\'=HYPERLINK(""x"",""y"")"' },
    { what: "plus", text: "+41", cell: "'+41" },
    { what: "minus", text: "-1", cell: "'-1" },
    { what: "at", text: "@SUM(A1)", cell: "'@SUM(A1)" },
    { what: "a tab in front", text: "\t=1", cell: "'\t=1" },
    { what: "a carriage return in front", text: "\r=1", cell: '"\'\r=1"' },
    { what: "a formula's sign further on is none", text: "a=1", cell: "a=1" },
    { what: "what has an apostrophe already keeps it", text: "'s-Hertogenbosch", cell: "'s-Hertogenbosch" },
  ])("$what", ({ text, cell }) => {
    expect(csvCell(text)).toBe(cell);
  });

  test("a record ends in CR LF", () => {
    expect(csvRow(["a", "b,c", "=d"])).toBe('a,"b,c",\'=d\r\n');
  });
});

describe("a receipt as a row", () => {
  const receipt: ReceiptView = {
    seq: 4,
    at: Date.UTC(2026, 10, 22, 9, 5, 1, 7),
    site: "site_1",
    audit: "audit",
    reader: "org_birch",
    standing: "grant",
    sections: ["existence", "scores"],
    purpose: "due-diligence",
    because: ["g1", "g2"],
    prev: "p",
    hash: "h",
  };
  const row = (over: Partial<ReceiptView>, readerName: string | null, siteName = "Mill 1") =>
    receiptCsvRow({ ...receipt, ...over }, { readerName, siteName });

  test("has names beside ids, the purpose in words, the time in UTC", () => {
    expect(row({}, "Birch")).toBe(
      "2026-11-22T09:05:01.007Z,site_1,Mill 1,audit,org_birch,Birch,grant,existence scores,due-diligence," +
        "To assess a supplier that we buy from or intend to buy from.,g1 g2,4,p,h\r\n",
    );
  });

  test.each([
    { reader: "member", says: "a member" },
    { reader: "auditor", says: "an auditor" },
    { reader: "worker-organisation", says: "a worker organisation" },
  ])("says $says for a reader that is a kind alone", ({ reader, says }) => {
    expect(row({ reader, because: [] }, null)).toContain(`,${reader},${says},`);
  });

  test("a name that is a formula stands as text", () => {
    expect(row({}, "=cmd|' /C calc'!A0", "@Mill")).toContain(",'@Mill,audit,org_birch,'=cmd|' /C calc'!A0,");
  });
});

import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { projectGrant, projectRevocation } from "@quasarix/shared/policy/project.ts";
import {
  projectAnswer,
  projectConsent,
  projectRequest,
  projectRulebook,
  projectTerms,
} from "@quasarix/shared/policy/project-access.ts";
import { PURPOSES } from "@quasarix/shared/policy/purposes.ts";
import { NO_RECEIPT, receiptHash, receiptsClaims } from "@quasarix/shared/policy/receipt.ts";
import { RECEIPT_CSV_HEADER, receiptCsvRow } from "@quasarix/shared/policy/receipt-csv.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import type { Logged } from "@quasarix/shared/statement/logged.ts";
import type { ReceiptView } from "@quasarix/shared/wire/receipts.ts";
import { describe, expect, test } from "vitest";

const logged = (claims: object): Logged =>
  ({
    hash: "h",
    type: "",
    kid: "k",
    claims: { iss: "org_1", ...claims },
    existence: null,
    index: 7,
    admittedAt: 9,
  }) as never;
const window = { notBefore: 1, notAfter: 2 };

describe("the row of", () => {
  const given = { grantee: "members", site: "s", grantSections: ["scores"], purposes: ["due-diligence"], ...window };
  const grantRow = {
    id: "h",
    grantor: "org_1",
    grantee: "members",
    site: "s",
    audit: null,
    sections: ["scores"],
    purposes: ["due-diligence"],
    ...window,
    request: null,
    logIndex: 7,
  };
  const terms = { mode: "pool", receipts: { show: "named" }, requesters: "named", reciprocityDays: 3, embargo: "none" };
  const asked = { site: "s", requestSections: ["scores"], purposes: ["due-diligence"], until: 3 };
  const askedRow = { site: "s", sections: ["scores"], purposes: ["due-diligence"], until: 3 };
  const opens = { grantSections: ["scores"], purposes: ["due-diligence"], ...window };

  test.each([
    ["a grant of a site", () => projectGrant(logged(given)), grantRow],
    ["a grant of one audit", () => projectGrant(logged({ ...given, audit: "a" })), { ...grantRow, audit: "a" }],
    ["a revocation", () => projectRevocation(logged({ re: "g" })), { given: "g", revokedBy: "h", revokedIndex: 7 }],
    [
      "a rulebook",
      () => projectRulebook(logged({ iat: 1, ...terms })),
      { statement: "h", claims: JSON.stringify(terms), logIndex: 7, admittedAt: 9 },
    ],
    [
      "terms",
      () => projectTerms(logged({ site: "s", rulebook: "r" })),
      { statement: "h", supplier: "org_1", site: "s", rulebook: "r", logIndex: 7 },
    ],
    [
      "a consent",
      () => projectConsent(logged({ audit: "a", consentSections: ["scores"], ...window })),
      { id: "h", org: "org_1", audit: "a", sections: ["scores"], ...window, logIndex: 7 },
    ],
    [
      "a request for a site",
      () => projectRequest(logged(asked)),
      { hash: "h", org: "org_1", audit: null, ...askedRow, logIndex: 7, admittedAt: 9 },
    ],
    [
      "a request for one audit",
      () => projectRequest(logged({ ...asked, audit: "a" })),
      { hash: "h", org: "org_1", audit: "a", ...askedRow, logIndex: 7, admittedAt: 9 },
    ],
    [
      "a yes",
      () => projectAnswer(logged({ re: "q", answer: "yes", opens })),
      { hash: "h", request: "q", supplier: "org_1", answer: "yes", reason: null, opens, logIndex: 7, admittedAt: 9 },
    ],
    [
      "a no with its reason",
      () => projectAnswer(logged({ re: "q", answer: "no", reason: "Busy." })),
      {
        hash: "h",
        request: "q",
        supplier: "org_1",
        answer: "no",
        reason: "Busy.",
        opens: null,
        logIndex: 7,
        admittedAt: 9,
      },
    ],
  ])("%s", (_what, row, is) => {
    expect(row()).toEqual(is);
  });
});

const receipt: ReceiptView = {
  seq: 3,
  at: Date.UTC(2026, 10, 22),
  site: "site_1",
  audit: "a",
  reader: "org_cedar",
  standing: "grant",
  sections: ["existence", "scores"],
  purpose: "due-diligence",
  because: ["g1", "g2"],
  prev: "p",
  hash: "h",
};

describe("a receipt", () => {
  test("is hashed as the compact JSON of all but its hash", () => {
    const { hash: _, ...hashed } = receipt;
    expect(receiptHash(receipt)).toBe(base64url(sha256(utf8(JSON.stringify(hashed)))));
    expect(NO_RECEIPT).toBe("A".repeat(43));
  });

  test.each([
    ["a head", { seq: 0, hash: NO_RECEIPT }, true],
    ["a head before the first", { seq: -1, hash: NO_RECEIPT }, false],
    ["a head with more", { seq: 0, hash: NO_RECEIPT, more: 1 }, false],
    ["a head without its hash", { seq: 0 }, false],
  ])("%s is one: %s", (_what, claims, is) => {
    expect(receiptsClaims.safeParse(claims).success).toBe(is);
  });

  const cells = (row: string) => row.trimEnd().split(",");
  const named = (over: Partial<ReceiptView>, readerName: string | null = null, siteName: string | null = null) =>
    cells(receiptCsvRow({ ...receipt, ...over }, { siteName, readerName }));

  test("is a row of the file, column by column", () => {
    const row = named({}, "Cedar", "Mill");
    expect(Object.fromEntries(cells(RECEIPT_CSV_HEADER).map((name, i) => [name, row[i]]))).toEqual({
      time: "2026-11-22T00:00:00.000Z",
      site: "site_1",
      "site name": "Mill",
      audit: "a",
      reader: "org_cedar",
      "reader name": "Cedar",
      right: "grant",
      sections: "existence scores",
      purpose: "due-diligence",
      "purpose in words": PURPOSES["due-diligence"],
      because: "g1 g2",
      seq: "3",
      prev: "p",
      hash: "h",
    });
  });

  test.each([
    { reader: "org_cedar", name: "" },
    { reader: "member", name: "a member" },
    { reader: "auditor", name: "an auditor" },
    { reader: "worker-organisation", name: "a worker organisation" },
    { reader: "a-b-c", name: "an a b c" },
  ])("of $reader without a name says `$name`", ({ reader, name }) => {
    const row = named({ reader });
    expect([row[2], row[5]]).toEqual(["", name]);
  });
});

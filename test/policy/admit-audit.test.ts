import { listedOf } from "@quasarix/client/discovery-drafts.ts";
import { auditOf, submissionOf } from "@quasarix/client/drafts.ts";
import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { admitAudit, admitSubmission } from "@quasarix/shared/policy/admit-audit.ts";
import type { Rule } from "@quasarix/shared/policy/admit-rule.ts";
import { isPlainlySpelt } from "@quasarix/shared/policy/spelling.ts";
import type { Draft } from "@quasarix/shared/statement/issue.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import { present } from "@quasarix/shared/statement/present.ts";
import { REISSUE_ROOM } from "@quasarix/shared/statement/reissue.ts";
import { MAX_STATEMENT_LENGTH, parseStatement, type Statement } from "@quasarix/shared/statement/statement.ts";
import { describe, expect, test } from "vitest";
import { dice, signerOf } from "../statement/consortium.ts";
import { auditContent } from "../world.ts";
import { birch, broker, firm, hashOf, heard, mill, nowhere, office, site, spinner } from "./author-world.ts";

const parsed = (text: string): Statement => {
  const read = parseStatement(text);
  if (!read.ok) throw new Error(read.failure.reason);
  return read.value;
};
async function issued(iss: string, saying: Omit<Draft, "iss" | "iat">): Promise<Statement> {
  const signer = await signerOf("author");
  return parsed(await issueStatement({ signer, random: dice("admit-audit") }, { ...saying, iss, iat: 1 }));
}

type Case = readonly [what: string, who: string, saying: Omit<Draft, "iss" | "iat">, is: RegExp];
const content = auditContent();
const submission = submissionOf(birch, site, content);
const byFirm = auditOf(site, "auditor-signed", content);
const byMill = auditOf(site, "supplier-signed", content);
const bad = { ...content, existence: { ...content.existence, auditFrom: "yesterday" } } as never;
const row = { scheme: "urn:quasarix:scheme:smeta", auditFrom: "2026-03-04" };
const reversed = { scheme: { version: content.existence.scheme.version, id: content.existence.scheme.id } };

const told = (name: string, rule: Rule, cases: readonly Case[]) =>
  describe(name, () => {
    test.each(cases.map(([what, who, saying, is]) => ({ what, who, saying, is })))("$what: $is", async (one) => {
      expect(heard(rule, await issued(one.who, one.saying))).toMatch(one.is);
    });

    test("with a section withheld is not complete", async () => {
      const [, who, saying] = cases[0] as Case;
      const { jwt } = await issued(who, saying);
      expect(heard(rule, parsed(present({ jwt, disclosures: [] })))).toBe(
        "admission sections: a section is not complete",
      );
    });
  });

told("an audit", admitAudit, [
  ["of an auditor", firm, byFirm, /^admitted$/],
  ["of the site's supplier", mill, byMill, /^admitted$/],
  ["of an auditor who says that the supplier signed", firm, byMill, /^admission provenance: must be `auditor-signed`/],
  ["of a supplier who says that an auditor signed", mill, byFirm, /^admission provenance: must be `supplier-signed`/],
  ["of another supplier", spinner, byFirm, /^statement:add: not an assessor$/],
  ["of a member", birch, byFirm, /^statement:add: not an assessor$/],
  ["of a kind that nobody knows", broker, byFirm, /^statement:add: not an assessor$/],
  ["of the operator", office, byFirm, /^statement:add: not an assessor$/],
  ["of no site", firm, { ...byFirm, sub: nowhere }, /^admission sub: no such site$/],
  [
    "with a claim of its own",
    firm,
    { ...byFirm, claims: { ...byFirm.claims, buyer: "x" } },
    /^admission : Unrec.*buyer/,
  ],
  ["of no day", firm, auditOf(site, "auditor-signed", bad), /^admission existence\/auditFrom: /],
]);

told("a submission", admitSubmission, [
  ["of a member", birch, submission, /^admitted$/],
  ["of a supplier", mill, { ...submission, sub: mill }, /^statement:add: only members submit$/],
  ["of a kind that nobody knows", broker, { ...submission, sub: broker }, /^statement:add: only members submit$/],
  [
    "in place of what is no report",
    birch,
    submissionOf(birch, site, content, hashOf("request of birch")),
    /^admission re: no such submission of yours/,
  ],
  ["of no site", birch, submissionOf(birch, nowhere, content), /^admission site: no such site$/],
  ["of a list's row", birch, listedOf(birch, site, row), /^admitted$/],
  ["of a list's row, by a supplier", mill, listedOf(mill, site, row), /^statement:add: only members submit$/],
  [
    "of a whole report as a list's row",
    birch,
    { ...submission, claims: { site, listed: true } },
    /^admission \w+.*: (a list|must be `unknown`)/,
  ],
  [
    "that says that it is no list's row",
    birch,
    { ...submission, claims: { site, listed: false } },
    /^admission listed: /,
  ],
  [
    "with a claim of its own",
    birch,
    { ...submission, claims: { ...submission.claims, more: 1 } },
    /^admission : Unrec/,
  ],
  ["of no day", birch, submissionOf(birch, site, bad), /^admission existence\/auditFrom: /],
  [
    "in another order of members",
    birch,
    {
      ...submission,
      sections: { ...submission.sections, existence: { ...submission.sections?.["existence"], ...reversed } },
    },
    /^admission sections: not in the one spelling of submissions$/,
  ],
]);

test("a submission leaves room to be issued again", async () => {
  const short = await issued(birch, submission);
  const most = MAX_STATEMENT_LENGTH - REISSUE_ROOM;
  const ofLength = (length: number) => ({ ...short, text: "x".repeat(length) });
  expect(heard(admitSubmission, ofLength(most))).toBe("admitted");
  expect(heard(admitSubmission, ofLength(most + 1))).toBe("admission ?: too long to be re-issued");
});

test("a submission stands in the dossier of who hands it in", async () => {
  const short = await issued(birch, submission);
  const elsewhere = { ...short, claims: { ...short.claims, sub: mill } };
  expect(heard(admitSubmission, elsewhere)).toBe("statement:add: a submission is about its own organisation");
});

describe("the one spelling", async () => {
  const plain = await issued(birch, submission);
  const withDisclosure = (...texts: readonly string[]): Statement => {
    const [name, section] = [...plain.sections][0] as [string, NonNullable<ReturnType<typeof plain.sections.get>>];
    return {
      ...plain,
      sections: new Map([
        ...plain.sections,
        [name, { ...section, disclosures: texts.map((text) => base64url(utf8(text))) }],
      ]),
    };
  };
  const { sections, ...others } = plain.claims;
  const turned = Object.fromEntries(Object.entries(sections as object).reverse());

  test.each([
    { what: "as the client writes it", statement: plain, is: true },
    { what: "compact JSON", statement: withDisclosure('["s","a",1]'), is: true },
    { what: "white space in a disclosure", statement: withDisclosure('["s", "a",1]'), is: false },
    { what: "white space in one of two", statement: withDisclosure('["s","a",1]', '["s", "b",2]'), is: false },
    { what: "an escape where none is needed", statement: withDisclosure('["s","\\u0061",1]'), is: false },
    { what: "a number with a needless zero", statement: withDisclosure('["s","a",1.0]'), is: false },
    {
      what: "sections in another order",
      statement: { ...plain, claims: { ...others, sections: turned } as never },
      is: false,
    },
  ])("$what: $is", ({ statement, is }) => {
    expect(isPlainlySpelt(statement, content)).toBe(is);
  });

  test("a disclosure that is no base64url is not in it", () => {
    const [name, section] = [...plain.sections][0] as [string, object];
    const sections = new Map([...plain.sections, [name, { ...section, disclosures: ["!"] } as never]]);
    expect(isPlainlySpelt({ ...plain, sections }, content)).toBe(false);
  });
});

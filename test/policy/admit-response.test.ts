import { submissionOf } from "@quasarix/client/drafts.ts";
import { correctionOf, disputeOf, replyOf } from "@quasarix/client/response-drafts.ts";
import { admit } from "@quasarix/shared/policy/admit.ts";
import type { AuthorFacts } from "@quasarix/shared/policy/author-facts.ts";
import { type Draft, issueStatement } from "@quasarix/shared/statement/issue.ts";
import { present } from "@quasarix/shared/statement/present.ts";
import { parseStatement, type Statement } from "@quasarix/shared/statement/statement.ts";
import { describe, expect, test } from "vitest";
import { dice, signerOf } from "../statement/consortium.ts";
import { auditContent } from "../world.ts";
import {
  facts as around,
  birch,
  cedar,
  elsewhere,
  firm,
  hashOf,
  idOf,
  mill,
  ORIGIN,
  org,
  site,
  spinner,
  target,
} from "./author-world.ts";

const assay = idOf("org", "assay");
const report = { type: "submission", issuer: birch, subject: birch };

const facts: AuthorFacts = around({
  orgs: new Map([...around().orgs, org(assay, "auditor")]),
  targets: new Map([
    target("audit", {}),
    target("older", { index: 3 }),
    target("newer", { index: 20 }),
    target("newer of another", { index: 20, issuer: assay }),
    target("newer elsewhere", { index: 20, subject: elsewhere }),
    target("elsewhere", { subject: elsewhere }),
    target("own", { issuer: mill }),
    target("copy", { issuer: ORIGIN, submitter: birch }),
    target("grant", { type: "grant", issuer: mill, subject: mill }),
    target("reply", { type: "reply", issuer: mill }),
    target("correction", { type: "correction", index: 20 }),
    target("report", { ...report, reports: { site, isListed: false, isReplaced: false } }),
    target("report elsewhere", { ...report, reports: { site: elsewhere, isListed: false, isReplaced: false } }),
    target("report replaced", { ...report, reports: { site, isListed: false, isReplaced: true } }),
    target("report of cedar", { ...report, issuer: cedar, reports: { site, isListed: false, isReplaced: false } }),
  ]),
});

const parsed = (text: string): Statement => {
  const read = parseStatement(text);
  if (!read.ok) throw new Error(read.failure.reason);
  return read.value;
};
async function issued(iss: string, saying: Omit<Draft, "iss" | "iat">): Promise<Statement> {
  const signer = await signerOf("author");
  return parsed(await issueStatement({ signer, random: dice("admit-response") }, { ...saying, iss, iat: 1 }));
}
const told = (statement: Statement): string => {
  const admitted = admit(statement, facts);
  if (admitted.ok) return "admitted";
  const { failure } = admitted;
  if (failure.reason === "not-permitted") return failure.why ?? "";
  if (failure.reason === "invalid-statement") return failure.why;
  return failure.reason;
};

type Case = readonly [what: string, who: string, saying: Omit<Draft, "iss" | "iat">, is: RegExp];
const of = (audit: string, where = site) => ({ audit: hashOf(audit), site: where });
const said = { text: "Thank you." };
const wrong = { why: "Another mill was seen." };
const right = { field: "auditFrom", value: "2026-03-05" };
const with_ = (saying: Omit<Draft, "iss" | "iat">, claims: object) => ({
  ...saying,
  claims: { ...saying.claims, ...claims } as never,
});

const CASES: readonly Case[] = [
  ["a supplier's reply", mill, replyOf(of("audit"), said), /^admitted$/],
  ["a reply to intake's copy", mill, replyOf(of("copy"), said), /^admitted$/],
  ["a reply to findings alone", mill, replyOf(of("audit"), { answers: [{ finding: 3, done: true }] }), /^admitted$/],
  ["an acceptance without a word", mill, replyOf(of("audit"), {}, { stance: "accepts" }), /^admitted$/],
  ["a reply that says nothing", mill, replyOf(of("audit"), {}), /says nothing/],
  ["a reply with an empty list", mill, replyOf(of("audit"), { answers: [] }), /says nothing/],
  ["a reply of another supplier", spinner, replyOf(of("audit"), said), /only a site's supplier/],
  ["a reply of the audit's author", firm, replyOf(of("audit"), said), /only a site's supplier/],
  ["a reply of a member", birch, replyOf(of("audit"), said), /only a site's supplier/],
  ["a reply to one's own audit", mill, replyOf(of("own"), said), /your own audit/],
  ["a reply to an audit elsewhere", mill, replyOf(of("elsewhere"), said), /no such audit/],
  ["a reply under another site's name", spinner, replyOf(of("audit", elsewhere), said), /no such audit/],
  ["a reply to a grant", mill, replyOf(of("grant"), said), /no such audit/],
  ["a reply to a reply", mill, replyOf(of("reply"), said), /no such audit/],
  ["a reply to nothing", mill, { ...replyOf(of("audit"), said), re: undefined }, /no such audit/],
  ["a reply to what is unknown", mill, replyOf(of("unknown"), said), /no such audit/],
  ["a reply with a member of its own", mill, replyOf(of("audit"), { ...said, score: 5 } as never), /nrecognized/],
  ["a reply with a claim of its own", mill, with_(replyOf(of("audit"), said), { public: true }), /nrecognized/],
  [
    "a reply with a stance that is none",
    mill,
    replyOf(of("audit"), said, { stance: "rejects" } as never),
    /^(?!admitted)/,
  ],
  ["a supplier's dispute", mill, disputeOf(of("audit"), wrong), /^admitted$/],
  ["a dispute without a reason", mill, disputeOf(of("audit"), {} as never), /^(?!admitted)/],
  ["a dispute with a stance", mill, with_(disputeOf(of("audit"), wrong), { stance: "accepts" }), /nrecognized/],
  ["a dispute of another supplier", spinner, disputeOf(of("audit"), wrong), /only a site's supplier/],
  ["a dispute of one's own audit", mill, disputeOf(of("own"), wrong), /your own audit/],
  ["an author's correction", firm, correctionOf(of("audit"), right), /^admitted$/],
  ["a supplier's correction of its own audit", mill, correctionOf(of("own"), { why: "Misspelt." }), /^admitted$/],
  ["a correction by a newer audit alone", firm, correctionOf(of("audit"), {}, { by: hashOf("newer") }), /^admitted$/],
  ["a correction that says nothing", firm, correctionOf(of("audit"), {}), /says nothing/],
  ["a correction with a field and no value", firm, correctionOf(of("audit"), { field: "auditFrom" }), /go together/],
  [
    "a correction with a claim of its own",
    firm,
    with_(correctionOf(of("audit"), right), { public: true }),
    /nrecognized/,
  ],
  ["a correction by what is unknown", firm, correctionOf(of("audit"), {}, { by: hashOf("unknown") }), /no newer audit/],
  ["a correction of another auditor", assay, correctionOf(of("audit"), right), /no such audit of yours/],
  ["a correction of the supplier", mill, correctionOf(of("audit"), right), /no such audit of yours/],
  ["a correction of intake's copy by its member", birch, correctionOf(of("copy"), right), /no such audit of yours/],
  ["a correction of a reply", mill, correctionOf(of("reply"), right), /no such audit/],
  ["a correction by an older audit", firm, correctionOf(of("audit"), {}, { by: hashOf("older") }), /no newer audit/],
  ["a correction by the audit itself", firm, correctionOf(of("audit"), {}, { by: hashOf("audit") }), /no newer audit/],
  [
    "a correction by another's audit",
    firm,
    correctionOf(of("audit"), {}, { by: hashOf("newer of another") }),
    /no newer/,
  ],
  [
    "a correction by an audit elsewhere",
    firm,
    correctionOf(of("audit"), {}, { by: hashOf("newer elsewhere") }),
    /no newer/,
  ],
  [
    "a correction by what is no audit",
    firm,
    correctionOf(of("audit"), {}, { by: hashOf("correction") }),
    /no newer audit/,
  ],
  [
    "a report in place of an earlier one",
    birch,
    submissionOf(birch, site, auditContent(), hashOf("report")),
    /^admitted$/,
  ],
  [
    "a report of another member in its place",
    cedar,
    submissionOf(cedar, site, auditContent(), hashOf("report")),
    /no such sub/,
  ],
  [
    "a report in place of one elsewhere",
    birch,
    submissionOf(birch, site, auditContent(), hashOf("report elsewhere")),
    /no such/,
  ],
  [
    "a report in place of a replaced one",
    birch,
    submissionOf(birch, site, auditContent(), hashOf("report replaced")),
    /stands in/,
  ],
  [
    "a report in place of an audit",
    birch,
    submissionOf(birch, site, auditContent(), hashOf("copy")),
    /no such submission/,
  ],
  [
    "a report in place of nothing known",
    birch,
    submissionOf(birch, site, auditContent(), hashOf("x")),
    /no such submission/,
  ],
];

describe("the door tells of", () => {
  test.each(CASES.map(([what, who, saying, is]) => ({ what, who, saying, is })))("$what: $is", async (one) => {
    expect(told(await issued(one.who, one.saying))).toMatch(one.is);
  });

  test.each([
    ["reply", mill, replyOf(of("audit"), said)],
    ["dispute", mill, disputeOf(of("audit"), wrong)],
    ["correction", firm, correctionOf(of("audit"), right)],
  ] as const)("a %s whose section is withheld: not complete", async (_type, who, saying) => {
    const { jwt } = await issued(who, saying);
    expect(told(parsed(present({ jwt, disclosures: [] })))).toBe("a section is not complete");
  });
});

import { admitRecognition } from "@quasarix/shared/policy/admit-recognition.ts";
import { opensByGrant, recognitionKey } from "@quasarix/shared/policy/recognised.ts";
import { describe, expect, test } from "vitest";
import { birch, type Case, cedar, hashOf, mill, told } from "./author-world.ts";
import {
  ask,
  facts as auditFacts,
  firm,
  grant,
  cedar as grantee,
  NOON,
  birch as submitter,
  mill as supplier,
} from "./one-audit.ts";

const audit = hashOf("audit");
const [smeta, sa8000] = ["urn:quasarix:scheme:smeta", "urn:quasarix:scheme:sa8000"];
const recognition = { audit, instead: { scheme: smeta }, saved: { days: 2.5 } };
const recognised = {
  open: new Set([audit, hashOf("another")]),
  standing: new Map([[recognitionKey(audit, sa8000), hashOf("first")]]),
};
const but = (over: object): object => ({ ...recognition, ...over });
const saves = (saved: object): object => but({ saved });

const CLOSED = "admission audit: no such audit of another's that is open to you by a grant";
const cases: Case[] = [
  ["of days", birch, recognition, "admitted"],
  ["of money", birch, saves({ money: { amount: "2400.50", currency: "EUR" } }), "admitted"],
  ["of both, in place of topics", birch, but({ instead: { scheme: smeta, topics: ["wages"] } }), "admitted"],
  ["of another audit in place of that scheme", birch, but({ audit: hashOf("another") }), "admitted"],
  ["of an audit that is not open", birch, but({ audit: hashOf("copy") }), CLOSED],
  ["of an audit that is not there", birch, but({ audit: hashOf("none") }), CLOSED],
  [
    "twice in place of one scheme",
    birch,
    but({ instead: { scheme: sa8000 } }),
    `admission instead: in place of that scheme it stands already, by \`${hashOf("first")}\``,
  ],
  ["of a supplier", mill, recognition, "statement:add: only members recognise audits"],
  ["in another's dossier", birch, but({ sub: cedar }), "statement:add: a recognition stands in its member's dossier"],
  ["that saved nothing", birch, saves({}), "admission saved: says neither days nor money"],
  [
    "of no money",
    birch,
    saves({ money: { amount: "0.00", currency: "EUR" } }),
    "admission saved/money/amount: must be more than nothing",
  ],
  [
    "of money to the mill",
    birch,
    saves({ money: { amount: "1.005", currency: "EUR" } }),
    "admission saved/money/amount: must be an amount such as 2400 or 2400.50",
  ],
  [
    "of money without a currency",
    birch,
    saves({ money: { amount: "1" } }),
    "admission saved/money/currency: Invalid input: expected string, received undefined",
  ],
  [
    "of a third of a day",
    birch,
    saves({ days: 0.3 }),
    "admission saved/days: Invalid number: must be a multiple of 0.25",
  ],
  ["of less than no days", birch, saves({ days: -1 }), "admission saved/days: Too small: expected number to be >=0.25"],
  [
    "in place of nothing",
    birch,
    but({ instead: {} }),
    "admission instead/scheme: Invalid input: expected string, received undefined",
  ],
  ["with a claim of its own", birch, but({ more: 1 }), 'admission : Unrecognized key: "more"'],
];
told(
  "a recognition",
  admitRecognition,
  cases.map(([what, who, claims, is]) => [what, who, claims, is, { recognised }]),
);

describe("what a member may recognise", () => {
  const granted = { grants: [grant({ purposes: ["regulatory-evidence"] })] };
  test.each([
    { what: "an audit that a grant opens, whatever its purpose", org: grantee, is: true, over: granted },
    { what: "an audit that nothing opens", org: grantee, is: false, over: {} },
    { what: "an audit by an ended grant", org: grantee, is: false, over: { grants: [grant({ notAfter: NOON })] } },
    { what: "an audit that it handed in itself", org: submitter, is: false, over: {} },
    {
      what: "an audit that it handed in itself and was granted",
      org: submitter,
      is: false,
      over: { grants: [grant({ grantee: submitter })] },
    },
    { what: "an audit that it signed", org: firm, is: false, over: { grants: [grant({ grantee: firm as string })] } },
    { what: "an audit of its own site", org: supplier, is: false, over: {} },
    { what: "an audit of a lost key", org: grantee, is: false, over: { ...granted, disputed: true } },
    { what: "a claim without a report", org: grantee, is: false, over: { ...granted, right: "unknown" as const } },
  ])("$what: $is", ({ org, is, over }) => {
    expect(opensByGrant(auditFacts(over), ask(org as string).principal, NOON)).toBe(is);
  });
});

import { readAcceptancePolicy } from "@quasarix/shared/duplicate/policy-problems.ts";
import { PRESETS } from "@quasarix/shared/duplicate/presets.ts";
import { describe, expect, test } from "vitest";

const least = { name: "Ours", schemes: [], others: "by-topics", topics: [], provenances: ["auditor-signed"] };
const smeta = "urn:quasarix:scheme:smeta";
const bsci = "urn:quasarix:scheme:amfori-bsci";
const grade = "urn:quasarix:scale:amfori-bsci-grade";

describe("a policy says where it is wrong, and what would be right", () => {
  test.each([
    { what: "the least", over: {}, want: [] },
    { what: "a scheme of one's own", over: { schemes: [{ scheme: "urn:example:looms", versions: ["9"] }] }, want: [] },
    { what: "no name", over: { name: "" }, want: ["name: "] },
    {
      what: "a topic that is not ours",
      over: { topics: ["H&S"] },
      want: ["topics.0: must be one of forced-labour, child-labour"],
    },
    { what: "a topic twice", over: { topics: ["wages", "wages"] }, want: ["topics: names one twice"] },
    {
      what: "a provenance of its own",
      over: { provenances: ["gossip"] },
      want: ["provenances.0: must be one of auditor-signed, supplier-signed, submitted-copy, listed"],
    },
    { what: "an age of nothing", over: { maxAgeMonths: 0 }, want: ["maxAgeMonths: must be 1 to 120"] },
    {
      what: "a way of announcing",
      over: { announcements: ["surprise"] },
      want: ["announcements.0: must be one of announced, semi-announced, unannounced"],
    },
    {
      what: "a severity",
      over: { excludes: { severity: "bad", closed: "forgiven" } },
      want: ["excludes.severity: must be one of minor, major, critical, zero-tolerance"],
    },
    {
      what: "nothing that could be accepted",
      over: { others: "refused" },
      want: ["schemes: names none and refuses all others"],
    },
    {
      what: "a version that the scheme lacks",
      over: { schemes: [{ scheme: smeta, versions: ["7.0", "8.0"] }] },
      want: ["schemes.0.versions.1: SMETA has the versions 6.0, 6.1, 7.0"],
    },
    {
      what: "a minimum where there is no result",
      over: { schemes: [{ scheme: smeta, minimum: { scale: grade, value: "C" } }] },
      want: ["schemes.0.minimum: SMETA has no overall result"],
    },
    {
      what: "a grade that is none",
      over: { schemes: [{ scheme: bsci, minimum: { scale: grade, value: "F" } }] },
      want: ["schemes.0.minimum: the grades of amfori BSCI are E, D, C, B, A"],
    },
    {
      what: "a scheme twice",
      over: { schemes: [{ scheme: smeta }, { scheme: smeta }] },
      want: ["schemes: names a scheme twice"],
    },
    { what: "a member that is no point of a policy", over: { price: 3 }, want: [": "] },
  ])("$what", ({ over, want }) => {
    const read = readAcceptancePolicy({ ...least, ...over });
    const said = read.ok ? [] : read.failure.map(({ path, message }) => `${path}: ${message}`);
    expect(said.map((one, at) => one.slice(0, want[at]?.length))).toEqual(want);
  });

  test.each(Object.entries(PRESETS))("the preset %s is a policy", (_, { policy }) => {
    const read = readAcceptancePolicy(policy);
    expect(read.ok ? read.value : read.failure).toEqual(policy);
  });
});

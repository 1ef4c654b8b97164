import { findingsBin, remediationBin } from "@quasarix/shared/benchmark/bands.ts";
import { recordsOf } from "@quasarix/shared/benchmark/extract.ts";
import { frameworkBook } from "@quasarix/shared/benchmark/framework/book.ts";
import { QUASARIX_1 } from "@quasarix/shared/benchmark/framework/quasarix/first.ts";
import { quasarixReview } from "@quasarix/shared/benchmark/framework/quasarix/review.ts";
import type { MetricAudit } from "@quasarix/shared/benchmark/metric-audit.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hashOf } from "../policy/author-world.ts";

const BOOK = frameworkBook([QUASARIX_1, quasarixReview(hashOf("version 1"))]);
const SMETA = { id: "urn:quasarix:scheme:smeta", version: "7" };

const existence = { scheme: SMETA, auditFrom: "2026-03-01", auditTo: "2026-03-02", assessor: { kind: "auditor" } };
const audit = (over: Partial<MetricAudit> = {}): MetricAudit => ({ provenance: "auditor-signed", existence, ...over });
const value = (metric: string, one: MetricAudit): number | undefined => recordsOf(one, [metric], BOOK)[0];

test.each([
  [0, 1],
  [1, 2],
  [2, 2],
  [3, 3],
  [5, 3],
  [6, 4],
  [10, 4],
  [11, 5],
  [2_000, 5],
])("%i findings of a severity are bin %i", (count, bin) => expect(findingsBin(count)).toBe(bin));

test.each([
  [-3, 1],
  [0, 1],
  [30, 1],
  [31, 2],
  [60, 2],
  [61, 3],
  [90, 3],
  [91, 4],
  [180, 4],
  [181, 5],
  [null, 5],
])("%s days to close are bin %i", (days, bin) => expect(remediationBin(days)).toBe(bin));

const VOICE = "score/quasarix@1/worker-voice";
const WAGES = "score/quasarix@1/wage-payment";
const score = (over: object = {}, topic = "worker-voice") => ({
  topic,
  scale: "urn:quasarix:framework:quasarix@1",
  value: 4,
  original: "4",
  ...over,
});
const scored = (over: object, ...topics: unknown[]): MetricAudit => audit({ scores: { topics }, ...over });
const by = (kind: string) => ({ existence: { ...existence, assessor: { kind } } });
const COPY = { provenance: "submitted-copy" };
const OWN = { provenance: "supplier-signed" };

// `worker-voice` asks for documents; `wage-payment` is critical.
describe("a score", () => {
  test.each([
    ["that an auditor signed counts", VOICE, scored({}, score()), 4],
    ["that is not there is no record", VOICE, scored({}), 0],
    ["without a section `scores` is no record", VOICE, audit(), 0],
    ["of another benchmark counts nowhere else", VOICE, scored({}, score({}, "living-wage")), 0],
    [
      "given by the next version does not count under this one",
      VOICE,
      scored({}, score({ scale: "urn:quasarix:framework:quasarix@2" })),
      0,
    ],
    ["given by this version does not count under the next", "score/quasarix@2/worker-voice", scored({}, score()), 0],
    [
      "counts under a framework that is published alone",
      "score/other@1/worker-voice",
      scored({}, score({ scale: "urn:quasarix:framework:other@1" })),
      0,
    ],
    [
      "on a scheme's scale is none of ours",
      VOICE,
      scored({}, score({ scale: "urn:quasarix:scale:quasarix-level" })),
      0,
    ],
    ["of 0 is none", VOICE, scored({}, score({ value: 0 })), 0],
    ["of 6 is none", VOICE, scored({}, score({ value: 6 })), 0],
    ["between two levels is none", VOICE, scored({}, score({ value: 3.5 })), 0],
    ["written as text is none", VOICE, scored({}, score({ value: "4" })), 0],
    ["said twice alike counts once", VOICE, scored({}, score(), score()), 4],
    ["said twice and differently is no record", VOICE, scored({}, score(), score({ value: 2 })), 0],
    ["of a copy rests on documents, which is enough here", VOICE, scored(COPY, score()), 4],
    ["of the supplier's own rests on its word, which is not", VOICE, scored(OWN, score()), 0],
    ["of the supplier's own counts with documents", VOICE, scored(OWN, score({ evidence: "documented" })), 4],
    ["of an auditor that only heard it does not count", VOICE, scored({}, score({ evidence: "self-reported" })), 0],
    ["of a list counts nowhere", VOICE, scored({ provenance: "listed" }, score({ evidence: "third-party" })), 0],
    [
      "of a provenance that nobody knows counts nowhere",
      VOICE,
      scored({ provenance: "" }, score({ evidence: "third-party" })),
      0,
    ],
    ["that is critical counts when an auditor signed it", WAGES, scored({}, score({}, "wage-payment")), 4],
    [
      "that is critical does not count on documents",
      WAGES,
      scored({}, score({ evidence: "documented" }, "wage-payment")),
      0,
    ],
    ["that is critical does not count in a copy that says no more", WAGES, scored(COPY, score({}, "wage-payment")), 0],
    [
      "that is critical counts in a copy of what an auditor saw",
      WAGES,
      scored(COPY, score({ evidence: "third-party" }, "wage-payment")),
      4,
    ],
    [
      "that is critical does not count in a copy of what a member's own staff saw",
      WAGES,
      scored({ ...COPY, ...by("member") }, score({ evidence: "third-party" }, "wage-payment")),
      0,
    ],
    [
      "that is critical does not count by the supplier's own word, whatever it calls it",
      WAGES,
      scored(OWN, score({ evidence: "third-party" }, "wage-payment")),
      0,
    ],
  ])("%s", (_what, metric, one, is) => {
    expect(value(metric, one)).toBe(is);
  });
});

test("a critical score counts verified alone, whatever else its framework asks for", () => {
  const lax = {
    ...QUASARIX_1,
    benchmarks: QUASARIX_1.benchmarks.map((one) => ({ ...one, evidence: "self-reported" as const })),
  };
  const one = scored({}, score({ evidence: "documented" }, "wage-payment"), score({ evidence: "documented" }));
  expect([...recordsOf(one, [WAGES, VOICE], frameworkBook([lax]))]).toEqual([0, 4]);
});

const finding = (level: number | null | undefined, over: object = {}) => ({
  number: 1,
  ...(level === undefined ? {} : { severity: { level, original: "x", mapping: "x@1" } }),
  ...over,
});
const found = (...findings: unknown[]): MetricAudit => audit({ findings: { findings } });
const of = (id: string): Partial<MetricAudit> => ({ existence: { ...existence, scheme: { id, version: "1" } } });

describe("findings of a severity", () => {
  test.each([
    ["that were looked for and not found are 0", "findings/major", found(), 1],
    ["are counted by their level alone", "findings/major", found(finding(3), finding(2), finding(3)), 2],
    ["count whether closed or not", "findings/minor", found(finding(2, { status: "closed" }), finding(2)), 2],
    ["are no record where the list is absent", "findings/major", audit({ findings: {} }), 0],
    ["are no record where the section is withheld or erased", "findings/major", audit(), 0],
    ["are no record where one has no severity", "findings/major", found(finding(3), finding(undefined)), 0],
    ["are no record where the scheme gave one no level", "findings/major", found(finding(3), finding(null)), 0],
    [
      "leave aside what no single site can close",
      "findings/major",
      found(finding(3), finding(null, { collaborative: true })),
      2,
    ],
    ["leave aside good practice", "findings/observation", found(finding(0)), 1],
    [
      "are no record of a scheme that has no word for it",
      "findings/zero-tolerance",
      { ...found(), ...of("urn:quasarix:scheme:rba") },
      0,
    ],
    [
      "of a scheme that nobody knows are taken at its word",
      "findings/zero-tolerance",
      { ...found(), ...of("urn:example:x") },
      1,
    ],
    ["that no metric names are no record", "findings/dreadful", found(finding(3)), 0],
    ["of a list without a report are no record", "findings/major", { ...found(), provenance: "listed" }, 0],
  ])("%s", (_what, metric, one, is) => {
    expect(value(metric, one)).toBe(is);
  });

  test.each([
    ["zero-tolerance", 5],
    ["critical", 4],
    ["major", 3],
    ["minor", 2],
    ["observation", 1],
  ])("`%s` is level %i of the severity tables", (word, level) => {
    expect(value(`findings/${word}`, found(finding(level)))).toBe(2);
  });
});

const closed = (closedOn: string | undefined, level: number | null = 3) =>
  finding(level, { status: "closed", ...(closedOn === undefined ? {} : { closedOn }) });
const plan = (over: object) => ({ plans: { plans: [{ findings: [1], ...over }] } });

describe("days to remedy", () => {
  test.each([
    ["are those to the slowest closed finding", found(closed("2026-03-10"), closed("2026-05-10")), 3],
    ["begin on the audit's last day", found(closed("2026-04-01")), 1],
    ["are 0 where it was closed before the audit ended", found(closed("2026-03-01")), 1],
    ["are open while a minor finding is", found(closed("2026-03-10"), finding(2, { status: "in-progress" })), 5],
    ["do not wait for an observation", found(closed("2026-03-10"), finding(1, { status: "open" })), 1],
    [
      "do not wait for what no single site can close",
      found(closed("2026-03-10"), finding(3, { status: "open", collaborative: true })),
      1,
    ],
    ["are no record where nothing was found", found(), 0],
    ["are no record where there is no list", audit(), 0],
    ["are no record where only observations are open", found(finding(1, { status: "open" })), 0],
    ["are no record where nobody says whether it is closed", found(finding(3)), 0],
    ["are no record where nobody says when", found(closed("2026-03-10"), closed(undefined)), 0],
    [
      "come from the plan where the finding is silent",
      { ...found(finding(3)), ...plan({ status: "closed", closedOn: "2026-04-20" }) },
      2,
    ],
    ["are open by the plan where the finding is silent", { ...found(finding(3)), ...plan({ status: "open" }) }, 5],
    ["trust the finding over its plan", { ...found(closed("2026-03-10")), ...plan({ status: "open" }) }, 1],
    ["do not trust a day that is none", found(closed("2026-02-30")), 0],
  ])("%s", (_what, one, is) => {
    expect(value("remediation/days", one)).toBe(is);
  });
});

test("an audit whose `existence` is gone counts nowhere", () => {
  const gone = { ...found(finding(3)), scores: { topics: [score()] }, existence: undefined };
  expect([...recordsOf(gone, [VOICE, "findings/major", "remediation/days"], BOOK)]).toEqual([0, 0, 0]);
});

test("values stand in the order of the metrics", () => {
  const one = { ...found(finding(3), finding(3)), scores: { topics: [score({ value: 2 })] } };
  const metrics = ["findings/major", VOICE, "remediation/days", "findings/minor"];
  expect([...recordsOf(one, metrics, BOOK)]).toEqual([2, 2, 0, 1]);
});

test("whatever an audit holds, nothing is thrown and each value is a bin or none", () => {
  const metrics = [VOICE, WAGES, "findings/major", "findings/", "remediation/days", "score/x@1/y", "what"];
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.record({ topics: fc.array(fc.jsonValue()), findings: fc.array(fc.jsonValue()) }),
  );
  const near = fc.record({
    topics: fc.array(
      fc.record({
        topic: fc.constantFrom("worker-voice", ""),
        scale: fc.constant(score().scale),
        value: fc.jsonValue(),
        evidence: fc.jsonValue(),
      }),
    ),
    findings: fc.array(
      fc.record({
        severity: fc.oneof(fc.jsonValue(), fc.record({ level: fc.integer() })),
        status: fc.jsonValue(),
        closedOn: fc.jsonValue(),
      }),
    ),
    plans: fc.array(fc.record({ findings: fc.jsonValue(), status: fc.jsonValue() })),
  });
  const section = fc.oneof(odd, near) as fc.Arbitrary<never>;
  fc.assert(
    fc.property(section, section, section, fc.string(), (scores, findings, plans, provenance) => {
      for (const from of [provenance, "auditor-signed"]) {
        const values = recordsOf({ provenance: from, existence, scores, findings, plans }, metrics, BOOK);
        expect([...values].every((one) => one <= 5)).toBe(true);
      }
    }),
  );
});

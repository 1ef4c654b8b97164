import { monthsBefore, plusMonths } from "@quasarix/shared/audit/date.ts";
import { CATALOGUE } from "@quasarix/shared/audit/scheme/catalogue.ts";
import { coverage } from "@quasarix/shared/audit/scheme/coverage.ts";
import { TOPIC_CODES } from "@quasarix/shared/audit/scheme/topic.ts";
import { type AcceptancePolicy, acceptancePolicy } from "@quasarix/shared/duplicate/acceptance.ts";
import { covers } from "@quasarix/shared/duplicate/covers.ts";
import { type AuditForEvaluation, evaluate } from "@quasarix/shared/duplicate/evaluate.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const day = fc
  .date({ min: new Date("2022-01-01"), max: new Date("2028-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const next = (date: string): string => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);

const schemeIds = [...CATALOGUE.schemes.map(({ id }) => id), "urn:example:own"];
const scheme = fc.constantFrom(...schemeIds);
const topics = fc.subarray([...TOPIC_CODES], { maxLength: 6 });
const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const scales = CATALOGUE.schemes.flatMap((one) => one.scales.map(({ id }) => id));
const result = fc.record({
  scale: fc.constantFrom(...scales),
  value: fc.oneof(fc.constantFrom("A", "C", "E", "gold"), fc.integer({ min: 0, max: 200 })),
});

const policies: fc.Arbitrary<AcceptancePolicy> = fc
  .record(
    {
      name: fc.constant("Some policy"),
      schemes: fc.uniqueArray(fc.record({ scheme, minimum: result }, { requiredKeys: ["scheme"] }), {
        selector: (one) => one.scheme,
        maxLength: 4,
      }),
      others: fc.constantFrom("refused" as const, "by-topics" as const),
      topics,
      maxAgeMonths: fc.integer({ min: 1, max: 48 }),
      announcements: some(["announced", "semi-announced", "unannounced"] as const),
      accreditations: fc.constant(["APSCA"]),
      provenances: some(["auditor-signed", "supplier-signed", "submitted-copy", "listed"] as const),
      excludes: fc.record({
        severity: fc.constantFrom("minor" as const, "major" as const, "critical" as const, "zero-tolerance" as const),
        closed: fc.constantFrom("forgiven" as const, "counts-too" as const),
      }),
    },
    { requiredKeys: ["name", "schemes", "others", "topics", "provenances"] },
  )
  .map((one) => acceptancePolicy.parse(one));

const finding = fc.record({ level: fc.constantFrom(null, 1, 2, 3, 4, 5), isClosed: fc.boolean() });
const audits: fc.Arbitrary<AuditForEvaluation> = fc.record({
  scheme,
  schemeVersion: fc.constantFrom("6.1", "7.0", "2014", "2021", "8.0", "1.6", "4.0", "2.0", "unknown"),
  auditFrom: day,
  validUntil: fc.option(day),
  announcement: fc.constantFrom("announced", "semi-announced", "unannounced", "unknown"),
  topics: fc.oneof(fc.constant([]), topics, fc.constant(["1", "3", "H&S"])),
  accreditation: fc.constantFrom(null, "APSCA", "IRCA"),
  provenance: fc.constantFrom("auditor-signed", "supplier-signed", "submitted-copy", "listed"),
  result: fc.option(fc.option(result), { nil: undefined }),
  findings: fc.option(fc.option(fc.array(finding, { maxLength: 4 })), { nil: undefined }),
});

const RANK = { reject: 0, "accept-with-gaps": 1, accept: 2 } as const;

/** What the answer to one policy and audit has to be, whatever they are. */
const holds = (law: (policy: AcceptancePolicy, audit: AuditForEvaluation, today: string) => void): void => {
  const numRuns = process.env["LONG"] === "1" ? 20_000 : 1_500;
  fc.assert(fc.property(policies, audits, day, law), { numRuns, seed: 4 });
};

describe("whatever the policy and the audit", () => {
  test("`accept` never rests on a recalled line, and leaves no topic open", () => {
    holds((policy, audit, today) => {
      const { verdict, missingTopics } = evaluate(policy, audit, today);
      if (verdict !== "accept") return;
      const covered = coverage(CATALOGUE, audit);
      expect(missingTopics).toEqual([]);
      for (const topic of policy.topics) expect(["stated", "sourced"]).toContain(covered.get(topic));
    });
  });

  test("what is not open rejects nothing that would not be rejected once it is", () => {
    holds((policy, audit, today) => {
      const before = evaluate(policy, { ...audit, result: undefined, findings: undefined }, today);
      if (before.verdict === "reject") expect(evaluate(policy, audit, today).verdict).toBe("reject");
    });
  });

  test("an accepted audit holds on its last day, and is over on the next", () => {
    holds((policy, audit, today) => {
      const { verdict, until } = evaluate(policy, audit, today);
      if (verdict === "reject" || until === null) return;
      expect(until >= today).toBe(true);
      expect(evaluate(policy, audit, until).verdict).not.toBe("reject");
      expect(evaluate(policy, audit, next(until)).verdict).toBe("reject");
    });
  });

  test("asking for more never gets a better answer", () => {
    holds((policy, audit, today) => {
      const more = { ...policy, topics: [...TOPIC_CODES], maxAgeMonths: 1, others: "refused" as const };
      const [some, all] = [evaluate(policy, audit, today), evaluate(more, audit, today)];
      expect(RANK[all.verdict]).toBeLessThanOrEqual(RANK[some.verdict]);
    });
  });

  test("discovery's answer is that of existence facts alone", () => {
    holds((policy, audit, today) => {
      const bare = { ...audit, result: undefined, findings: undefined };
      expect(covers(policy, audit, today)).toEqual(covers(policy, bare, today));
      const { verdict } = evaluate(policy, bare, today);
      expect(covers(policy, audit, today).covers).toBe(
        { accept: "yes", "accept-with-gaps": "partly", reject: "no" }[verdict],
      );
    });
  });
});

describe("a need without a policy", () => {
  const audit: AuditForEvaluation = {
    scheme: "urn:quasarix:scheme:smeta",
    schemeVersion: "7.0",
    auditFrom: "2026-06-15",
    validUntil: null,
    announcement: "unknown",
    topics: ["wages"],
    accreditation: null,
    provenance: "listed",
  };
  const need = { schemes: [], topics: [] };
  test.each([
    { what: "valid today", need, over: {}, want: { covers: "yes", isExpired: false, missing: [] } },
    { what: "run out", need, over: { auditFrom: "2025-06-15" }, want: { covers: "no", isExpired: true, missing: [] } },
    {
      what: "of another scheme, and run out",
      need: { ...need, schemes: ["urn:quasarix:scheme:rba"] },
      over: { auditFrom: "2025-06-15" },
      want: { covers: "no", isExpired: false, missing: [] },
    },
    {
      what: "too old for the need",
      need: { ...need, maxAgeMonths: 3 },
      over: {},
      want: { covers: "no", isExpired: true, missing: [] },
    },
    {
      what: "without a topic of ours and one of theirs",
      need: { ...need, topics: ["wages", "water", "own:looms"] },
      over: {},
      want: { covers: "partly", isExpired: false, missing: ["water", "own:looms"] },
    },
    {
      what: "of a scheme that nobody here knows, without a date of its end",
      need,
      over: { scheme: "urn:example:own" },
      want: { covers: "partly", isExpired: false, missing: [] },
    },
  ])("$what: $want.covers", ({ need: needed, over, want }) => {
    expect(covers(needed, { ...audit, ...over }, "2026-11-22")).toMatchObject(want);
  });
});

test("months before a day: from then on an audit is recent enough, and not a day earlier", () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 40 }), (today, months) => {
      const since = monthsBefore(today, months);
      expect(plusMonths(since, months) >= today).toBe(true);
      const earlier = new Date(Date.parse(since) - 86_400_000).toISOString().slice(0, 10);
      expect(plusMonths(earlier, months) < today).toBe(true);
    }),
  );
});

import type { AuditContent } from "@quasarix/shared/audit/content.ts";

const SAYS =
  "Fire exit on the second floor was blocked by cartons during the tour; cleared at once, and the floor marking was renewed.";

const findingOf = (number: number, at: number) => ({
  number,
  clause: `3.${number}`,
  severity: { level: 3 as const, original: "major", mapping: "urn:quasarix:severity:bench:1" },
  description: `${SAYS} (${at})`,
  status: "open" as const,
});

/** Of the `AUDIT_SHAPE`: all eight sections, 33 disclosures; each `at` differs. */
export const contentOf = (at: number): AuditContent => ({
  existence: {
    scheme: { id: "urn:quasarix:scheme:bench", version: "2" },
    auditFrom: "2026-03-04",
    auditTo: "2026-03-05",
    announcement: "semi-announced",
    kind: "initial",
    validUntil: "2027-03-04",
    topics: ["fire-safety", "working-hours"],
    accreditation: { body: "National accreditation body", number: `A-${at}` },
    assessor: { kind: "auditor" },
    sharing: "supplier-own",
  },
  scores: { overall: { scale: "percent", value: at % 100, original: `${at % 100} %` } },
  findings: { findings: [findingOf(1, at), findingOf(2, at)] },
  plans: {
    plans: [{ findings: [1, 2], action: SAYS, owner: "plant manager", due: "2026-09-01", status: "open" }],
  },
  people: { manDays: 2 },
  workforce: { total: "50-249", women: "10-49" },
  evidence: {},
  commercial: { payer: "supplier" },
});

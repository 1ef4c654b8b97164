import type { Topic } from "../audit/scheme/topic.ts";
import type { AcceptancePolicy } from "./acceptance.ts";

/** A policy to begin with: what it asks is its member's to change. */
export interface PolicyPreset {
  readonly says: string;
  readonly policy: AcceptancePolicy;
}

const urn = (name: string): string => `urn:quasarix:scheme:${name}`;

const LABOUR: readonly Topic[] = [
  "forced-labour",
  "child-labour",
  "freedom-of-association",
  "health-and-safety",
  "wages",
  "working-hours",
  "discrimination",
  "harassment",
];

const CHEMICAL: readonly Topic[] = [
  "environmental-management",
  "chemicals",
  "water",
  "waste",
  "health-and-safety",
  "management-systems",
];

/** Self-declarations are left out of all of them but the last. */
const REPORTS: AcceptancePolicy["provenances"] = ["auditor-signed", "submitted-copy"];

export const PRESETS = {
  "ethical-trade-4-pillar": {
    says: "labour, health and safety, environment and business ethics under SMETA, amfori BSCI or SA8000; no open critical finding",
    policy: {
      name: "Ethical trade, four pillars",
      schemes: [
        { scheme: urn("smeta") },
        {
          scheme: urn("amfori-bsci"),
          minimum: { scale: "urn:quasarix:scale:amfori-bsci-grade", value: "C" },
        },
        { scheme: urn("sa8000") },
      ],
      others: "refused",
      topics: [...LABOUR, "environmental-management", "business-ethics"],
      maxAgeMonths: 24,
      provenances: REPORTS,
      excludes: { severity: "critical", closed: "forgiven" },
    },
  },
  "slcp-verified": {
    says: "an SLCP assessment, verified, of the last 12 months",
    policy: {
      name: "SLCP, verified",
      schemes: [{ scheme: urn("slcp") }],
      others: "refused",
      topics: [...LABOUR],
      maxAgeMonths: 12,
      provenances: REPORTS,
    },
  },
  "electronics-rba": {
    says: "an RBA VAP audit of 160 points or more, with no open critical (priority) finding",
    policy: {
      name: "Electronics, RBA VAP",
      schemes: [{ scheme: urn("rba"), minimum: { scale: "urn:quasarix:scale:rba-vap", value: 160 } }],
      others: "refused",
      topics: [...LABOUR],
      maxAgeMonths: 24,
      provenances: REPORTS,
      excludes: { severity: "critical", closed: "forgiven" },
    },
  },
  "chemicals-tfs": {
    says: "a TfS audit of the last 36 months with no open critical finding",
    policy: {
      name: "Chemicals, TfS",
      schemes: [{ scheme: urn("tfs") }],
      others: "refused",
      topics: [...CHEMICAL],
      maxAgeMonths: 36,
      provenances: REPORTS,
      excludes: { severity: "critical", closed: "forgiven" },
    },
  },
  "labour-any-scheme": {
    says: "any scheme, as long as the audit covers the labour topics; a topic on a recalled line stays a gap",
    policy: {
      name: "Labour, under any scheme",
      schemes: [],
      others: "by-topics",
      topics: [...LABOUR],
      maxAgeMonths: 12,
      provenances: REPORTS,
    },
  },
  "any-recent": {
    says: "any audit of the last 12 months, even one that is only listed",
    policy: {
      name: "Any recent audit",
      schemes: [],
      others: "by-topics",
      topics: [],
      maxAgeMonths: 12,
      provenances: ["auditor-signed", "supplier-signed", "submitted-copy", "listed"],
    },
  },
} satisfies Readonly<Record<string, PolicyPreset>>;
type PresetName = keyof typeof PRESETS;

export const isPreset = (name: string): name is PresetName => Object.hasOwn(PRESETS, name);

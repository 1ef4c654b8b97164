import { fail, ok, type Result } from "../result.ts";

/** 0 good practice, 1 observation, 2 minor, 3 major, 4 critical, 5 zero tolerance (FIELD 3). */
export type SeverityLevel = 0 | 1 | 2 | 3 | 4 | 5;

export interface Severity {
  /** Null where the scheme's word says no more than that there is a finding. */
  readonly level: SeverityLevel | null;
  /** The scheme's own word, as it stood in the report. */
  readonly original: string;
  /** `<scheme>@<version>` of the table that gave the level. */
  readonly mapping: string;
}

export interface NormalisedSeverity {
  readonly severity: Severity;
  /** An action that no single site can close: it has neither deadline nor level. */
  readonly collaborative: boolean;
}

export interface SeverityMapping {
  readonly scheme: string;
  readonly version: number;
  /** What the five levels cannot say about this scheme; shown beside every count made from them. */
  readonly losses: readonly string[];
  /** By the scheme's word in lower case. */
  readonly levels: Readonly<Record<string, SeverityLevel | null>>;
  readonly collaborative: readonly string[];
}

export type SeverityRefusal = "no-mapping" | "unknown-severity";

// Grades are never read as severities: BSCI's A to E has no row here, an invented severity would be our claim, not the auditor's.
export const SEVERITY_MAPPINGS: readonly SeverityMapping[] = [
  {
    scheme: "urn:quasarix:scheme:smeta",
    version: 1,
    losses: [
      "`business critical` and zero tolerance share level 5, though SMETA names no zero tolerance",
      "`collaborative action required` has no level: it is a flag",
    ],
    levels: {
      "business critical": 5,
      critical: 4,
      major: 3,
      minor: 2,
      observation: 1,
      "good example": 0,
      "collaborative action required": null,
    },
    collaborative: ["collaborative action required"],
  },
  {
    scheme: "urn:quasarix:scheme:rba",
    version: 1,
    losses: ["`priority` becomes critical: RBA's own order of closing times is lost"],
    levels: { priority: 4, major: 3, minor: 2, "risk of non-conformance": 1, "opportunity for improvement": 1 },
    collaborative: [],
  },
  {
    scheme: "urn:quasarix:scheme:amfori-bsci",
    version: 1,
    losses: [
      "findings carry no severity of their own: only zero tolerance has a level, grades A to E are not severities",
    ],
    levels: { "zero tolerance": 5, finding: null },
    collaborative: [],
  },
  {
    scheme: "urn:quasarix:scheme:slcp",
    version: 1,
    losses: ["SLCP says only whether a law is broken: no finding has a level"],
    levels: { "legal non-compliance": null, "not legal": null },
    collaborative: [],
  },
  {
    scheme: "urn:quasarix:scheme:tfs",
    version: 1,
    losses: ["its findings are weighed by area: a major one may cost more points in one area than in another"],
    levels: { critical: 4, major: 3, minor: 2 },
    collaborative: [],
  },
  {
    scheme: "urn:quasarix:scheme:quasarix",
    version: 1,
    losses: ["none: the words are those of the levels themselves; what is collaborative is a flag and no level"],
    levels: {
      "zero tolerance": 5,
      critical: 4,
      major: 3,
      minor: 2,
      observation: 1,
      "good practice": 0,
      collaborative: null,
    },
    collaborative: ["collaborative"],
  },
  {
    scheme: "urn:quasarix:scheme:chicago-food-inspection",
    version: 1,
    losses: [
      "food-safety severities stand in for severities of a supplier audit",
      "the code follows from the violation's number (1-14, 15-29, 30 and up), not from what the inspector saw",
    ],
    levels: { critical: 4, serious: 3, minor: 2 },
    collaborative: [],
  },
  {
    scheme: "urn:quasarix:scheme:sf-food-safety",
    version: 1,
    losses: [
      "food-safety risk stands in for severities of a supplier audit",
      "only descriptions that begin with a risk word have a level; all others have no severity at all",
    ],
    levels: { "high risk": 4, "moderate risk": 3, "low risk": 2 },
    collaborative: [],
  },
];

const byScheme: ReadonlyMap<string, SeverityMapping> = new Map(SEVERITY_MAPPINGS.map((it) => [it.scheme, it]));

/** Reads a scheme's word by its table, case and outer spaces aside. The word itself is kept as it came. */
export function normaliseSeverity(scheme: string, original: string): Result<NormalisedSeverity, SeverityRefusal> {
  const table = byScheme.get(scheme);
  if (!table) return fail("no-mapping");
  const word = original.trim().toLowerCase();
  if (!Object.hasOwn(table.levels, word)) return fail("unknown-severity");
  const level = table.levels[word] ?? null;
  const severity = { level, original, mapping: `${table.scheme}@${table.version}` };
  return ok({ severity, collaborative: table.collaborative.includes(word) });
}

import { EVIDENCE, type Evidence, evidenceOf, isEnough } from "../audit/score-evidence.ts";
import { SEVERITY_MAPPINGS } from "../audit/severity.ts";
import { findingsBin } from "./bands.ts";
import { benchmarkOf, type FrameworkBook } from "./framework/book.ts";
import { type Benchmark, frameworkScale } from "./framework/framework.ts";
import { metricKind } from "./metric.ts";
import { type Bin, isKnown, type KnownAudit, listOf, type MetricAudit, objectOf } from "./metric-audit.ts";
import { remediationOf } from "./remediation.ts";

type Reader = (audit: KnownAudit) => Bin;

/** `findings/<word>`: the levels of severity.ts that count as findings. */
export const FINDING_METRICS = {
  "zero-tolerance": 5,
  critical: 4,
  major: 3,
  minor: 2,
  observation: 1,
} as const satisfies Readonly<Record<string, number>>;

const nothing: Reader = () => 0;

/**
 * Reads the values of these metrics, in their order, out of one audit after the other: 0 for no record. Never throws, whatever
 * an audit holds; a metric that nobody can read counts nothing.
 */
export function metricReader(metrics: readonly string[], book: FrameworkBook): (audit: MetricAudit) => Uint8Array {
  const readers = metrics.map((metric) => readerOf(metric, book));
  return (audit) => Uint8Array.from(readers, (read) => (isReport(audit) ? read(audit) : 0));
}

/** As `metricReader`, of one audit. */
export const recordsOf = (audit: MetricAudit, metrics: readonly string[], book: FrameworkBook): Uint8Array =>
  metricReader(metrics, book)(audit);

/** A claim without a report counts nowhere, nor does what is known no more. */
const isReport = (audit: MetricAudit): audit is KnownAudit => isKnown(audit) && audit.provenance !== "listed";

function readerOf(metric: string, book: FrameworkBook): Reader {
  const kind = metricKind(metric);
  if (kind === "remediation") return remediationOf;
  if (kind === "findings") return findingsReader(metric.slice("findings/".length));
  const [, framework = "", version = "", id = ""] = /^score\/([^@/]+)@([0-9]+)\/([^/]+)$/.exec(metric) ?? [];
  const scale = frameworkScale({ framework, version: Number(version) });
  const benchmark = benchmarkOf(book.get(scale), id);
  return benchmark ? scoreReader(scale, benchmark) : nothing;
}

/** Under the version that it was given by, and no other: a mapped score is nobody's judgement. */
function scoreReader(scale: string, { id, critical, evidence }: Benchmark): Reader {
  const least: Evidence = critical ? "third-party" : evidence;
  return ({ provenance, existence, scores }) => {
    const standing = { provenance, assessorKind: existence.assessor.kind };
    const values = new Set<unknown>();
    for (const entry of listOf(scores?.["topics"])) {
      if (entry["topic"] !== id || entry["scale"] !== scale) continue;
      const got = evidenceOf(
        standing,
        EVIDENCE.find((one) => one === entry["evidence"]),
      );
      if (got && isEnough(got, least)) values.add(entry["value"]);
    }
    // An audit that says two things of one benchmark says nothing of it.
    const [value] = values;
    return values.size === 1 && isLevel(value) ? value : 0;
  };
}

const isLevel = (value: unknown): value is Exclude<Bin, 0> =>
  value === 1 || value === 2 || value === 3 || value === 4 || value === 5;

/** Levels that a scheme's own words can say; a scheme without a table is taken at its word. */
const LEVELS: ReadonlyMap<string, ReadonlySet<number | null>> = new Map(
  SEVERITY_MAPPINGS.map(({ scheme, levels }) => [scheme, new Set(Object.values(levels))]),
);

function findingsReader(word: string): Reader {
  const level = Object.hasOwn(FINDING_METRICS, word) ? FINDING_METRICS[word as keyof typeof FINDING_METRICS] : null;
  if (level === null) return nothing;
  return ({ existence, findings }) => {
    const list = findings?.["findings"];
    // An absent list says nothing, and a scheme that has no such severity cannot say that there were none.
    if (!Array.isArray(list) || LEVELS.get(existence.scheme.id)?.has(level) === false) return 0;
    const levels = listOf(list)
      .filter((one) => one["collaborative"] !== true)
      .map((one) => objectOf(one["severity"])["level"]);
    // Of what severity it was nobody said: any number here would be invented (FIELD 3).
    if (levels.some((one) => typeof one !== "number")) return 0;
    return findingsBin(levels.filter((one) => one === level).length);
  };
}

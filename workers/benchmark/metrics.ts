import { FINDING_METRICS } from "@quasarix/shared/benchmark/extract.ts";
import { benchmarkOf, type FrameworkBook, newestFrameworks } from "@quasarix/shared/benchmark/framework/book.ts";
import { frameworkScale, scoreMetric } from "@quasarix/shared/benchmark/framework/framework.ts";

const HEADLINES = 8;
const OF_FINDINGS = ["findings/critical", "remediation/days"];

/** Where nobody says otherwise: the newest frameworks' benchmarks in their order, and among the first ten two of findings. */
export function metricsOf(book: FrameworkBook): string[] {
  const scores = [...newestFrameworks(book).values()].flatMap((one) =>
    one.benchmarks.map(({ id }) => scoreMetric(one, id)),
  );
  return [...scores.slice(0, HEADLINES), ...OF_FINDINGS, ...scores.slice(HEADLINES)];
}

/** Position of the first metric that nothing could count for; null: there is none. */
export function unknownMetric(metrics: readonly string[], book: FrameworkBook): number | null {
  const at = metrics.findIndex((metric) => !isKnown(metric, book));
  return at < 0 ? null : at;
}

function isKnown(metric: string, book: FrameworkBook): boolean {
  if (metric === "remediation/days") return true;
  const [kind, of = "", id = ""] = metric.split("/");
  if (kind === "findings") return Object.hasOwn(FINDING_METRICS, of);
  const [framework = "", version] = of.split("@");
  return benchmarkOf(book.get(frameworkScale({ framework, version: Number(version) })), id) !== undefined;
}

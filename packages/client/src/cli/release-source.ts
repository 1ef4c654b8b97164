import { metricId } from "@quasarix/shared/benchmark/metric.ts";
import { figuresOf } from "@quasarix/shared/benchmark/use/figures.ts";
import { ALL, branchesOf, type Picture, sumOf } from "@quasarix/shared/benchmark/use/picture.ts";
import type { FigureLine } from "@quasarix/shared/benchmark/use/rows.ts";
import { type HeldPlan, type HeldRelease, planFrom, releaseFrom } from "../benchmarks.ts";
import { type Call, must, optional, several } from "./command.ts";
import { UsageError } from "./exit.ts";
import { readBytes } from "./input.ts";

/** Where a release comes from: files at hand, or the consortium. */
export const SOURCE_OPTIONS = {
  plan: { type: "string", multiple: true },
  file: { type: "string", multiple: true },
} as const;
export const SOURCE_USAGE = "[PLAN COHORT | --plan FILE --file FILE]";

/** What of it is shown. */
export const CHOICE_OPTIONS = { metric: { type: "string" }, cell: { type: "string" } } as const;

export async function plansIn(files: readonly string[]): Promise<HeldPlan[]> {
  const plans: HeldPlan[] = [];
  for (const file of files) plans.push(must(planFrom(await readBytes(file))));
  return plans;
}

export async function releasesIn(files: readonly string[], plans: readonly HeldPlan[]): Promise<HeldRelease[]> {
  const releases: HeldRelease[] = [];
  for (const file of files) releases.push(must(releaseFrom(await readBytes(file), plans)));
  return releases;
}

/** Of files, whoever has them: no account is needed, and nothing says that they were logged. Null: none are named. */
export async function releasesAtHand(call: Call): Promise<HeldRelease[] | null> {
  const [files, plans] = [several(call, "file"), several(call, "plan")];
  if (files.length === 0 && plans.length === 0) return null;
  if (files.length === 0 || plans.length === 0) throw new UsageError("--plan and --file belong together");
  if (call.positionals.length > 0) throw new UsageError("give files, or a plan and its cohort, not both");
  return releasesIn(files, await plansIn(plans));
}

export function metricsChosen(call: Call, { metrics }: Pick<Picture, "metrics">): readonly string[] {
  const metric = optional(call, "metric");
  if (metric === undefined) return metrics;
  if (!metricId.safeParse(metric).success || !metrics.includes(metric))
    throw new UsageError(`\`${metric}\` is no metric of this plan: ${metrics.join(", ")}`);
  return [metric];
}

export function branchChosen(call: Call, picture: Pick<Picture, "cells">): string {
  const branch = optional(call, "cell") ?? ALL;
  const known = branchesOf(picture);
  if (!known.includes(branch)) throw new UsageError(`\`${branch}\` is no cell of this plan: ${known.join(", ")}`);
  return branch;
}

/** Everything that can be shown of these branches and metrics; what is withheld is left out. */
export const figureLines = (
  picture: Picture,
  branches: readonly string[],
  metrics: readonly string[],
): readonly FigureLine[] =>
  branches.flatMap((branch) =>
    metrics.flatMap((metric) => {
      const sum = sumOf(picture, branch, metric);
      const figures = sum && figuresOf(metric, sum.counted);
      return figures ? [{ cohort: picture.cohort, branch, metric, figures, says: picture.says }] : [];
    }),
  );

/** Characters in a line of the terminal; of a file or a pipe, as many as a page has. */
export const columnsOf = (stream: { readonly columns?: number | undefined }): number => stream.columns ?? 80;

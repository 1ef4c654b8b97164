import { cellOf, type Plan } from "@quasarix/shared/benchmark/plan.ts";
import { utilityOf } from "@quasarix/shared/benchmark/utility.ts";
import { METRICS, SCORE_RULE } from "./inspections.ts";
import { type Measured, rmse, within19of20 } from "./measure.ts";
import { expectedAt } from "./sim.ts";
import type { TriedCohort, TriedWorld } from "./try.ts";
import { BEFORE } from "./world.ts";

const columns = (cells: readonly (string | number)[], widths: readonly number[]): string =>
  cells
    .map((cell, i) => (i === 0 ? `${cell}`.padEnd(widths[i] as number) : `${cell}`.padStart(widths[i] as number)))
    .join("  ");

export const heading = (inspections: number, licences: number): string[] => [
  "Food inspections of the City of Chicago stand in for supplier audits: no supplier, buyer or auditor here is real.",
  `${inspections} inspections at ${licences} licences; facility type as industry, risk as tier, dealt to members by lot.`,
  `metrics: ${METRICS.join(", ")}`,
  `score: ${SCORE_RULE}`,
];

export function report({ world, plan, cohorts }: TriedWorld): string[] {
  const title = `\n== ${world.members} members, ${world.participants.length} licences inspected in the year before`;
  if (!plan.ok) return [title, `no plan: ${JSON.stringify(plan.failure)}`];
  return [
    title,
    ...planLines(plan.value, plan.hash),
    ...cellLines(plan.value, world.participants),
    ...releaseLines(cohorts),
    ...errorLines(cohorts),
  ];
}

function planLines(plan: Plan, hash: string): string[] {
  const { K, W, floor, b, profile, says } = plan;
  const series = plan.series.map(
    ({ name, cells, cohorts }) => `${name}: ${cells.length} cells, ${cohorts.map(({ id }) => id).join(" ")}`,
  );
  return [
    `plan ${hash}: profile ${profile}, ${says}; K ${K}, W ${W}, floor ${floor.counted} of ${floor.sponsors} members, b ${b[0]}/${b[1]}`,
    ...series,
  ];
}

function cellLines(plan: Plan, participants: TriedWorld["world"]["participants"]): string[] {
  const widths = [62, 9, 8];
  const expected = utilityOf(plan, participants, BEFORE);
  const rows = plan.series.flatMap((series) =>
    series.cells.map(({ path }, i) => {
      const licences = participants.filter(({ leaf }) => cellOf(series, leaf) === i).length;
      const utility = expected.find((it) => it.series === series.name && it.cell === path);
      return columns([`${series.name} ${path}`, licences, utility?.counted ?? 0], widths);
    }),
  );
  return ["", columns(["cells, from the year before", "licences", "counted"], widths), ...rows];
}

function releaseLines(cohorts: readonly TriedCohort[]): string[] {
  const widths = [10, 9, 10, 9, 7, 44];
  const rows = cohorts.map(({ cohort, records, release: { file, bytes, hash } }) =>
    columns([cohort, records, file.cells.length, file.withheld.length, bytes.length, hash], widths),
  );
  return ["", columns(["release", "licences", "published", "withheld", "bytes", "SHA-256"], widths), ...rows];
}

/** All cohorts and cells that count about as many, as the table of the simulated pools has them. */
function errorLines(cohorts: readonly TriedCohort[]): string[] {
  const widths = [28, 9, 7, 11, 15, 11, 15];
  const all = cohorts.flatMap(({ measured }) => measured).filter(({ share }) => share.length > 0);
  const groups = [...Map.groupBy(all, (one) => `${one.metric}|${expectedAt(one.counted).counted}`).values()];
  const names = [
    "RMSE against all that is known",
    "counted",
    "figures",
    "mean, here",
    "share (19 of 20)",
    "mean, 1.7",
    "share, 1.7",
  ];
  return [
    "",
    columns(names, widths),
    ...groups.sort(byMetricAndCount).map((group) => columns(errorCells(group), widths)),
  ];
}

const byMetricAndCount = ([a]: Measured[], [b]: Measured[]): number => {
  const [one, other] = [a as Measured, b as Measured];
  const metric = (it: Measured): number => METRICS.indexOf(it.metric as (typeof METRICS)[number]);
  return metric(one) - metric(other) || one.counted - other.counted;
};

function errorCells(group: readonly Measured[]): string[] {
  const counts = group.map(({ counted }) => counted);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const mean = group.flatMap((one) => one.mean);
  const share = group.flatMap((one) => one.share);
  const { mean: wanted, share: points, within } = expectedAt(least);
  return [
    (group[0] as Measured).metric,
    least === most ? `${least}` : `${least}-${most}`,
    `${mean.length}`,
    rmse(mean).toFixed(2),
    `${rmse(share).toFixed(1)} (${within19of20(share).toFixed(0)})`,
    wanted.toFixed(2),
    `${points.toFixed(1)} (${within})`,
  ];
}

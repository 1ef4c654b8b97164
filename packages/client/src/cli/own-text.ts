import type { FrameworkBook } from "@quasarix/shared/benchmark/framework/book.ts";
import { wrapped } from "@quasarix/shared/benchmark/use/chart-text.ts";
import { descriptorsOf } from "@quasarix/shared/benchmark/use/descriptors.ts";
import {
  type OwnChange,
  type OwnFigures,
  type OwnValue,
  ownChange,
  ownFigures,
} from "@quasarix/shared/benchmark/use/own.ts";
import type { Percent } from "@quasarix/shared/benchmark/use/percent.ts";
import { branchText } from "@quasarix/shared/benchmark/use/picture.ts";
import type { Position } from "@quasarix/shared/benchmark/use/position.ts";

const suppliers = (n: number): string => (n === 1 ? "1 supplier" : `${n} suppliers`);

const BOUNDS = { "<": "fewer than ", ">": "more than " } as const;

/** After "better than", where signs would read as sums. */
const peersText = ({ percent, bound, margin }: Percent): string =>
  `${bound === null ? "" : BOUNDS[bound]}${percent} % +- ${margin}`;

/** `better than 46 % +- 9 of the peers`, those equal counted half. */
export function positionLines({ branch, place, each, withoutMe }: Position, isEach: boolean): readonly string[] {
  const [only, ...more] = each;
  const whose = only && more.length === 0 ? only.site : `your ${suppliers(each.length)} audited then, on average`;
  const others = withoutMe ? `; of the peers without your own ${peersText(withoutMe)}` : "";
  const rows = isEach
    ? each.map(({ site, value, place: own }) => `    ${site}, bin ${value}: better than ${peersText(own)}`)
    : [];
  return [`  ${whose}: better than ${peersText(place)} of ${branchText(branch)}${others}`, ...rows];
}

/** A bar a level, and the level's descriptor where the framework has one. */
export function ownLines(
  figures: OwnFigures,
  change: OwnChange | null,
  book: FrameworkBook,
  columns: number,
): string[] {
  const described = descriptorsOf(figures.metric, book);
  const head = `  ${suppliers(figures.sites)} of yours; ${figures.better.says}: ${figures.better.sites}`;
  const mean = figures.mean === null ? "" : `; mean ${figures.mean.toFixed(1)}`;
  return [
    ...(described ? wrapped(`  ${described.name}: ${described.question}`, columns) : []),
    `${head}${mean}`,
    ...barLines(figures, described?.levels ?? [], columns),
    changeLine(change),
  ];
}

const WIDEST = 30;

function barLines({ bins }: OwnFigures, levels: readonly string[], columns: number): string[] {
  const left = Math.max(...bins.map(({ label }) => label.length));
  const right = Math.max(...bins.map(({ sites }) => String(sites).length));
  const most = Math.max(...bins.map(({ sites }) => sites), 1);
  return bins.flatMap(({ label, sites }, j) => {
    const bar = "#".repeat(Math.round((WIDEST * sites) / Math.max(most, WIDEST)));
    const line = `    ${label.padEnd(left)}  ${String(sites).padStart(right)}  ${bar}`.trimEnd();
    const says = levels[j];
    return says === undefined ? [line] : [line, ...wrapped(says, columns - 8).map((part) => `        ${part}`)];
  });
}

const changeLine = (change: OwnChange | null): string =>
  change
    ? `  since the audit before: ${change.better} better, ${change.worse} worse, ${change.same} the same, of ${suppliers(change.sites)} audited twice`
    : "  no change to tell yet: none of them has an earlier audit here";

/** One's own distribution and change of each metric that one has values of. */
export const ownSummaries = (
  metrics: readonly string[],
  values: readonly OwnValue[],
): readonly { readonly figures: OwnFigures; readonly change: OwnChange | null }[] =>
  metrics.flatMap((metric) => {
    const figures = ownFigures(metric, values);
    return figures ? [{ figures, change: ownChange(metric, values) }] : [];
  });

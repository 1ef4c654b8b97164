import { chartOf, drawSays, MARGIN_SAYS } from "@quasarix/shared/benchmark/use/chart.ts";
import { chartSvg } from "@quasarix/shared/benchmark/use/chart-svg.ts";
import { chartText, wrapped } from "@quasarix/shared/benchmark/use/chart-text.ts";
import { branchesOf, type Picture, sumOf } from "@quasarix/shared/benchmark/use/picture.ts";
import { type FigureLine, figuresCsv } from "@quasarix/shared/benchmark/use/rows.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { type Call, type Command, type Ended, optional } from "./command.ts";
import { UsageError } from "./exit.ts";
import { writeOut } from "./input.ts";
import { releaseFor } from "./release-fetched.ts";
import {
  branchChosen,
  CHOICE_OPTIONS,
  columnsOf,
  figureLines,
  metricsChosen,
  SOURCE_OPTIONS,
  SOURCE_USAGE,
} from "./release-source.ts";
import { printable } from "./table.ts";

export const FIGURE_OPTIONS = { ...CHOICE_OPTIONS, csv: { type: "string" }, svg: { type: "string" } } as const;
export const FIGURE_USAGE = "[--metric METRIC] [--cell CELL] [--csv FILE] [--svg FILE]";

async function show(call: Call): Promise<Ended> {
  const held = await releaseFor(call);
  if (held === null) return { value: [], text: `${NOTHING}\n` };
  return shown(call, held.picture, held.plan.consortium);
}

const NOTHING =
  "Nothing is published yet. `quasarix release place` shows your own figures until then; `quasarix release list` where the plans stand.";

/** On the terminal one branch, all peers unless named; the CSV has every branch unless one is named. */
export async function shown(call: Call, picture: Picture, whose: string): Promise<Ended> {
  const metrics = metricsChosen(call, picture);
  const branch = branchChosen(call, picture);
  const lines = figureLines(picture, [branch], metrics);
  await files(call, picture, { metrics, branch, lines });
  const columns = columnsOf(process.stdout);
  const charts = lines.map((line) => printableLines(chartText(chartOf(line, picture.K), columns)));
  const head = `${whose}, ${picture.cohort}: ${picture.says.join("; ")}`;
  const text = [head, "", ...charts, ...footer(picture, { metrics, branch }, columns)];
  return { value: lines, text: `${text.join("\n")}\n` };
}

/** Line by line, or the line ends would go too. */
const printableLines = (text: string): string => text.split("\n").map(printable).join("\n");

interface Choice {
  readonly metrics: readonly string[];
  readonly branch: string;
}

async function files(
  call: Call,
  picture: Picture,
  { metrics, branch, lines }: Choice & { lines: readonly FigureLine[] },
) {
  const [csv, svg] = [optional(call, "csv"), optional(call, "svg")];
  const isOne = optional(call, "cell") !== undefined;
  if (csv !== undefined)
    await writeOut(csv, utf8(figuresCsv(isOne ? lines : figureLines(picture, branchesOf(picture), metrics))));
  if (svg === undefined) return;
  const [line, ...more] = lines;
  if (line === undefined) throw new UsageError(`nothing is published of \`${branch}\` to draw`);
  if (more.length > 0) throw new UsageError("a drawing shows one metric: name it with --metric");
  await writeOut(svg, utf8(chartSvg(chartOf(line, picture.K))));
}

/** What the figures are sums of, what was withheld, and what else can be asked for. */
function footer(picture: Picture, { metrics, branch }: Choice, columns: number): string[] {
  const said = Map.groupBy(metrics, (metric) => sumText(picture, branch, metric));
  const sums = [...said].map(([says, of]) => (said.size === 1 ? says : `${of.join(", ")}: ${says}`));
  const others = branchesOf(picture).filter((one) => one !== branch);
  const more = others.length > LISTED ? [`  and ${others.length - LISTED} more: the CSV has them all`] : [];
  const also =
    others.length > 0 ? ["Also:", ...others.slice(0, LISTED).map((one) => `  --cell '${one}'`), ...more] : [];
  return [...[...sums, `${MARGIN_SAYS} ${drawSays(picture.K)}`].flatMap((it) => wrapped(it, columns)), ...also];
}

const LISTED = 12;

function sumText(picture: Picture, branch: string, metric: string): string {
  const sum = sumOf(picture, branch, metric);
  if (sum === null) return "nothing is published here: it is under the floor, and in no total.";
  const { cells, withheld } = sum;
  return `the sum of ${cells.length} published cell${cells.length === 1 ? "" : "s"}${withheld > 0 ? `, without ${withheld} withheld` : ""}.`;
}

export const releaseShow: Command = {
  words: "release show",
  usage: `${SOURCE_USAGE} ${FIGURE_USAGE}`,
  says: "shows what a release says, with its margins: shares, mean, median and quartiles; as a chart, CSV or SVG",
  example: "quasarix release show --plan plan.json --file 2026-Q1.json --metric findings/critical --svg critical.svg",
  options: { ...SOURCE_OPTIONS, ...FIGURE_OPTIONS },
  run: show,
};

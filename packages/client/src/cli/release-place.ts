import { plusMonths } from "@quasarix/shared/audit/date.ts";
import { FINDING_METRICS } from "@quasarix/shared/benchmark/extract.ts";
import { type FrameworkBook, frameworkBook, newestFrameworks } from "@quasarix/shared/benchmark/framework/book.ts";
import { FRAMEWORKS } from "@quasarix/shared/benchmark/framework/built-in.ts";
import { scoreMetric } from "@quasarix/shared/benchmark/framework/framework.ts";
import { MARGIN_SAYS } from "@quasarix/shared/benchmark/use/chart.ts";
import { wrapped } from "@quasarix/shared/benchmark/use/chart-text.ts";
import { within } from "@quasarix/shared/benchmark/use/own.ts";
import { type Position, positionOf } from "@quasarix/shared/benchmark/use/position.ts";
import type { HeldRelease } from "../benchmarks.ts";
import type { Client } from "../client.ts";
import { frameworkVersions, listFrameworks } from "../frameworks.ts";
import { identitiesIn } from "../node/identity.ts";
import { ownFromAudits } from "../own-audits.ts";
import { OWN_COLUMNS, type OwnRow, placedIn, readOwnValues } from "../own-values.ts";
import { type Call, type Command, type Ended, isSet, must, needed, optional, several } from "./command.ts";
import { UsageError } from "./exit.ts";
import { chunksOf } from "./input.ts";
import { ownLines, ownSummaries, positionLines } from "./own-text.ts";
import { PURPOSE_NAMES, purposeOf } from "./reading.ts";
import { newestOf, releaseFor } from "./release-fetched.ts";
import {
  branchChosen,
  CHOICE_OPTIONS,
  columnsOf,
  metricsChosen,
  SOURCE_OPTIONS,
  SOURCE_USAGE,
} from "./release-source.ts";
import { session } from "./session.ts";
import { printable } from "./table.ts";

/** One's own figures, with the release to hold them against where there is one. */
interface Beside {
  readonly held: HeldRelease | null;
  readonly rows: readonly OwnRow[];
  readonly book: FrameworkBook;
}

async function place(call: Call): Promise<Ended> {
  const [own, fromAudits] = [optional(call, "own"), isSet(call, "from-audits")];
  if ((own === undefined) === !fromAudits) throw new UsageError("say --own FILE or --from-audits");
  const beside = own === undefined ? await besideAudits(call) : await besideFile(call, own);
  if (beside.rows.length === 0) throw new UsageError("there is no figure of your own yet");
  return told(call, beside);
}

async function besideFile(call: Call, file: string): Promise<Beside> {
  const { rows, problems } = await readOwnValues(chunksOf(file));
  for (const { line, column, message } of problems) call.terminal.note(`${file}:${line}:${column}: ${message}`);
  const isOffline = several(call, "plan").length === 0 && (await identitiesIn(call.home)).length === 0;
  const held = isOffline && call.positionals.length === 0 ? null : await releaseFor(call);
  return { held, rows, book: frameworkBook(FRAMEWORKS) };
}

async function besideAudits(call: Call): Promise<Beside> {
  const purpose = purposeOf(needed(call, "purpose"));
  const { client } = await session(call);
  const held = await newestOf(call, client);
  const book = await publishedBook(client);
  const metrics = held?.series.metrics ?? metricsIn(book);
  // A year more than the cohort: what changed is seen against the audit before.
  const since = held && plusMonths(held.cohort.from, -12);
  return { held, rows: must(await ownFromAudits(client, { purpose, metrics, book, since })), book };
}

async function publishedBook(client: Client): Promise<FrameworkBook> {
  const ids = new Set(must(await listFrameworks(client)).map(({ framework }) => framework));
  const all = [];
  for (const id of ids) all.push(...must(await frameworkVersions(client, id)));
  return frameworkBook(all.map(({ claims }) => claims));
}

/** Before there is a plan: every benchmark of the newest frameworks, then findings and days. */
const metricsIn = (book: FrameworkBook): string[] => [
  ...[...newestFrameworks(book).values()].flatMap((one) => one.benchmarks.map(({ id }) => scoreMetric(one, id))),
  ...Object.keys(FINDING_METRICS).map((word) => `findings/${word}`),
  "remediation/days",
];

function told(call: Call, { held, rows, book }: Beside): Ended {
  const named = optional(call, "metric");
  const known = [...new Set(rows.map(({ metric }) => metric))];
  const metrics = held ? metricsChosen(call, held.picture) : known.filter((it) => named === undefined || it === named);
  const positions = held ? positionsIn(held, branchChosen(call, held.picture), metrics, rows) : [];
  const columns = columnsOf(process.stdout);
  const lines = ownSummaries(metrics, rows).flatMap(({ figures, change }) => {
    const here = positions.filter(({ metric }) => metric === figures.metric);
    const own = ownLines(figures, change, book, columns);
    return [figures.metric, ...here.flatMap((one) => positionLines(one, named !== undefined)), ...own, ""];
  });
  const head = held ? `${held.plan.consortium}, ${held.picture.cohort}: ${held.picture.says.join("; ")}` : NOTHING;
  const foot = held ? `Worked out on your side. Equals count half. ${MARGIN_SAYS}` : "Worked out on your side.";
  const text = [...wrapped(head, columns), "", ...lines, ...wrapped(foot, columns)].map(printable).join("\n");
  return {
    value: { cohort: held?.picture.cohort ?? null, positions, own: ownSummaries(metrics, rows) },
    text: `${text}\n`,
  };
}

const NOTHING = "Nothing is published yet to stand beside: these are your own figures, and what each level means.";

/** Those audited in the cohort, as the release counts them. */
function positionsIn(
  held: HeldRelease,
  branch: string,
  metrics: readonly string[],
  rows: readonly OwnRow[],
): Position[] {
  const placed = placedIn(held.series, rows);
  const own = within(placed, held.cohort.from, held.cohort.to);
  return metrics.flatMap((metric) => positionOf(held.picture, branch, metric, own) ?? []);
}

export const releasePlace: Command = {
  words: "release place",
  usage: `(--own FILE | --from-audits --purpose ${PURPOSE_NAMES}) ${SOURCE_USAGE} [--metric METRIC] [--cell CELL]`,
  says: `where your own suppliers stand among the peers, worked out here; before any release, your own figures. FILE: ${OWN_COLUMNS.join(", ")}`,
  example: "quasarix release place --own ours.csv --plan plan.json --file 2026-Q1.json --metric findings/critical",
  options: {
    ...SOURCE_OPTIONS,
    ...CHOICE_OPTIONS,
    own: { type: "string" },
    "from-audits": { type: "boolean" },
    purpose: { type: "string" },
  },
  run: place,
};

import type { CrosswalkLine } from "@quasarix/shared/audit/scheme/crosswalk.ts";
import type { Scheme } from "@quasarix/shared/audit/scheme/scheme.ts";
import { TOPICS } from "@quasarix/shared/audit/scheme/topic.ts";
import { writeCatalogue } from "../node/own-catalogue.ts";
import { argument, type Call, type Command, type Ended, noArguments } from "./command.ts";
import { UsageError } from "./exit.ts";
import { readJson } from "./input.ts";
import { CATALOGUE_OPTION, catalogueFor, checkedCatalogue } from "./own-catalogue.ts";
import { table } from "./table.ts";

const scaleText = ({ scales }: Scheme): string =>
  scales
    .map((scale) =>
      scale.kind === "grades" ? [...scale.worstFirst].reverse().join(" ") : `${scale.least} to ${scale.most}`,
    )
    .join("; ");

const validityText = ({ validity }: Scheme): string =>
  validity
    .map(({ months, result, finding }) => {
      const when = result
        ? ` (${result.values.join(" ")})`
        : finding
          ? ` (open finding of level ${finding} or above)`
          : "";
      return `${months}${when}`;
    })
    .join(", ");

async function list(call: Call): Promise<Ended> {
  noArguments(call);
  const catalogue = await catalogueFor(call);
  const rows = catalogue.schemes.map((one) => {
    const lines = catalogue.lines.filter(({ scheme }) => scheme === one.id);
    const recalled = lines.filter((line) => line.recalled).length;
    const walk = `${lines.length - recalled} + ${recalled}`;
    return [one.name, one.id, one.versions.join(" "), scaleText(one) || "none", validityText(one), walk];
  });
  const header = ["scheme", "id", "versions", "results", "valid for months", "lines + recalled"];
  return { value: catalogue.schemes, text: table(header, rows) };
}

const groundOf = ({ clause, source, only }: CrosswalkLine): string => {
  const where = source ? `clause ${clause}, ${source.title} (${source.date})` : "recalled";
  return only === undefined ? where : `${where}; only ${only}`;
};

async function show(call: Call): Promise<Ended> {
  const name = argument(call, "SCHEME");
  const catalogue = await catalogueFor(call);
  const isIt = (one: Scheme) => one.id === name || one.name.toLowerCase() === name.toLowerCase();
  const scheme = catalogue.schemes.find((one) => isIt(one) || one.id.endsWith(`:${name}`));
  if (!scheme) throw new UsageError(`no scheme \`${name}\`: \`quasarix scheme list\` has them`);
  const crosswalk = catalogue.lines.filter((line) => line.scheme === scheme.id);
  const rows = crosswalk.map((line) => [line.version, line.topic, groundOf(line), line.loses]);
  const about = [
    `${scheme.name} (${scheme.id}), kept by ${scheme.owner}`,
    `results: ${scaleText(scheme) || "none"}`,
    `valid for months from the audit: ${validityText(scheme)}`,
    `severities: ${scheme.severities ?? "none"}`,
    ...scheme.losses.map((loss) => `not said here: ${loss}`),
  ];
  const text = `${about.join("\n")}\n\n${table(["version", "topic", "by", "what is lost"], rows)}`;
  return { value: { ...scheme, crosswalk }, text };
}

async function topics(call: Call): Promise<Ended> {
  noArguments(call);
  const rows = Object.entries(TOPICS).map(([topic, says]) => [topic, says]);
  return { value: TOPICS, text: table(["topic", ""], rows) };
}

async function check(call: Call): Promise<Ended> {
  const file = argument(call, "FILE");
  const { schemes, lines } = checkedCatalogue(file, await readJson(file));
  return {
    value: { schemes: schemes.length, lines: lines.length },
    text: `${schemes.length} schemes, ${lines.length} lines; it holds together\n`,
  };
}

/** Kept in this home alone: others evaluate by it once they were given the file. */
async function take(call: Call): Promise<Ended> {
  const file = argument(call, "FILE");
  const own = checkedCatalogue(file, await readJson(file));
  await writeCatalogue(call.home, `${JSON.stringify(own, null, 2)}\n`);
  const text = `kept here: ${own.schemes.length} schemes, ${own.lines.length} lines; your evaluations use them from now on\n`;
  return { value: { schemes: own.schemes.length, lines: own.lines.length }, text };
}

export const schemeCommands: readonly Command[] = [
  {
    words: "scheme list",
    usage: "[--catalogue FILE]",
    says: "lists the schemes that evaluations know, with versions, results and validity",
    example: "quasarix scheme list",
    options: CATALOGUE_OPTION,
    run: list,
  },
  {
    words: "scheme show",
    usage: "SCHEME [--catalogue FILE]",
    says: "shows a scheme and its crosswalk: which clause stands for which topic, by which source, and what is lost",
    example: "quasarix scheme show sa8000",
    options: CATALOGUE_OPTION,
    run: show,
  },
  {
    words: "scheme topics",
    usage: "",
    says: "lists the topics that clauses are mapped to, one sentence each",
    example: "quasarix scheme topics --json",
    run: topics,
  },
  {
    words: "scheme check",
    usage: "FILE",
    says: "checks a catalogue of your own (JSON: schemes and crosswalk lines) without keeping it",
    example: "quasarix scheme check our-schemes.json",
    run: check,
  },
  {
    words: "scheme import",
    usage: "FILE",
    says: "keeps a catalogue of your own in this home, beside the public one; the server evaluates by the public one alone",
    example: "quasarix scheme import our-schemes.json",
    run: take,
  },
];

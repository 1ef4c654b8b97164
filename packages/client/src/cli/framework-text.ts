import type { Framework } from "@quasarix/shared/benchmark/framework/framework.ts";
import type { Guide, GuidePart } from "@quasarix/shared/benchmark/framework/guide.ts";
import { printable, table } from "./table.ts";

/** A version at a glance: its benchmarks, and what it changed in the one before. */
export function frameworkText(framework: Framework): string {
  const { title, version, from, benchmarks, reviews } = framework;
  const rows = benchmarks.map((one) => [one.id, one.name, one.critical ? "critical" : "", one.evidence, one.topic]);
  const changes = (reviews?.changes ?? []).map(({ benchmark, says }) => `  ${benchmark}: ${printable(says)}\n`);
  return [
    `${printable(title)}, ${framework.framework} version ${version}, from ${from} on\n\n`,
    table(["benchmark", "name", "", "counts from", "topic"], rows),
    ...(changes.length > 0 ? [`\nWhat it changed in version ${version - 1}:\n`, ...changes] : []),
  ].join("");
}

/** The scorer's page, as the portal shows it. */
export function guideText({ title, under, question, levels, parts, example }: Guide): string {
  const lines = [
    printable(title),
    printable(question),
    printable(under),
    "",
    ...levels.map(({ level, says }) => `  ${level}  ${printable(says)}`),
    ...parts.flatMap(partLines),
    "",
    "In an audit, section `scores`, member `topics`:",
    `  ${JSON.stringify(example)}`,
  ];
  return `${lines.join("\n")}\n`;
}

const partLines = ({ title, says, list }: GuidePart): string[] => [
  "",
  `${title}:`,
  ...says.map((text) => `  ${printable(text)}`),
  ...list.map((text) => `  - ${printable(text)}`),
];

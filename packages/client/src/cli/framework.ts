import type { Framework } from "@quasarix/shared/benchmark/framework/framework.ts";
import { guideOf } from "@quasarix/shared/benchmark/framework/guide.ts";
import { summaryOf } from "@quasarix/shared/wire/frameworks.ts";
import type { Client } from "../client.ts";
import { frameworkOf } from "../framework-drafts.ts";
import { checkFramework, listFrameworks } from "../frameworks.ts";
import { argument, type Call, type Command, type Ended, isSet, must, noArguments, optional } from "./command.ts";
import { UsageError } from "./exit.ts";
import { chosen, fileOf, SHIPPED, SHIPPED_OPTION } from "./framework-choice.ts";
import { frameworkText, guideText } from "./framework-text.ts";
import { readJson } from "./input.ts";
import { problemList } from "./own-catalogue.ts";
import { openClient, session } from "./session.ts";
import { table } from "./table.ts";

async function list(call: Call): Promise<Ended> {
  noArguments(call);
  const all = isSet(call, "shipped") ? SHIPPED.map(summaryOf) : must(await listFrameworks(await openClient(call)));
  const rows = all.map((it) => [
    `${it.framework}@${it.version}`,
    it.title,
    it.from,
    String(it.benchmarks),
    it.statement,
  ]);
  const text = table(["framework", "title", "from", "benchmarks", "statement"], rows);
  const none = "none is published yet; `--shipped` shows those that come with this software\n";
  return { value: all, text: all.length === 0 ? none : text };
}

async function show(call: Call): Promise<Ended> {
  const [name, ...more] = call.positionals;
  if (more.length > 0) throw new UsageError(`\`${more[0]}\` is one argument too many`);
  const { framework } = await chosen(call, name);
  return { value: fileOf(framework), text: frameworkText(framework) };
}

async function guide(call: Call): Promise<Ended> {
  const id = argument(call, "BENCHMARK");
  const { framework, next } = await chosen(call, optional(call, "framework"));
  const page = guideOf(framework, id, next);
  if (!page) {
    const ids = framework.benchmarks.map((one) => one.id).join(", ");
    throw new UsageError(`${framework.framework}@${framework.version} has no benchmark \`${id}\`: ${ids}`);
  }
  return { value: page, text: guideText(page) };
}

/** Everything that is wrong in it at once. */
async function frameworkFrom(client: Client, file: string): Promise<Framework> {
  const read = must(await checkFramework(client, await readJson(file)));
  if (!read.ok) throw new UsageError(problemList(file, "framework", read.failure));
  return read.value;
}

async function publish(call: Call): Promise<Ended> {
  const file = argument(call, "FILE");
  if (isSet(call, "dry-run")) {
    const framework = await frameworkFrom(await openClient(call), file);
    return { value: framework, text: `${frameworkText(framework)}\nnothing was published\n` };
  }
  const { client, author } = await session(call);
  const framework = await frameworkFrom(client, file);
  const receipt = must(await author.say(frameworkOf(client.consortium.id, framework)));
  const name = `${framework.framework} version ${framework.version}`;
  const text = `published: ${name} by ${receipt.statementHash} at log index ${receipt.index}; sites are scored by it from ${framework.from} on\n`;
  return { value: receipt, text };
}

export const frameworkCommands: readonly Command[] = [
  {
    words: "framework list",
    usage: "[--shipped]",
    says: "lists the versions of the benchmarks that the operator has published; --shipped: those that come along",
    example: "quasarix framework list",
    options: SHIPPED_OPTION,
    run: list,
  },
  {
    words: "framework show",
    usage: "[FRAMEWORK[@VERSION]] [--shipped]",
    says: "shows a version: its benchmarks, what counts, what a review changed; --json writes it as a file to change",
    example: "quasarix framework show quasarix@1 --shipped --json > quasarix.json",
    options: SHIPPED_OPTION,
    run: show,
  },
  {
    words: "framework guide",
    usage: "BENCHMARK [--framework FRAMEWORK[@VERSION]] [--shipped]",
    says: "the page for whoever scores: the five levels, where to look, what a score has to rest on",
    example: "quasarix framework guide worker-voice --shipped",
    options: { ...SHIPPED_OPTION, framework: { type: "string" } },
    run: guide,
  },
  {
    words: "framework publish",
    usage: "FILE [--dry-run]",
    says: "the operator's: publishes a framework or its yearly review; names everything that is wrong, place by place",
    example: "quasarix framework publish quasarix.json --dry-run",
    options: { "dry-run": { type: "boolean" } },
    run: publish,
  },
];

import { parseArgs } from "node:util";
import { useNodeEngines } from "../node/engines.ts";
import { homeFolder } from "../node/home.ts";
import { type Refusal, refusalSays } from "../refusal.ts";
import type { Call, Command, Ended, Options } from "./command.ts";
import { commandFor, commands } from "./commands.ts";
import { EXIT, type Exit, exitOf, Refused, UsageError } from "./exit.ts";
import { helpOf, overview } from "./help.ts";
import { terminal } from "./terminal.ts";

const EVERYWHERE: Options = {
  as: { type: "string" },
  api: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
};

/** Writes all of it before the process may end; a reader that has gone away is no failure of ours. */
const write = (stream: NodeJS.WriteStream, content: string | Uint8Array): Promise<void> =>
  new Promise((resolve) => stream.write(content, () => resolve()));

function callOf(command: Command, rest: readonly string[], isJson: boolean): Call & { wantsHelp: boolean } {
  const options = { ...EVERYWHERE, ...command.options };
  let read: ReturnType<typeof parseArgs>;
  try {
    read = parseArgs({ args: [...rest], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split(". ")[0]);
  }
  return {
    positionals: read.positionals,
    options: read.values,
    home: homeFolder(process.env, process.cwd()),
    terminal: terminal(isJson, process.stderr),
    wantsHelp: read.values["help"] === true,
  };
}

async function say({ value, text, raw, exit = EXIT.done }: Ended, isJson: boolean): Promise<Exit> {
  await write(process.stdout, raw ?? (isJson ? `${JSON.stringify(value)}\n` : text));
  return exit;
}

/** What went wrong, on standard error; under `--json` as one object too. */
async function complain(error: unknown, isJson: boolean, command: Command | null): Promise<Exit> {
  const told = toldOf(error);
  if (told === null) throw error;
  const { exit, refusal, message } = told;
  const hint = exit === EXIT.usage && command ? `usage: quasarix ${command.words} ${command.usage}\n` : "";
  const text = isJson ? `${JSON.stringify({ error: message, exit, ...refusal })}\n` : `quasarix: ${message}\n${hint}`;
  await write(process.stderr, text);
  return exit;
}

function toldOf(error: unknown): { exit: Exit; message: string; refusal?: Refusal } | null {
  if (error instanceof UsageError) return { exit: EXIT.usage, message: error.message };
  if (!(error instanceof Refused)) return null;
  return { exit: exitOf(error.refusal), message: refusalSays(error.refusal), refusal: error.refusal };
}

async function main(args: readonly string[]): Promise<Exit> {
  const isJson = args.includes("--json");
  const found = commandFor(args);
  if (!found) {
    const noun =
      args[0] !== undefined && commands.some(({ words }) => words.startsWith(`${args[0]} `)) ? args[0] : undefined;
    const asked = args.includes("--help") || args.includes("-h") || args[0] === "help";
    await write(asked ? process.stdout : process.stderr, overview(commands, noun));
    return asked ? EXIT.done : EXIT.usage;
  }
  const { command, rest } = found;
  try {
    const call = callOf(command, rest, isJson);
    if (call.wantsHelp) return await say({ value: helpOf(command), text: helpOf(command) }, isJson);
    return await say(await command.run(call), isJson);
  } catch (error) {
    return complain(error, isJson, command);
  }
}

useNodeEngines();
process.stdout.on("error", () => process.exit(EXIT.done));
process.exitCode = await main(process.argv.slice(2));

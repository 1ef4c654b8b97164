import type { Bytes } from "@quasarix/shared/bytes.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { formatBundle } from "@quasarix/shared/statement/bundle.ts";
import { bundlesIn, parseExport } from "@quasarix/shared/statement/export.ts";
import { broken } from "../refusal.ts";
import { READING_OPTIONS } from "./audit.ts";
import { argument, type Call, type Command, type Ended, isSet, must, optional } from "./command.ts";
import { writeOut } from "./input.ts";
import { readingOf } from "./reading.ts";
import { session } from "./session.ts";

/** What is taken home: the lone bundle, or the export where something was said of the audit. */
interface Taken {
  readonly bytes: Bytes;
  readonly responses: number;
}

/** One read, one receipt: an export of one statement holds its bundle, byte for byte. */
function takenFrom(id: string, file: Bytes): Taken {
  const read = parseExport(file);
  const first = read.ok ? bundlesIn(read.value)[0] : undefined;
  if (!read.ok || !first) return must(broken("export", "not an export", id));
  const responses = read.value.statements.length - 1;
  return { bytes: responses === 0 ? utf8(formatBundle(first)) : file, responses };
}

/** An export is no bundle, and its name says so. */
const nameFor = (out: string, responses: number): string =>
  responses > 0 ? out.replace(/\.quasarix\.json$/, ".quasarix.jsonl") : out;

async function get(call: Call): Promise<Ended> {
  const id = argument(call, "AUDIT");
  const out = optional(call, "out");
  const { client } = await session(call);
  const { bytes, responses } = isSet(call, "alone")
    ? { bytes: must(await client.routes.bundle(id, readingOf(call))), responses: 0 }
    : takenFrom(id, must(await client.routes.auditExport(id, readingOf(call))));
  const said = responses > 0 ? `the audit and ${responses} that answer or correct it, ` : "";
  if (out === undefined || out === "-") {
    if (responses > 0) call.terminal.note(`an export: ${said}as JSON Lines; --alone takes the audit by itself`);
    return { value: null, text: "", raw: bytes };
  }
  const file = nameFor(out, responses);
  await writeOut(file, bytes);
  const text = `${said}${bytes.length} bytes in \`${file}\`\n`;
  return { value: { audit: id, file, bytes: bytes.length, responses }, text };
}

export const bundleCommand: Command = {
  words: "bundle get",
  usage: "AUDIT --purpose PURPOSE [--sections A,B] [--out FILE] [--alone]",
  says: "takes an audit home, with what its supplier answered, as a file that verifies offline",
  example: "quasarix bundle get 3q2-7w... --purpose due-diligence --out audit.quasarix.json",
  options: { ...READING_OPTIONS, out: { type: "string" }, alone: { type: "boolean" } },
  run: get,
};

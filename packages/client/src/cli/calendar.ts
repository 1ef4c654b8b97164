import { utf8 } from "@quasarix/shared/bytes.ts";
import { type Call, type Command, type Ended, must, needed, noArguments } from "./command.ts";
import { writeOut } from "./input.ts";
import { session } from "./session.ts";

/** `-` is standard output. */
async function run(call: Call): Promise<Ended> {
  noArguments(call);
  const file = needed(call, "out");
  const { client } = await session(call);
  const bytes = utf8(must(await client.routes.calendar()));
  if (file === "-") return { value: null, text: "", raw: bytes };
  await writeOut(file, bytes);
  return { value: { file, bytes: bytes.length }, text: `written to \`${file}\`\n` };
}

export const calendarCommand: Command = {
  words: "calendar",
  usage: "--out FILE.ics|-",
  says: "writes your own calendar: audits that you plan or share, audits that expire, what your customers need",
  example: "quasarix calendar --out audits.ics",
  options: { out: { type: "string" } },
  run,
};

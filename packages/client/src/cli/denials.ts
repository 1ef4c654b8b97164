import { csvRow } from "@quasarix/shared/csv.ts";
import { sayDenied } from "@quasarix/shared/policy/denied.ts";
import type { DenialView } from "@quasarix/shared/wire/denials.ts";
import { all } from "../routes.ts";
import { type Call, type Command, type Ended, must, noArguments, optional } from "./command.ts";
import { csvTo } from "./receipt.ts";
import { session } from "./session.ts";
import { table } from "./table.ts";

const HEADER = ["day", "organisation", "action", "target", "why", "in words", "times", "first", "last"];

const cells = ({ day, org, action, target, why, times, firstAt, lastAt }: DenialView): string[] => {
  const [first, last] = [firstAt, lastAt].map((at) => new Date(at).toISOString()) as [string, string];
  return [day, org, action, target, why, sayDenied(why), String(times), first, last];
};

async function list(call: Call): Promise<Ended> {
  noArguments(call);
  const { client } = await session(call);
  const part = { org: optional(call, "org"), day: optional(call, "day") };
  const denials = must(await all((cursor) => client.routes.denials({ cursor, limit: 100, ...part })));
  const rows = denials.map(cells);
  const file = optional(call, "csv");
  if (file !== undefined) return csvTo(file, [HEADER, ...rows].map(csvRow).join(""));
  return { value: denials, text: table(HEADER, rows) };
}

export const denialCommands: readonly Command[] = [
  {
    words: "operator denials",
    usage: "[--org ORG] [--day DATE] [--csv FILE|-]",
    says: "lists what signed callers were refused: a row a day for each kind of attempt",
    example: "quasarix operator denials --day 2026-11-22",
    options: { org: { type: "string" }, day: { type: "string" }, csv: { type: "string" } },
    run: list,
  },
];

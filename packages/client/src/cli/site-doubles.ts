import { csvRow } from "@quasarix/shared/csv.ts";
import { type SiteDouble, siteDoubles } from "../site-doubles.ts";
import { allSites } from "../sites.ts";
import { type Call, type Command, type Ended, isSet, must, noArguments, optional } from "./command.ts";
import { UsageError } from "./exit.ts";
import { session } from "./session.ts";
import { table } from "./table.ts";

const HEADER = ["score", "stays", "absorbs", "name", "other_name", "address", "other_address", "reasons"];

const cellsOf = ({ score, stays, absorbs, reasons }: SiteDouble): string[] => [
  score.toFixed(2),
  stays.id,
  absorbs.id,
  stays.name,
  absorbs.name,
  stays.address ?? "",
  absorbs.address ?? "",
  reasons.join("; "),
];

async function doubles(call: Call): Promise<Ended> {
  noArguments(call);
  const after = Number(optional(call, "after") ?? "-1");
  if (!Number.isSafeInteger(after)) throw new UsageError("--after takes a log index");
  const { client } = await session(call);
  const sites = must(await allSites(client)).filter(({ index }) => index > after);
  const pairs = must(await siteDoubles(client, sites, call.terminal.progress));
  call.terminal.endProgress();
  const rows = pairs.map(cellsOf);
  const text = isSet(call, "csv")
    ? [csvRow(HEADER), ...rows.map(csvRow)].join("")
    : `${table(HEADER.slice(0, 5), rows)}${pairs.length} pairs; \`quasarix operator merge STAYS ABSORBS\` makes one of two\n`;
  return { value: pairs, text };
}

export const siteDoublesCommand: Command = {
  words: "operator doubles",
  usage: "[--after INDEX] [--csv]",
  says: "lists sites that may be one, opened since a log index, for people to look at; it changes nothing",
  example: "quasarix operator doubles --after 4000 --csv > doubles.csv",
  options: { after: { type: "string" }, csv: { type: "boolean" } },
  run: doubles,
};

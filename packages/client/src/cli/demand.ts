import { all } from "../routes.ts";
import { type Call, type Command, type Ended, must, noArguments } from "./command.ts";
import { session } from "./session.ts";
import { table } from "./table.ts";

async function demand(call: Call): Promise<Ended> {
  noArguments(call);
  const { client } = await session(call);
  const sites = must(await all((cursor) => client.routes.demand({ cursor, limit: 100 })));
  const rows = sites.map(({ site, by, topics }) => [site, by ?? "not said yet", (topics ?? []).join(",")]);
  const none = "No customer plans an audit of a site of yours, as of the last batch.\n";
  return {
    value: sites,
    text: rows.length === 0 ? none : table(["site", "customers need an audit by", "topics"], rows),
  };
}

export const demandCommand: Command = {
  words: "demand",
  usage: "",
  says: "says which of your sites customers need an audit of, by when and on what; not who, nor how many",
  example: "quasarix demand",
  run: demand,
};

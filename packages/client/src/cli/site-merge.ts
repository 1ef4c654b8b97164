import { hashText, parseStatement } from "@quasarix/shared/statement/statement.ts";
import { siteId } from "@quasarix/shared/wire/ids.ts";
import { mergeOf, splitOf } from "../merge-drafts.ts";
import { argument, type Call, type Command, type Ended, must } from "./command.ts";
import { EXIT, UsageError } from "./exit.ts";
import { type Session, session } from "./session.ts";

function pairOf({ positionals }: Call): { stays: string; absorbs: string } {
  const [stays, absorbs, ...more] = positionals;
  if (stays === undefined || absorbs === undefined) throw new UsageError("two sites: the one that stays, the other");
  if (more.length > 0) throw new UsageError(`\`${more[0]}\` is one argument too many`);
  for (const id of [stays, absorbs])
    if (!siteId.safeParse(id).success) throw new UsageError(`\`${id}\` is no site's id`);
  return { stays, absorbs };
}

async function merge(call: Call): Promise<Ended> {
  const { stays, absorbs } = pairOf(call);
  const { client, author } = await session(call);
  const receipt = must(await author.say(mergeOf(stays, absorbs)));
  const { mergedInto } = must(await client.routes.site(absorbs));
  const value = { ...receipt, stays, absorbs, mergedInto };
  // Two operators at once: the door let both in, and the log has one of them first.
  if (mergedInto !== stays)
    return { value, text: `void: another merge of one of these sites came first\n`, exit: EXIT.refused };
  const undo = `\`quasarix operator split ${receipt.statementHash}\` undoes it`;
  return { value, text: `${stays} stands for ${absorbs}; ${undo}. Grants stay with the id that they name.\n` };
}

/** The operator's own merge, as the server has it under its hash. */
async function staysOf({ client }: Session, merge: string): Promise<string> {
  const parsed = parseStatement(must(await client.routes.statement(merge)).statement);
  if (!parsed.ok || hashText(parsed.value) !== merge || parsed.value.row.type !== "merge")
    throw new UsageError(`\`${merge}\` is no merge of yours`);
  return parsed.value.claims.sub;
}

async function split(call: Call): Promise<Ended> {
  const merged = argument(call, "MERGE");
  const from = await session(call);
  const receipt = must(await from.author.say(splitOf(await staysOf(from, merged), merged)));
  return { value: receipt, text: `undone at log index ${receipt.index}: both sites stand again\n` };
}

export const siteMergeCommands: readonly Command[] = [
  {
    words: "operator merge",
    usage: "STAYS ABSORBS",
    says: "says that two sites are one facility; the old id leads to the one that stays, and grants do not change",
    example: "quasarix operator merge site_AAAA... site_BBBB...",
    run: merge,
  },
  {
    words: "operator split",
    usage: "MERGE",
    says: "undoes a merge, by its hash",
    example: "quasarix operator split 3q2-7w...",
    run: split,
  },
];

import { isTopic } from "@quasarix/shared/audit/scheme/topic.ts";
import {
  INTENT_REASONS,
  type IntentClaims,
  type IntentReason,
  intentClaims,
  intentReason,
} from "@quasarix/shared/duplicate/intent.ts";
import type { IntentView } from "@quasarix/shared/wire/intents.ts";
import type * as z from "zod";
import { revokeOf } from "../drafts.ts";
import { intentOf } from "../intent-drafts.ts";
import { all } from "../routes.ts";
import {
  argument,
  type Call,
  type Command,
  type Ended,
  isSet,
  must,
  needed,
  noArguments,
  optional,
  several,
} from "./command.ts";
import { UsageError } from "./exit.ts";
import { answerText } from "./intent-text.ts";
import { catalogueFor } from "./own-catalogue.ts";
import { schemeIdOf } from "./scheme-name.ts";
import { session } from "./session.ts";
import { table } from "./table.ts";

const REASON_CODES = Object.keys(INTENT_REASONS).join("|");

function topicOf(text: string): string {
  if (isTopic(text) || text.includes(":")) return text;
  throw new UsageError(
    `no topic \`${text}\`: \`quasarix scheme topics\` lists them; one of your own is a whole id (URI)`,
  );
}

function read<T extends z.ZodType>(schema: T, input: unknown, what: string): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UsageError(`the ${what} is refused: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`);
}

async function claimsOf(call: Call): Promise<IntentClaims> {
  const catalogue = await catalogueFor(call);
  const [gap, joins] = [optional(call, "gap"), optional(call, "joins")];
  const claims = {
    site: argument(call, "SITE"),
    schemes: several(call, "scheme").map((text) => schemeIdOf(text, catalogue)),
    topics: several(call, "topic").map(topicOf),
    from: needed(call, "from"),
    until: needed(call, "until"),
    kind: gap === undefined ? "full" : "gap",
    ...(gap !== undefined && { covers: gap }),
    mayJoin: isSet(call, "may-join"),
    ...(joins !== undefined && { joins }),
  };
  if (claims.schemes.length === 0) throw new UsageError("--scheme is missing");
  return read(intentClaims, claims, "intent");
}

function reasonOf(call: Call): IntentReason | undefined {
  const [code, text] = [optional(call, "anyway"), optional(call, "because")];
  if (code === undefined && text !== undefined) throw new UsageError(`--because goes with --anyway ${REASON_CODES}`);
  return code === undefined ? undefined : read(intentReason, { code, ...(text !== undefined && { text }) }, "reason");
}

async function plan(call: Call): Promise<Ended> {
  const claims = await claimsOf(call);
  const why = { reason: reasonOf(call), replaces: optional(call, "replaces") };
  const { client, author, identity } = await session(call);
  const receipt = must(await author.say(intentOf(identity.org, claims, why)));
  const view = must(await client.routes.intent(receipt.statementHash));
  const said = `planned: ${receipt.statementHash} at log index ${receipt.index}; \`quasarix intent withdraw\` takes it back\n`;
  return { value: { receipt, intent: view }, text: said + (view.answer ? answerText(view.answer) : "") };
}

async function list(call: Call): Promise<Ended> {
  noArguments(call);
  const { client } = await session(call);
  const own = must(await all((cursor) => client.routes.intents({ cursor, limit: 100 })));
  const header = ["intent", "site", "from", "until", "schemes", "topics", "state", "answer", "plan to join"];
  return { value: own, text: table(header, own.map(rowOf)) };
}

const rowOf = (it: IntentView): string[] => [
  it.intent,
  it.site,
  it.from,
  it.until,
  it.schemes.map((id) => id.replace("urn:quasarix:scheme:", "")).join(","),
  it.topics.join(","),
  it.joins === null ? it.state : `${it.state}, joins`,
  it.answer?.says ?? "",
  it.answer?.planned?.plan ?? "",
];

async function withdraw(call: Call): Promise<Ended> {
  const intent = argument(call, "HASH");
  const { author, identity } = await session(call);
  const receipt = must(await author.say(revokeOf(identity.org, intent)));
  return { value: receipt, text: `withdrawn at log index ${receipt.index}\n` };
}

export const intentCommands: readonly Command[] = [
  {
    words: "intent plan",
    usage:
      "SITE --scheme SCHEME... [--topic TOPIC]... --from DATE --until DATE [--may-join] [--joins PLAN] [--gap AUDIT] " +
      `[--replaces INTENT] [--anyway ${REASON_CODES} [--because TEXT]]`,
    says: "says that you mean to order an audit, and hears first whether one is on file or planned; others may join with --may-join",
    example:
      "quasarix intent plan site_... --scheme smeta --topic wages --from 2027-03-01 --until 2027-05-31 --may-join",
    options: {
      scheme: { type: "string", multiple: true },
      topic: { type: "string", multiple: true },
      from: { type: "string" },
      until: { type: "string" },
      "may-join": { type: "boolean" },
      joins: { type: "string" },
      gap: { type: "string" },
      replaces: { type: "string" },
      anyway: { type: "string" },
      because: { type: "string" },
    },
    run: plan,
  },
  {
    words: "intent list",
    usage: "",
    says: "lists the audits that you mean to order, each with what is known as of now",
    example: "quasarix intent list --json",
    run: list,
  },
  {
    words: "intent withdraw",
    usage: "HASH",
    says: "takes an intent back; out of a joint audit too, until its first day",
    example: "quasarix intent withdraw 3q2-7w...",
    run: withdraw,
  },
];

import { type RecognitionClaims, recognitionClaims } from "@quasarix/shared/duplicate/recognition.ts";
import { revokeOf } from "../drafts.ts";
import { recognitionOf } from "../recognition-drafts.ts";
import { all } from "../routes.ts";
import {
  argument,
  type Call,
  type Command,
  type Ended,
  must,
  needed,
  noArguments,
  optional,
  several,
} from "./command.ts";
import { UsageError } from "./exit.ts";
import { catalogueFor } from "./own-catalogue.ts";
import { schemeIdOf } from "./scheme-name.ts";
import { session } from "./session.ts";
import { table } from "./table.ts";

async function claimsOf(call: Call, audit: string): Promise<RecognitionClaims> {
  const scheme = schemeIdOf(needed(call, "instead-of"), await catalogueFor(call));
  const topics = several(call, "topic");
  const [days, amount, currency] = ["days", "money", "currency"].map((name) => optional(call, name));
  if ((amount === undefined) !== (currency === undefined)) throw new UsageError("--money and --currency go together");
  const claims = recognitionClaims.safeParse({
    audit,
    instead: { scheme, ...(topics.length > 0 && { topics }) },
    saved: {
      ...(days !== undefined && { days: Number(days) }),
      ...(amount !== undefined && { money: { amount, currency } }),
    },
  });
  if (claims.success) return claims.data;
  const issue = claims.error.issues[0];
  throw new UsageError(`the recognition is refused: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`);
}

async function recognise(call: Call): Promise<Ended> {
  const claims = await claimsOf(call, argument(call, "AUDIT"));
  const { author, identity } = await session(call);
  const receipt = must(await author.say(recognitionOf(identity.org, claims)));
  const text = `recognised: ${receipt.statementHash} at log index ${receipt.index}; nobody else sees it\n`;
  return { value: receipt, text };
}

async function list(call: Call): Promise<Ended> {
  noArguments(call);
  const { client } = await session(call);
  const own = must(await all((cursor) => client.routes.recognitions({ cursor, limit: 100 })));
  const rows = own.map((it) => [
    it.recognition,
    it.audit,
    it.scheme,
    String(it.days),
    it.money ? `${it.money.amount} ${it.money.currency}` : "",
    it.counts ? "" : it.revoked ? "taken back" : "does not count",
  ]);
  return { value: own, text: table(["recognition", "audit", "instead of", "days", "money", ""], rows) };
}

async function revoke(call: Call): Promise<Ended> {
  const recognition = argument(call, "HASH");
  const { author, identity } = await session(call);
  const receipt = must(await author.say(revokeOf(identity.org, recognition)));
  return { value: receipt, text: `taken back at log index ${receipt.index}\n` };
}

export const recognitionCommands: readonly Command[] = [
  {
    words: "audit recognise",
    usage: "AUDIT --instead-of SCHEME [--topic TOPIC]... [--days DAYS] [--money AMOUNT --currency EUR]",
    says: "says that this audit replaced one of yours, and the days or money that this saved you: your own figures",
    example: "quasarix audit recognise 3q2-7w... --instead-of smeta --days 3 --money 2400.00 --currency EUR",
    options: {
      "instead-of": { type: "string" },
      topic: { type: "string", multiple: true },
      days: { type: "string" },
      money: { type: "string" },
      currency: { type: "string" },
    },
    run: recognise,
  },
  {
    words: "recognition list",
    usage: "",
    says: "lists the audits that you recognised in place of your own; nobody else sees them",
    example: "quasarix recognition list",
    run: list,
  },
  {
    words: "recognition revoke",
    usage: "HASH",
    says: "takes a recognition back: it does not count any more",
    example: "quasarix recognition revoke 3q2-7w...",
    run: revoke,
  },
];

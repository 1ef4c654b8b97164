import { correctionSection, disputeSection, replySection } from "@quasarix/shared/audit/response.ts";
import type * as z from "zod";
import { readAudit } from "../audit-view.ts";
import type { Saying } from "../drafts.ts";
import { correctionOf, disputeOf, replyOf, type Spoken } from "../response-drafts.ts";
import { argument, type Call, type Command, type Ended, isSet, must, needed, optional, several } from "./command.ts";
import { UsageError } from "./exit.ts";
import { readUtf8 } from "./input.ts";
import { session } from "./session.ts";

const numberOf = (text: string): number => {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new UsageError(`\`${text}\` is no number of a finding`);
  return Number(text);
};

/** `3=Text`: the supplier's word on finding 3. */
function answerOf(text: string): { finding: number; text: string } {
  const [number = "", says] = text.split(/=(.*)/s);
  if (says === undefined || says === "") throw new UsageError(`\`${text}\` is not N=TEXT`);
  return { finding: numberOf(number), text: says };
}

function checked<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new UsageError(`${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim());
}

/** Reads the audit for its site: to answer it is to have opened it. */
async function say(call: Call, done: string, sayingOf: (spoken: Spoken) => Saying): Promise<Ended> {
  const audit = argument(call, "AUDIT");
  const { client, author } = await session(call);
  const { statement } = must(await readAudit(client, audit, { purpose: "corrective-action", sections: ["existence"] }));
  const receipt = must(await author.say(sayingOf({ audit, site: statement.claims.sub })));
  return { value: receipt, text: `${done}: ${receipt.statementHash} at log index ${receipt.index}\n` };
}

async function reply(call: Call): Promise<Ended> {
  const file = optional(call, "text-file");
  const text = file === undefined ? optional(call, "text") : (await readUtf8(file)).trimEnd();
  const answers = [
    ...several(call, "finding").map(answerOf),
    ...several(call, "done").map((number) => ({ finding: numberOf(number), done: true })),
  ];
  const accepts = isSet(call, "accept");
  if (text === undefined && answers.length === 0 && !accepts) throw new UsageError("a reply has to say something");
  const section = checked(replySection, { ...(text && { text }), ...(answers.length > 0 && { answers }) });
  return say(call, "replied", (spoken) => replyOf(spoken, section, accepts ? { stance: "accepts" } : {}));
}

async function dispute(call: Call): Promise<Ended> {
  const why = (await readUtf8(needed(call, "why-file"))).trimEnd();
  const findings = several(call, "finding").map(numberOf);
  const section = checked(disputeSection, { why, ...(findings.length > 0 && { findings }) });
  return say(call, "disputed", (spoken) => disputeOf(spoken, section));
}

async function correct(call: Call): Promise<Ended> {
  const given = { field: optional(call, "field"), value: optional(call, "value"), why: optional(call, "why") };
  const by = optional(call, "by");
  const section = checked(correctionSection, JSON.parse(JSON.stringify(given)));
  if (by === undefined && Object.keys(section).length === 0) throw new UsageError("a correction has to say something");
  return say(call, "corrected", (spoken) => correctionOf(spoken, section, by === undefined ? {} : { by }));
}

export const responseCommands: readonly Command[] = [
  {
    words: "audit reply",
    usage: "AUDIT [--text TEXT | --text-file FILE] [--finding N=TEXT]... [--done N]... [--accept]",
    says: "answers an audit of your site; it travels with the findings. --accept makes the audit final at once",
    example: 'quasarix audit reply 3q2-7w... --text "Thank you." --finding "2=The exit was cleared on 4 May."',
    options: {
      text: { type: "string" },
      "text-file": { type: "string" },
      finding: { type: "string", multiple: true },
      done: { type: "string", multiple: true },
      accept: { type: "boolean" },
    },
    run: reply,
  },
  {
    words: "audit dispute",
    usage: "AUDIT --why-file FILE [--finding N]...",
    says: "disputes an audit of your site, or some of its findings; it stays as it is, and is shown as disputed",
    example: "quasarix audit dispute 3q2-7w... --why-file why.txt --finding 2",
    options: { "why-file": { type: "string" }, finding: { type: "string", multiple: true } },
    run: dispute,
  },
  {
    words: "audit correct",
    usage: "AUDIT [--field NAME --value TEXT] [--why TEXT] [--by AUDIT]",
    says: "corrects an audit that you signed: nothing is edited, a newer audit may stand in its place",
    example: 'quasarix audit correct 3q2-7w... --field auditFrom --value 2026-03-05 --why "Misread."',
    options: {
      field: { type: "string" },
      value: { type: "string" },
      why: { type: "string" },
      by: { type: "string" },
    },
    run: correct,
  },
];

import { ANSWERS, type AnswerClaims, answerClaims, requestClaims } from "@quasarix/shared/policy/request.ts";
import type { RequestView } from "@quasarix/shared/wire/requests.ts";
import { requestOf } from "../request-drafts.ts";
import { answerRequest, opensWhatWasAsked } from "../requests.ts";
import { all } from "../routes.ts";
import { type Call, type Command, type Ended, must, needed, noArguments, optional, several } from "./command.ts";
import { UsageError } from "./exit.ts";
import { dayOf, momentOf } from "./moment.ts";
import { PURPOSE_NAMES, purposeOf, sectionsFrom } from "./reading.ts";
import { session } from "./session.ts";
import { table } from "./table.ts";

async function ask(call: Call): Promise<Ended> {
  noArguments(call);
  const audit = optional(call, "audit");
  const claims = requestClaims.safeParse({
    site: needed(call, "site"),
    ...(audit === undefined ? {} : { audit }),
    requestSections: sectionsFrom(needed(call, "sections")),
    purposes: several(call, "purpose").map(purposeOf),
    until: momentOf(needed(call, "until")),
  });
  if (!claims.success) throw refused("request", claims.error.issues[0]);
  const { author, identity } = await session(call);
  const receipt = must(await author.say(requestOf(identity.org, claims.data)));
  const text = `asked: ${receipt.statementHash} at log index ${receipt.index}; \`quasarix request list\` shows the answer\n`;
  return { value: receipt, text };
}

const refused = (what: string, issue?: { readonly path: PropertyKey[]; readonly message: string }): UsageError =>
  new UsageError(`the ${what} is refused: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`);

async function list(call: Call): Promise<Ended> {
  noArguments(call);
  const side = optional(call, "side") ?? "sent";
  if (side !== "sent" && side !== "received") throw new UsageError(`--side ${side}: sent|received`);
  const { client } = await session(call);
  const requests = must(await all((cursor) => client.routes.requests({ cursor, limit: 100, side })));
  const header = ["request", side === "received" ? "from" : "as", "site", "sections", "purposes", "until", "answer"];
  return { value: requests, text: table(header, requests.map(rowOf)) };
}

function rowOf({ request, from, site, sections, purposes, until, answers }: RequestView): string[] {
  const last = answers.at(-1);
  const said = last ? [last.says, last.opens?.revoked ? "(revoked)" : "", last.reason ?? ""] : ["waits"];
  const answer = said.filter((text) => text !== "").join(" ");
  return [request, from, site, sections.join(","), purposes.join(","), dayOf(until), answer];
}

/** The request's HASH, and one word. */
function wordsOf({ positionals }: Call): { request: string; word: AnswerClaims["answer"] } {
  const [request, word, ...more] = positionals;
  if (request === undefined) throw new UsageError("HASH is missing");
  if (more.length > 0) throw new UsageError(`\`${more[0]}\` is one argument too many`);
  const known = ANSWERS.find((one) => one === word);
  if (!known) throw new UsageError(`the answer is ${ANSWERS.join("|")}`);
  return { request, word: known };
}

const OPENING = ["sections", "purpose", "from", "until", "standing"] as const;

function claimsOf(call: Call, word: AnswerClaims["answer"], request: RequestView, now: number): AnswerClaims {
  const asked = opensWhatWasAsked(request, now);
  const sections = optional(call, "sections");
  const purposes = several(call, "purpose").map(purposeOf);
  const [from, until] = [optional(call, "from"), optional(call, "until")];
  const opens = {
    grantSections: sections === undefined ? asked.grantSections : sectionsFrom(sections),
    purposes: purposes.length > 0 ? purposes : asked.purposes,
    notBefore: from === undefined ? asked.notBefore : momentOf(from),
    notAfter: until === undefined ? asked.notAfter : momentOf(until),
  };
  const reason = optional(call, "reason");
  const says = { answer: word, ...(reason === undefined ? {} : { reason }) };
  const claims = answerClaims.safeParse(word === "yes" || word === "partly" ? { ...says, opens } : says);
  if (!claims.success) throw refused("answer", claims.error.issues[0]);
  return claims.data;
}

async function answer(call: Call): Promise<Ended> {
  const { request, word } = wordsOf(call);
  const opening = OPENING.filter((name) => call.options[name] !== undefined);
  if (word !== "yes" && word !== "partly" && opening.length > 0)
    throw new UsageError(`\`${word}\` opens nothing: no --${opening[0]}`);
  if (word === "partly" && !opening.some((name) => name === "sections" || name === "purpose" || name === "until"))
    throw new UsageError("`partly` opens less than was asked: --sections, --purpose or --until");
  const standing = optional(call, "standing");
  if (standing !== undefined && standing !== "members") throw new UsageError("--standing is for `members`");
  const { client, author } = await session(call);
  const asked = must(await client.routes.request(request));
  const claims = claimsOf(call, word, asked, client.host.now());
  const said = must(await answerRequest(author, asked, claims, standing !== undefined));
  const lines = [`answered ${word}: ${said.answer.statementHash} at log index ${said.answer.index}`];
  if (claims.opens)
    lines.push(`opens ${claims.opens.grantSections.join(",")}; take it back with \`quasarix grant revoke\``);
  if (said.standing)
    lines.push(`the same to all members: ${said.standing.statementHash} at log index ${said.standing.index}`);
  return { value: said, text: `${lines.join("\n")}\n` };
}

export const requestCommands: readonly Command[] = [
  {
    words: "request ask",
    usage: "--site SITE --sections A,B|summary|findings|full --purpose PURPOSE... --until DATE [--audit AUDIT]",
    says: `asks a site's supplier for access; purposes: ${PURPOSE_NAMES}`,
    example: "quasarix request ask --site site_... --sections findings --purpose due-diligence --until 2027-12-31",
    options: {
      site: { type: "string" },
      sections: { type: "string" },
      purpose: { type: "string", multiple: true },
      until: { type: "string" },
      audit: { type: "string" },
    },
    run: ask,
  },
  {
    words: "request list",
    usage: "[--side sent|received]",
    says: "lists what you asked for, or what your sites were asked for, with the answers",
    example: "quasarix request list --side received",
    options: { side: { type: "string" } },
    run: list,
  },
  {
    words: "request answer",
    usage: `HASH ${ANSWERS.join("|")} [--reason TEXT] [--sections A,B|summary|findings|full] [--purpose PURPOSE]... [--from DATE] [--until DATE] [--standing members]`,
    says: "answers a request; `yes` opens what was asked, `--standing members` opens the same to every member",
    example: 'quasarix request answer 3q2-7w... partly --sections summary --reason "The findings follow in May."',
    options: {
      reason: { type: "string" },
      sections: { type: "string" },
      purpose: { type: "string", multiple: true },
      from: { type: "string" },
      until: { type: "string" },
      standing: { type: "string" },
    },
    run: answer,
  },
];

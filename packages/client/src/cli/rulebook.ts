import { rulebookClaims } from "@quasarix/shared/policy/rulebook.ts";
import type { RulebookView } from "@quasarix/shared/wire/rulebook.ts";
import { rulebookOf } from "../drafts.ts";
import { type Call, type Command, type Ended, must, noArguments, optional } from "./command.ts";
import { UsageError } from "./exit.ts";
import { openClient, session } from "./session.ts";

async function show(call: Call): Promise<Ended> {
  noArguments(call);
  const client = await openClient(call);
  const view = must(await client.routes.rulebook());
  return { value: view, text: inWords(view) };
}

/** The rules as sentences: they are read by people who sign under them. */
function inWords({ statement, rulebook, purposes, onward }: RulebookView): string {
  const { mode, receipts, requesters, reciprocityDays, embargo } = rulebook;
  const lines = [
    statement === null ? "No rulebook was published yet; the first rules hold." : `rulebook ${statement}`,
    mode === "pool"
      ? "Every member sees up to `findings` of the sites whose suppliers signed these terms."
      : "Nobody sees anything but by a grant of the site's supplier.",
    RECEIPTS[receipts.show](receipts.show === "delayed" ? receipts.days : 0),
    requesters === "named" ? "A supplier sees who asks." : "A supplier sees that a member asks, not which one.",
    reciprocityDays === null
      ? "What is for all members needs no contribution."
      : `What is for all members is for those that contributed an audit in the last ${reciprocityDays} days.`,
    embargo === "none"
      ? "An audit can be read before its supplier replied."
      : "An audit can be read when its supplier replied, or had 30 days to.",
    onward,
    "",
    `Purposes, version ${purposes.version} (${purposes.status}):`,
    ...purposes.items.map(({ purpose, says }) => `  ${purpose}: ${says}`),
  ];
  return `${lines.join("\n")}\n`;
}

const RECEIPTS = {
  named: () => "A supplier sees at once who read what.",
  category: () => "A supplier sees what was read, and by what kind of organisation.",
  delayed: (days: number) => `A supplier sees who read what, ${days} days later.`,
} as const;

const days = (text: string, option: string): number => {
  const count = Number(text);
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError(`--${option}: \`${text}\` is no number of days`);
  return count;
};

/** What is not said stays as it is in the rulebook in force. */
async function publish(call: Call): Promise<Ended> {
  noArguments(call);
  const { client, author } = await session(call);
  const { rulebook } = must(await client.routes.rulebook());
  const show = optional(call, "receipts");
  const reciprocity = optional(call, "reciprocity");
  const claims = rulebookClaims.safeParse({
    mode: optional(call, "mode") ?? rulebook.mode,
    receipts: show === undefined ? rulebook.receipts : receiptsOf(show, optional(call, "delay")),
    requesters: optional(call, "requesters") ?? rulebook.requesters,
    reciprocityDays: reciprocityOf(reciprocity, rulebook.reciprocityDays),
    embargo: optional(call, "embargo") ?? rulebook.embargo,
  });
  if (!claims.success) {
    const issue = claims.error.issues[0];
    throw new UsageError(`the rulebook is refused: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`);
  }
  const receipt = must(await author.say(rulebookOf(client.consortium.id, claims.data)));
  return { value: receipt, text: `in force: ${receipt.statementHash}, from log index ${receipt.index} on\n` };
}

const receiptsOf = (show: string, delay: string | undefined) =>
  show === "delayed" ? { show, days: days(delay ?? "", "delay") } : { show };

function reciprocityOf(text: string | undefined, now: number | null): number | null {
  if (text === undefined) return now;
  return text === "none" ? null : days(text, "reciprocity");
}

export const rulebookCommands: readonly Command[] = [
  {
    words: "rulebook show",
    usage: "[--api URL]",
    says: "the rules in force and the purposes, as sentences",
    example: "quasarix rulebook show",
    options: { api: { type: "string" } },
    run: show,
  },
  {
    words: "rulebook publish",
    usage:
      "[--mode supplier-consent|pool] [--receipts named|category|delayed] [--delay DAYS] [--requesters named|a-member] [--reciprocity DAYS|none] [--embargo none|until-final]",
    says: "the operator's: changes the rules from the next request on; pools have to be signed anew",
    example: "quasarix rulebook publish --mode pool --receipts category",
    options: {
      mode: { type: "string" },
      receipts: { type: "string" },
      delay: { type: "string" },
      requesters: { type: "string" },
      reciprocity: { type: "string" },
      embargo: { type: "string" },
    },
    run: publish,
  },
];

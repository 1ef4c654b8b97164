import { REASONS } from "@quasarix/shared/policy/access.ts";
import { consentClaims, termsClaims } from "@quasarix/shared/policy/terms.ts";
import type { AccessView } from "@quasarix/shared/wire/access.ts";
import type * as z from "zod";
import { consentOf, termsOf } from "../drafts.ts";
import { all } from "../routes.ts";
import { argument, type Call, type Command, type Ended, must, needed, noArguments, optional } from "./command.ts";
import { UsageError } from "./exit.ts";
import { dayOf, momentOf } from "./moment.ts";
import { PURPOSE_NAMES, purposeOf, sectionsFrom } from "./reading.ts";
import { session } from "./session.ts";
import { table } from "./table.ts";

async function why(call: Call): Promise<Ended> {
  const audit = argument(call, "AUDIT");
  const { client } = await session(call);
  const view = must(await client.routes.access(audit, purposeOf(needed(call, "purpose"))));
  return { value: view, text: explained(view) };
}

function explained({ standing, sections, given, discovery, more }: AccessView): string {
  const by = (because: readonly string[]) => (because.length > 0 ? because.join(" ") : `as ${standing}`);
  const open = table(
    ["open to you", "by"],
    sections.map(({ section, because }) => [section, by(because)]),
  );
  if (!given) return open;
  const rows = given.map(({ grant, grantee, opens, closed }) => [
    grant,
    grantee,
    opens.join(",") || "nothing",
    closed.map(({ says }) => says).join(" "),
  ]);
  const rest = more ? "There are older grants than these.\n" : "";
  const heard = discovery ? `discovery: ${discovery.says}\n` : "";
  return `${open}\n${table(["grant", "to", "opens now", "why not more"], rows)}${rest}${heard}`;
}

function checked<T extends z.ZodType>(schema: T, claims: unknown, what: string): z.infer<T> {
  const read = schema.safeParse(claims);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new UsageError(`the ${what} is refused: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`);
}

async function consent(call: Call): Promise<Ended> {
  const audit = argument(call, "AUDIT");
  const { client, author, identity } = await session(call);
  const from = optional(call, "from");
  const claims = checked(
    consentClaims,
    {
      audit,
      consentSections: sectionsFrom(needed(call, "sections")),
      notBefore: from === undefined ? client.host.now() : momentOf(from),
      notAfter: momentOf(needed(call, "until")),
    },
    "consent",
  );
  const receipt = must(await author.say(consentOf(identity.org, claims)));
  return { value: receipt, text: `consented: ${receipt.statementHash}; the supplier may share these sections\n` };
}

async function consents(call: Call): Promise<Ended> {
  noArguments(call);
  const { client } = await session(call);
  const items = must(await all((cursor) => client.routes.consents({ cursor, limit: 100 })));
  const rows = items.map((it) => [
    it.consent,
    it.audit,
    it.sections.join(","),
    `${dayOf(it.notBefore)}..${dayOf(it.notAfter)}`,
    it.revoked ? "revoked" : "",
  ]);
  return { value: items, text: table(["consent", "audit", "sections", "window", ""], rows) };
}

/** Names the rulebook that is in force as it was read here: what is signed is what was shown. */
async function sign(call: Call): Promise<Ended> {
  const site = argument(call, "SITE");
  const { client, author, identity } = await session(call);
  const { statement, rulebook } = must(await client.routes.rulebook());
  if (statement === null || rulebook.mode !== "pool") throw new UsageError("the rulebook in force has no pool");
  const claims = checked(termsClaims, { site, rulebook: statement }, "signature");
  const receipt = must(await author.say(termsOf(identity.org, claims)));
  const text = `signed: ${receipt.statementHash}; every member sees up to \`findings\` of this site's audits\n`;
  return { value: receipt, text };
}

async function terms(call: Call): Promise<Ended> {
  noArguments(call);
  const { client } = await session(call);
  const items = must(await all((cursor) => client.routes.terms({ cursor, limit: 100 })));
  const state = (it: { inForce: boolean; revoked: boolean }) =>
    it.inForce ? "in force" : it.revoked ? "taken back" : "of an older rulebook";
  const rows = items.map((it) => [it.terms, it.site, it.rulebook, state(it)]);
  return { value: items, text: table(["terms", "site", "rulebook", ""], rows) };
}

/** What each reason of `access why` means; for `--help`. */
const WHYS = Object.keys(REASONS).join(", ");

export const accessCommands: readonly Command[] = [
  {
    words: "access why",
    usage: `AUDIT --purpose ${PURPOSE_NAMES}`,
    says: `which grants open what to you; to the site's supplier also what is refused, and why (${WHYS})`,
    example: "quasarix access why 3q2-7w... --purpose due-diligence",
    options: { purpose: { type: "string" } },
    run: why,
  },
  {
    words: "consent give",
    usage: "AUDIT --sections A,B|summary|findings|full --until DATE [--from DATE]",
    says: "lets the supplier share sections of an audit that you paid for and handed in; it never learns whose consent it was",
    example: "quasarix consent give 3q2-7w... --sections summary --until 2027-12-31",
    options: { sections: { type: "string" }, from: { type: "string" }, until: { type: "string" } },
    run: consent,
  },
  {
    words: "consent list",
    usage: "",
    says: "lists what you consented to; `grant revoke` takes one back",
    example: "quasarix consent list --json",
    run: consents,
  },
  {
    words: "terms sign",
    usage: "SITE",
    says: "lets a site take part in the pool of the rulebook in force; `grant revoke` takes it back",
    example: "quasarix terms sign site_...",
    run: sign,
  },
  {
    words: "terms list",
    usage: "",
    says: "lists the pools that your sites take part in, or took",
    example: "quasarix terms list",
    run: terms,
  },
];

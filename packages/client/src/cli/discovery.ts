import type { OverlapTotals } from "@quasarix/shared/wire/overlap.ts";
import { withdrawalOf } from "../discovery-drafts.ts";
import { revokeOf } from "../drafts.ts";
import { all } from "../routes.ts";
import { argument, type Call, type Command, type Ended, must, noArguments } from "./command.ts";
import { UsageError } from "./exit.ts";
import { type Session, session } from "./session.ts";
import { table } from "./table.ts";

const withdrawals = async ({ client }: Session) =>
  must(await all((cursor) => client.routes.withdrawals({ cursor, limit: 100 })));

const standingOf = async (from: Session, site: string) =>
  (await withdrawals(from)).findLast((one) => one.site === site && !one.revoked);

async function withdraw(call: Call): Promise<Ended> {
  const site = argument(call, "SITE");
  const from = await session(call);
  const { author, identity } = from;
  if (identity.kind !== "supplier") throw new UsageError("a site is withdrawn by its supplier");
  if (await standingOf(from, site)) throw new UsageError("this site is withdrawn already");
  const receipt = must(await author.say(withdrawalOf(identity.org, { site })));
  const text = `withdrawn: ${receipt.statementHash}; members hear of no audit of this site but by a grant\n`;
  return { value: receipt, text };
}

/** One revocation ends every earlier withdrawal of the site: the last one is named. */
async function restore(call: Call): Promise<Ended> {
  const site = argument(call, "SITE");
  const from = await session(call);
  const standing = await standingOf(from, site);
  if (!standing) throw new UsageError("this site was not withdrawn, or was put back");
  const receipt = must(await from.author.say(revokeOf(from.identity.org, standing.withdrawal)));
  return { value: receipt, text: `restored: ${receipt.statementHash}; members may hear that its audits exist\n` };
}

async function show(call: Call): Promise<Ended> {
  noArguments(call);
  const from = await session(call);
  const withdrawn = await withdrawals(from);
  const lookUps = must(await all((cursor) => from.client.routes.lookUps({ cursor, limit: 100 })));
  const states = withdrawn.map((one) => [one.site, one.withdrawal, one.revoked ? "found again" : "withdrawn"]);
  const counts = lookUps.flatMap(({ site, quarters }) => quarters.map((one) => [site, one.quarter, `${one.lookUps}`]));
  const text = `${table(["site", "withdrawal", ""], states)}\n${table(["site", "quarter", "look-ups"], counts)}`;
  return { value: { withdrawn, lookUps }, text };
}

async function totals(call: Call): Promise<Ended> {
  noArguments(call);
  const { client, identity } = await session(call);
  if (identity.kind !== "operator") throw new UsageError("the sums are the operator's: `--as operator`");
  const view = must(await client.routes.overlapTotals());
  return { value: view, text: inWords(view) };
}

function inWords({ asOf, ...sums }: OverlapTotals): string {
  const day = asOf.closedAt === null ? "no batch is closed yet" : `as of ${new Date(asOf.closedAt).toISOString()}`;
  if (sums.members === null) return `Nothing is said while fewer than five members have a list; ${day}.\n`;
  const lines = [
    `${sums.members} members have a list, ${day}`,
    `${sums.sites} sites, ${sums.shared} of them on more than one list`,
    `${sums.usable} sites with an audit that is valid, ${sums.audits} such audits`,
    `${sums.heldTwice} audits that more than one member handed in`,
  ];
  return `${lines.join("\n")}\n`;
}

export const discoveryCommands: readonly Command[] = [
  {
    words: "discovery withdraw",
    usage: "SITE",
    says: "a supplier's: members no longer hear that audits of this site exist; grants stay as they are",
    example: "quasarix discovery withdraw site_...",
    run: withdraw,
  },
  {
    words: "discovery restore",
    usage: "SITE",
    says: "puts a withdrawn site back",
    example: "quasarix discovery restore site_...",
    run: restore,
  },
  {
    words: "discovery show",
    usage: "",
    says: "the sites that you withdrew, and how often members asked for your sites, by quarter, without names",
    example: "quasarix discovery show --json",
    run: show,
  },
  {
    words: "operator overlap",
    usage: "",
    says: "sums over all members' lists as of the last batch: never whose, nothing below five members",
    example: "quasarix operator overlap",
    run: totals,
  },
];

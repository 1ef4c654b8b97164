import { type GrantClaims, grantClaims } from "@quasarix/shared/policy/grant.ts";
import { grantOf, revokeOf } from "../drafts.ts";
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
import { PURPOSE_NAMES, purposeOf, sectionsFrom } from "./reading.ts";
import { session } from "./session.ts";
import { table } from "./table.ts";

/** `2027-06-30` is that day's first moment in UTC, as an end too: the window is half-open. */
function momentOf(text: string): number {
  const at = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new UsageError(`\`${text}\` is no date: YYYY-MM-DD`);
  return at;
}

function claimsOf(call: Call, now: number): GrantClaims {
  const from = optional(call, "from");
  const audit = optional(call, "audit");
  const claims = grantClaims.safeParse({
    grantee: needed(call, "to"),
    site: needed(call, "site"),
    ...(audit === undefined ? {} : { audit }),
    grantSections: sectionsFrom(needed(call, "sections")),
    purposes: several(call, "purpose").map(purposeOf),
    notBefore: from === undefined ? now : momentOf(from),
    notAfter: momentOf(needed(call, "until")),
  });
  if (claims.success) return claims.data;
  const issue = claims.error.issues[0];
  throw new UsageError(`the grant is refused: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`);
}

async function give(call: Call): Promise<Ended> {
  noArguments(call);
  const { client, author, identity } = await session(call);
  const receipt = must(await author.say(grantOf(identity.org, claimsOf(call, client.host.now()))));
  return { value: receipt, text: `granted: ${receipt.statementHash} at log index ${receipt.index}\n` };
}

async function revoke(call: Call): Promise<Ended> {
  const grant = argument(call, "GRANT");
  const { author, identity } = await session(call);
  const receipt = must(await author.say(revokeOf(identity.org, grant)));
  return { value: receipt, text: `revoked from the next request on, at log index ${receipt.index}\n` };
}

async function list(call: Call): Promise<Ended> {
  noArguments(call);
  const side = isSet(call, "received") ? "received" : "given";
  const { client } = await session(call);
  const grants = must(await all((cursor) => client.routes.grants({ cursor, limit: 100, side })));
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const rows = grants.map((it) => [
    it.grant,
    side === "given" ? it.grantee : it.grantor,
    it.site,
    it.sections.join(","),
    `${day(it.notBefore)}..${day(it.notAfter)}`,
    it.revoked ? "revoked" : "",
  ]);
  const other = side === "given" ? "to" : "from";
  return { value: grants, text: table(["grant", other, "site", "sections", "window", ""], rows) };
}

/** Who looked: every read of the supplier's sites leaves one of these. */
async function receipts(call: Call): Promise<Ended> {
  noArguments(call);
  const { client } = await session(call);
  const reads = must(await all((cursor) => client.routes.receipts({ cursor, limit: 100 })));
  const rows = reads.map((it) => [
    new Date(it.at).toISOString(),
    it.reader,
    it.audit,
    it.sections.join(","),
    it.purpose,
    it.standing,
  ]);
  return { value: reads, text: table(["at", "reader", "audit", "sections", "purpose", "right"], rows) };
}

export const grantCommands: readonly Command[] = [
  {
    words: "grant give",
    usage: `--site SITE --to ORG|members --sections A,B|summary|findings|full --purpose PURPOSE... --until DATE [--from DATE] [--audit AUDIT]`,
    says: `opens sections of your site's audits; purposes: ${PURPOSE_NAMES}`,
    example:
      "quasarix grant give --site site_... --to members --sections summary --purpose audit-avoidance --until 2027-12-31",
    options: {
      site: { type: "string" },
      to: { type: "string" },
      sections: { type: "string" },
      purpose: { type: "string", multiple: true },
      from: { type: "string" },
      until: { type: "string" },
      audit: { type: "string" },
    },
    run: give,
  },
  {
    words: "grant revoke",
    usage: "GRANT",
    says: "takes a grant back",
    example: "quasarix grant revoke 3q2-7w...",
    run: revoke,
  },
  {
    words: "grant list",
    usage: "[--received]",
    says: "lists the grants that you gave, or received",
    example: "quasarix grant list --received",
    options: { received: { type: "boolean" } },
    run: list,
  },
  {
    words: "receipt list",
    usage: "",
    says: "lists who read what of your sites",
    example: "quasarix receipt list --json",
    run: receipts,
  },
];

import { type GrantClaims, grantClaims } from "@quasarix/shared/policy/grant.ts";
import { grantOf, revokeOf } from "../drafts.ts";
import { GRANT_COLUMNS } from "../grant-cells.ts";
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
import { giveFile } from "./grant-csv.ts";
import { dayOf, momentOf } from "./moment.ts";
import { PURPOSE_NAMES, purposeOf, sectionsFrom } from "./reading.ts";
import { session } from "./session.ts";
import { table } from "./table.ts";

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
  if (optional(call, "csv") !== undefined || isSet(call, "dry-run")) return giveFile(call);
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
  const rows = grants.map((it) => [
    it.grant,
    side === "given" ? it.grantee : it.grantor,
    it.site,
    it.sections.join(","),
    `${dayOf(it.notBefore)}..${dayOf(it.notAfter)}`,
    it.revoked ? "revoked" : "",
  ]);
  const other = side === "given" ? "to" : "from";
  return { value: grants, text: table(["grant", other, "site", "sections", "window", ""], rows) };
}

export const grantCommands: readonly Command[] = [
  {
    words: "grant give",
    usage: `--site SITE --to ORG|members --sections A,B|summary|findings|full --purpose PURPOSE... --until DATE [--from DATE] [--audit AUDIT] | --csv FILE [--dry-run]`,
    says: `opens sections of your site's audits, or all that a file says (columns ${GRANT_COLUMNS.join(", ")}); purposes: ${PURPOSE_NAMES}`,
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
      csv: { type: "string" },
      "dry-run": { type: "boolean" },
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
];

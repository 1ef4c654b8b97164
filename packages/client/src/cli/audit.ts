import { readAudit } from "../audit-view.ts";
import { all } from "../routes.ts";
import { auditImport } from "./audit-import.ts";
import { argument, type Call, type Command, type Ended, must, needed, noArguments, optional } from "./command.ts";
import { PURPOSE_NAMES, purposeOf, readingOf } from "./reading.ts";
import { session } from "./session.ts";
import { printable, table } from "./table.ts";

async function list(call: Call): Promise<Ended> {
  noArguments(call);
  const purpose = purposeOf(needed(call, "purpose"));
  const site = optional(call, "site");
  const { client } = await session(call);
  const audits = must(await all((cursor) => client.routes.audits({ cursor, limit: 100, purpose, site })));
  const rows = audits.map((it) => [it.audit, it.auditFrom, it.provenance, it.scheme, it.site, it.sections.join(",")]);
  return { value: audits, text: table(["audit", "date", "provenance", "scheme", "site", "open"], rows) };
}

async function show(call: Call): Promise<Ended> {
  const id = argument(call, "AUDIT");
  const { client } = await session(call);
  const { statement, index, admittedAt, because } = must(await readAudit(client, id, readingOf(call)));
  const { claims } = statement;
  const open = [...statement.sections].filter(([, section]) => section.state === "complete");
  const withheld = [...statement.sections].filter(([, section]) => section.state !== "complete").map(([name]) => name);
  const content = Object.fromEntries(open.map(([name, section]) => [name, section.members]));
  const lines = [
    `audit ${id} of ${claims.sub}, ${claims.provenance}, by ${claims.iss}`,
    `log index ${index}, admitted ${new Date(admittedAt).toISOString()}; signature, disclosures and proof hold`,
    `withheld: ${withheld.join(", ") || "nothing"}`,
    ...open.flatMap(([name]) => [`${name}:`, ...indented(content[name])]),
  ];
  const value = { audit: id, claims, index, admittedAt, because, withheld, content };
  return { value, text: `${lines.join("\n")}\n` };
}

/** JSON escapes control characters; what is left to guard are the ones it leaves, such as direction marks. */
const indented = (value: unknown): string[] =>
  JSON.stringify(value, null, 2)
    .split("\n")
    .map((line) => `  ${printable(line)}`);

export const READING_OPTIONS = { purpose: { type: "string" }, sections: { type: "string" } } as const;

export const auditCommands: readonly Command[] = [
  auditImport,
  {
    words: "audit list",
    usage: `--purpose ${PURPOSE_NAMES} [--site SITE]`,
    says: "lists the audits whose existence is open to you",
    example: "quasarix audit list --purpose audit-avoidance",
    options: { purpose: { type: "string" }, site: { type: "string" } },
    run: list,
  },
  {
    words: "audit show",
    usage: "AUDIT --purpose PURPOSE [--sections A,B|summary|findings|full]",
    says: "reads an audit, verifies it, and shows what is open to you; the supplier sees that you looked",
    example: "quasarix audit show 3q2-7w... --purpose due-diligence --sections findings",
    options: READING_OPTIONS,
    run: show,
  },
];

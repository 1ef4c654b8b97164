import { hashText } from "@quasarix/shared/statement/statement.ts";
import type { AuditSummary } from "@quasarix/shared/wire/sharing.ts";
import { readAudit } from "../audit-view.ts";
import type { Client } from "../client.ts";
import { bookFor } from "../frameworks.ts";
import { all } from "../routes.ts";
import { auditImport } from "./audit-import.ts";
import { answerText, lifecycleText, membersOf, responsesText, sectionsText, sharingText } from "./audit-text.ts";
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
} from "./command.ts";
import { PURPOSE_NAMES, purposeOf, readingOf } from "./reading.ts";
import { type ReadScore, readScores, scoresIn } from "./score-text.ts";
import { session } from "./session.ts";
import { table } from "./table.ts";

async function list(call: Call): Promise<Ended> {
  noArguments(call);
  const purpose = purposeOf(needed(call, "purpose"));
  const site = optional(call, "site");
  const { client, identity } = await session(call);
  const open = must(await all((cursor) => client.routes.audits({ cursor, limit: 100, purpose, site })));
  const audits = isSet(call, "waiting") ? await waitingOf(open, client, identity.org) : open;
  const rows = audits.map((it) => [
    it.audit,
    it.auditFrom,
    it.provenance,
    it.scheme,
    it.site,
    it.lifecycle.state,
    answerText(it.lifecycle),
    it.sections.join(","),
  ]);
  const header = ["audit", "date", "provenance", "scheme", "site", "state", "answer", "open"];
  return { value: audits, text: table(header, rows) };
}

/** Those of the asker's own sites that it has not answered, the soonest to be final first. */
async function waitingOf(audits: readonly AuditSummary[], client: Client, org: string): Promise<AuditSummary[]> {
  const sites = must(await all((cursor) => client.routes.sites({ cursor, limit: 100, supplier: org })));
  const own = new Set(sites.map(({ id }) => id));
  const until = ({ lifecycle }: AuditSummary) => lifecycle.finalAt ?? Number.MAX_SAFE_INTEGER;
  return audits
    .filter(({ site, lifecycle }) => own.has(site) && lifecycle.response === "awaited")
    .sort((a, b) => until(a) - until(b));
}

async function show(call: Call): Promise<Ended> {
  const id = argument(call, "AUDIT");
  const { client } = await session(call);
  const opened = must(await readAudit(client, id, readingOf(call)));
  const { statement, index, admittedAt, because, lifecycle } = opened;
  const { claims } = statement;
  const open = [...statement.sections].filter(([, section]) => section.state === "complete");
  const withheld = [...statement.sections].filter(([, section]) => section.state !== "complete").map(([name]) => name);
  const content = Object.fromEntries(open.map(([name, section]) => [name, section.members]));
  const scores = await scoresOf(client, claims.provenance ?? "", content);
  const lines = [
    `audit ${id} of ${claims.sub}, ${claims.provenance}, by ${claims.iss}`,
    `log index ${index}, admitted ${new Date(admittedAt).toISOString()}; signature, disclosures and proof hold`,
    ...(lifecycle ? lifecycleText(lifecycle) : []),
    ...sharingText(content["existence"]),
    `withheld: ${withheld.join(", ") || "nothing"}`,
    ...sectionsText(content, opened, scores),
    ...responsesText(opened),
  ];
  const responses = opened.responses.map((one) => ({
    statement: hashText(one.statement),
    type: one.type,
    claims: one.statement.claims,
    index: one.index,
    admittedAt: one.admittedAt,
    content: membersOf(one),
  }));
  const value = { audit: id, claims, index, admittedAt, because, lifecycle, withheld, content, scores, responses };
  return { value, text: `${lines.join("\n")}\n` };
}

type Content = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Scores of the consortium's own frameworks; of an audit without any the API is not asked. */
async function scoresOf(client: Client, provenance: string, content: Content): Promise<ReadScore[]> {
  const { scores, existence } = content;
  const entries = scoresIn(scores).map(({ scale }) => ({ scale }));
  const book = must(await bookFor(client, entries));
  const assessor = existence?.["assessor"] as { readonly kind: string } | undefined;
  return readScores(scores, { provenance, assessorKind: assessor?.kind ?? null }, book);
}

export const READING_OPTIONS = { purpose: { type: "string" }, sections: { type: "string" } } as const;

export const auditCommands: readonly Command[] = [
  auditImport,
  {
    words: "audit list",
    usage: `--purpose ${PURPOSE_NAMES} [--site SITE] [--waiting]`,
    says: "lists the audits whose existence is open to you; --waiting: those of your sites that wait for your answer",
    example: "quasarix audit list --purpose corrective-action --waiting",
    options: { purpose: { type: "string" }, site: { type: "string" }, waiting: { type: "boolean" } },
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

import { existsSync } from "node:fs";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { RELATIONS, type Relation } from "@quasarix/shared/duplicate/listing.ts";
import type { MemberList } from "../import/headings-list.ts";
import { previewLines } from "../import/headings-preview.ts";
import { applicationOf } from "../membership.ts";
import { identitiesIn, keysOf } from "../node/identity.ts";
import { importStore } from "../node/import-store.ts";
import { overlapStore } from "../node/overlap-store.ts";
import { answersCsv, rowAnswers } from "../overlap-answers.ts";
import { type OverlapRun, runOverlap } from "../overlap-run.ts";
import { readReview, reviewCsv } from "../review-file.ts";
import { type SiteAnswers, siteAnswers } from "../site-answers.ts";
import { agreed } from "./agreed.ts";
import { type Call, type Command, type Ended, isSet, must, optional } from "./command.ts";
import { EXIT, UsageError } from "./exit.ts";
import { chunksOf, writeOut } from "./input.ts";
import { choice, readListFile } from "./list-file.ts";
import { identityFor } from "./org.ts";
import { anothersText, overlapText, runText } from "./overlap-text.ts";
import { type Session, session } from "./session.ts";

const listJson = ({ sheet, dates, rows, problems, warnings }: MemberList) => ({
  encoding: sheet.encoding,
  delimiter: sheet.delimiter,
  headerLine: sheet.headerLine,
  columns: sheet.columns.map(({ heading, field, scheme }) => ({ heading, field, scheme })),
  unused: sheet.unused,
  dates,
  rows: rows.length,
  problems,
  warnings,
});

/** No identity yet: the keys are made on the spot; only the operator's yes is missing. */
async function application(call: Call, list: MemberList): Promise<Ended> {
  const name = optional(call, "name");
  if (name === undefined || optional(call, "api") === undefined)
    throw new UsageError("no identity here yet: give --name and --api, and your keys are made on the spot");
  // `--country` speaks of the rows, not of the member.
  const { handle, who } = await identityFor(
    { ...call, options: { ...call.options, country: undefined } },
    name,
    "member",
  );
  const claims = { name: who.name, kind: who.kind };
  const file = optional(call, "out") ?? `${handle}.application.json`;
  await writeOut(file, utf8(`${JSON.stringify(applicationOf(claims, await keysOf(who)), null, 2)}\n`));
  const next = [
    `Your keys are made and stay on this machine. Nothing was sent. To go on:`,
    `  1. give \`${file}\` to the operator; it holds no secret`,
    `  2. with what the operator sends back: quasarix org join ${handle}.admission.json --as ${handle}`,
    "  3. run this command again",
  ];
  const text = `${[...previewLines(list), ...next].join("\n")}\n`;
  return { value: { ...listJson(list), handle, application: file }, text };
}

async function isNobody(call: Call): Promise<boolean> {
  return (await identitiesIn(call.home)).length === 0;
}

/** What the member said of rows in doubt, in this review file or in an earlier one. */
async function answersFrom(call: Call, { client, identity }: Session): Promise<SiteAnswers> {
  const answers = await siteAnswers(client.keep, identity.org);
  const file = optional(call, "review");
  if (file === undefined || !existsSync(file)) return answers;
  const review = await readReview(chunksOf(file));
  if (review === null) throw new UsageError(`\`${file}\` is no review file`);
  const [first] = review.problems;
  if (first) throw new UsageError(`${file}:${first.line}: ${first.message}`);
  answers.add(review.said);
  await answers.save();
  return answers;
}

async function handIn(call: Call, from: Session, list: MemberList): Promise<OverlapRun> {
  const relation: Relation = choice(call, "relation", RELATIONS) ?? "current";
  const wait = Number(optional(call, "wait") ?? "120");
  if (!Number.isSafeInteger(wait) || wait < 0) throw new UsageError("--wait takes seconds");
  const run = await runOverlap(
    {
      client: from.client,
      author: from.author,
      relation,
      store: overlapStore(call.home, from.handle),
      claims: await importStore(call.home, from.handle, "overlap"),
      answers: await answersFrom(call, from),
      progress: call.terminal.progress,
      patience: wait * 1_000,
    },
    list.rows,
  );
  call.terminal.endProgress();
  const done = must(run);
  const file = optional(call, "review");
  if (file !== undefined && done.doubts.length > 0) await writeOut(file, utf8(reviewCsv(done.doubts)));
  return done;
}

async function overlap(call: Call): Promise<Ended> {
  const list = await readListFile(call);
  if (isSet(call, "preview")) return { value: listJson(list), text: `${previewLines(list).join("\n")}\n` };
  if (await isNobody(call)) return application(call, list);
  const from = await session(call);
  if (from.identity.kind !== "member") throw new UsageError("a list is handed in by a member");
  for (const line of previewLines(list)) call.terminal.note(line);
  const relation = optional(call, "relation") ?? "current";
  const says = `Signing this says: these are ${relation} suppliers of ours. Hand it in?`;
  if (!isSet(call, "yes") && !(await agreed(says))) {
    const text = "Nothing was signed or sent. With --yes it is.\n";
    return { value: { ...listJson(list), sent: false }, text, exit: EXIT.usage };
  }
  const run = await handIn(call, from, list);
  const view = must(await from.client.routes.overlap({}));
  const answers = rowAnswers(list.rows, run.sites, view.sites);
  const file = optional(call, "answers");
  if (file !== undefined) await writeOut(file, utf8(answersCsv(answers)));
  const isWhole = run.refused.length === 0 && list.problems.length === 0;
  return {
    value: { file: listJson(list), run: { ...run, sites: Object.fromEntries(run.sites) }, overlap: view },
    text: runText(run) + overlapText(view) + anothersText(answers, file),
    exit: isWhole ? EXIT.done : EXIT.refused,
  };
}

export const overlapCommand: Command = {
  words: "overlap",
  usage:
    "FILE [--preview] [--yes] [--relation current|intended] [--dates dmy|mdy] [--country XX] [--answers FILE.csv] [--review FILE.csv] [--wait SECONDS] [--name NAME --api URL [--out FILE]]",
  says: "one spreadsheet of sites and audits in; out comes which of them are audited already, as far as you may know; --answers writes it row by row",
  example: "quasarix overlap suppliers.csv --preview, then quasarix overlap suppliers.csv --answers answers.csv",
  options: {
    preview: { type: "boolean" },
    yes: { type: "boolean" },
    relation: { type: "string" },
    dates: { type: "string" },
    country: { type: "string" },
    answers: { type: "string" },
    review: { type: "string" },
    wait: { type: "string" },
    name: { type: "string" },
    out: { type: "string" },
  },
  run: overlap,
};

import { existsSync } from "node:fs";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { csvRow } from "@quasarix/shared/csv.ts";
import { RELATIONS, type Relation } from "@quasarix/shared/duplicate/listing.ts";
import { previewLines, problemText } from "../import/headings-preview.ts";
import { parseListMapping } from "../import/list-map.ts";
import { type ListRead, readMappedList } from "../import/list-rows.ts";
import { keepFiles } from "../node/keep-files.ts";
import { overlapStore } from "../node/overlap-store.ts";
import { placeKey } from "../overlap-places.ts";
import { readReview, reviewCsv } from "../review-file.ts";
import { type SiteAnswers, siteAnswers } from "../site-answers.ts";
import { importSites, type SiteImport, withoutOwnNumbers } from "../site-import.ts";
import { agreed } from "./agreed.ts";
import { argument, type Call, type Command, type Ended, isSet, must, optional } from "./command.ts";
import { EXIT, UsageError } from "./exit.ts";
import { chunksOf, readUtf8, writeOut } from "./input.ts";
import { readListFile } from "./list-file.ts";
import { type Session, session } from "./session.ts";

/** Through its mapping, or by its headings alone. */
async function readRows(call: Call, file: string): Promise<ListRead> {
  const map = optional(call, "map");
  if (map !== undefined) {
    const mapping = parseListMapping(await readUtf8(map));
    if (mapping.ok) return readMappedList(chunksOf(file), mapping.value);
    const problems = mapping.failure.map(({ pointer, message }) => `${pointer || "/"}: ${message}`);
    throw new UsageError(`\`${map}\` is no mapping: ${problems.join("; ")}`);
  }
  const read = await readListFile(call);
  for (const line of previewLines(read)) call.terminal.note(line);
  return { ...read, isRefused: false };
}

/** What a person wrote into the review file since the last run. A dry run forgets it again. */
async function takeAnswers(file: string, answers: SiteAnswers, isDry: boolean): Promise<readonly string[]> {
  if (!existsSync(file)) return [];
  const review = await readReview(chunksOf(file));
  if (review === null) throw new UsageError(`\`${file}\` is no review file: name another with --review`);
  answers.add(review.said);
  if (!isDry) await answers.save();
  return review.problems.map((one) => `${file}${problemText(one)}`);
}

function relationOf(call: Call): Relation {
  const named = optional(call, "relation") ?? "current";
  const relation = RELATIONS.find((one) => one === named);
  if (relation === undefined) throw new UsageError(`--relation is ${RELATIONS.join("|")}`);
  return relation;
}

function waitOf(call: Call): number {
  const seconds = Number(optional(call, "wait") ?? "120");
  if (!Number.isSafeInteger(seconds) || seconds < 0) throw new UsageError("--wait takes seconds");
  return seconds * 1_000;
}

async function run(call: Call, from: Session, rows: ListRead["rows"], answers: SiteAnswers): Promise<SiteImport> {
  const done = await importSites(
    {
      client: from.client,
      author: from.author,
      store: overlapStore(call.home, from.handle),
      progress: call.terminal.progress,
      patience: waitOf(call),
      relation: relationOf(call),
      answers,
      propose: isSet(call, "propose"),
      isDry: isSet(call, "dry-run"),
    },
    rows,
  );
  call.terminal.endProgress();
  return must(done);
}

interface Told {
  readonly review: string;
  readonly isDry: boolean;
  readonly propose: boolean;
}

function freshSays({ fresh, opened, waiting }: SiteImport, { isDry, propose }: Told): string {
  if (fresh === 0) return "0 new";
  if (!propose) return `${fresh} new; with --propose the platform opens them, in nobody's name`;
  if (isDry) return `${fresh} new`;
  const rest = waiting > 0 ? `, ${waiting} wait for their round: run this again` : "";
  return `${fresh} new: ${opened} opened and listed${rest}`;
}

function textOf(it: SiteImport, told: Told): string[] {
  const listed = it.listed - it.openedSites;
  const asks = it.doubts.length > 0 && !told.isDry;
  return [
    `${it.places} places${it.repeats > 0 ? ` (${it.repeats} rows repeat another)` : ""}`,
    `${it.matched} matched, to ${it.standing + listed} sites: ${it.standing} on your list already, ${listed} ${told.isDry ? "to be listed" : "listed now"}`,
    `${it.doubts.length} to review${asks ? `: write y or n under \`answer\` in ${told.review}, and run this again` : ""}`,
    freshSays(it, told),
    ...it.refused.map(({ line, says }) => (line > 0 ? `line ${line}: ${says}` : says)),
    ...(told.isDry ? ["Dry run: nothing was signed, sent or written."] : []),
  ];
}

/** Which site each row is: for columns of one's own. */
const matchedCsv = (rows: ListRead["rows"], { sites }: SiteImport): string =>
  [
    csvRow(["line", "site", "name", "city", "country"]),
    ...rows.map(({ line, place }) =>
      csvRow([
        String(line),
        sites.get(placeKey(withoutOwnNumbers(place))) ?? "",
        place.name,
        place.city ?? "",
        place.country,
      ]),
    ),
  ].join("");

const reviewOf = (call: Call, file: string): string =>
  optional(call, "review") ?? `${file.replace(/\.csv(\.gz)?$/i, "")}.review.csv`;

async function writeFiles(call: Call, review: string, rows: ListRead["rows"], done: SiteImport): Promise<void> {
  if (done.doubts.length > 0 || existsSync(review)) await writeOut(review, utf8(reviewCsv(done.doubts)));
  const out = optional(call, "out");
  if (out !== undefined) await writeOut(out, utf8(matchedCsv(rows, done)));
}

async function importList(call: Call): Promise<Ended> {
  const file = argument(call, "FILE");
  const [review, isDry] = [reviewOf(call, file), isSet(call, "dry-run")];
  const { rows, isRefused, ...read } = await readRows(call, file);
  const problems = [...read.problems, ...read.warnings].map(problemText);
  if (isRefused) return { value: read, text: `${problems.join("\n")}\nthe file is refused\n`, exit: EXIT.refused };
  const from = await session(call);
  const question = `Signing this says: these are ${relationOf(call)} suppliers of ours. Go on?`;
  if (!isDry && !isSet(call, "yes") && !(await agreed(question))) {
    const text = "Nothing was signed or sent. With --yes it is; --dry-run looks first.\n";
    return { value: { sent: false, ...read }, text, exit: EXIT.usage };
  }
  const answers = await siteAnswers(keepFiles(call.home), from.identity.org);
  const badAnswers = await takeAnswers(review, answers, isDry);
  const done = await run(call, from, rows, answers);
  if (!isDry) await writeFiles(call, review, rows, done);
  const { sites, doubts, ...counts } = done;
  const isWhole = read.problems.length + badAnswers.length + done.refused.length === 0;
  const says = textOf(done, { review, isDry, propose: isSet(call, "propose") });
  return {
    value: { ...counts, toReview: doubts.length, review, sites: Object.fromEntries(sites), dryRun: isDry, ...read },
    text: `${[...problems, ...badAnswers, ...says].join("\n")}\n`,
    exit: isWhole ? EXIT.done : EXIT.refused,
  };
}

export const siteImportCommand: Command = {
  words: "site import",
  usage:
    "FILE [--map MAPPING] [--dry-run] [--yes] [--propose] [--relation current|intended] [--dates dmy|mdy] [--country XX] [--review FILE] [--out FILE] [--wait SECONDS]",
  says: "your list of suppliers against the registry: matched, to review, new. Nobody but you learns who is on it",
  example: "quasarix site import suppliers.csv --dry-run",
  options: {
    map: { type: "string" },
    "dry-run": { type: "boolean" },
    yes: { type: "boolean" },
    propose: { type: "boolean" },
    relation: { type: "string" },
    dates: { type: "string" },
    country: { type: "string" },
    review: { type: "string" },
    out: { type: "string" },
    wait: { type: "string" },
  },
  run: importList,
};

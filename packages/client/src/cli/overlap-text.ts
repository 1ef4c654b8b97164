import type { OverlapView } from "@quasarix/shared/wire/overlap.ts";
import { isAnothers, type RowAnswer } from "../overlap-answers.ts";
import type { OverlapRun } from "../overlap-run.ts";
import type { Doubt } from "../review-file.ts";
import { printable, table } from "./table.ts";

const SHOWN = 20;

const range = ([least, most]: readonly [number, number]): string =>
  least === most ? String(least) : `${least.toLocaleString("en")} to ${most.toLocaleString("en")}`;

/** `1 site`, `2 sites`. */
const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

function doubtText({ place, candidates }: Doubt): string {
  const [first] = candidates;
  if (!first) return `  ${printable(place.name)}`;
  const { name, address, city, id } = first.site;
  const theirs = [name, address ?? city ?? "", id].filter((it) => it !== "").join(", ");
  return `  ${printable(place.name)} = ${printable(theirs)}? ${first.reasons.join("; ")}`;
}

/** Two places of a file may be opened as one. */
const asSites = ({ opened, openedSites }: OverlapRun): string =>
  openedSites === opened ? "" : ` (as ${counted(openedSites, "site")})`;

/** What became of the file. */
export function runText(run: OverlapRun): string {
  const { claimed, known } = run.claims;
  const lines = [
    `${run.matched} places of yours were on file, ${run.opened} were opened for you${asSites(run)}; ${run.listed} new on your list`,
    `${counted(claimed, "audit")} handed in as listed, ${known} by an earlier run`,
  ];
  const unopened = Math.max(run.waiting, run.fresh - run.opened - run.refused.length);
  if (unopened > 0)
    lines.push(`${counted(unopened, "new place")} not opened yet: run the same command again after the next round`);
  if (!run.isTaken) lines.push("intake's round is not over: run the same command again to have these audits counted");
  if (run.doubts.length > 0) {
    lines.push(`${counted(run.doubts.length, "place")} may be a site on file, and a person has to say:`);
    lines.push(...run.doubts.slice(0, SHOWN).map(doubtText));
    if (run.doubts.length > SHOWN) lines.push(`  and ${run.doubts.length - SHOWN} more`);
    lines.push("`--review FILE` writes them side by side; write y or n there and run the same command again");
  }
  for (const { line, says } of run.refused.slice(0, SHOWN)) lines.push(line > 0 ? `line ${line}: ${says}` : says);
  return `${lines.join("\n")}\n`;
}

const when = (closedAt: number | null): string =>
  closedAt === null ? "never" : `${new Date(closedAt).toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** As of what: the sentence that stands under every answer. */
export function asOfText({ asOf, detail }: Pick<OverlapView, "asOf" | "detail">): string {
  if (asOf.batch === 0)
    return "No batch is closed yet: of other members nothing is said until the first one is. Your own audits are counted.\n";
  const few = detail === "yes-no" ? " Below 8 active members the answer is yes or no alone." : "";
  return `As of batch ${asOf.batch}, closed ${when(asOf.closedAt)}: what other members did later is in the next one.${few}\n`;
}

const NEED_SAYS: Readonly<Record<OverlapView["need"], string>> = {
  asked: "as you asked",
  policy: "by your acceptance policy",
  valid: "valid today; `quasarix policy publish` says more closely what you take",
};

function countRows({ counts, detail }: OverlapView): string[][] {
  const others = counts.usable - counts.own;
  const rows = [
    ["sites on your list", String(counts.sites)],
    ["with a usable audit on file", String(counts.usable)],
    ["  of these by another member's", String(others)],
    ["  of these by your own", String(counts.own)],
  ];
  if (detail === "yes-no") return [...rows, ["without one", String(counts.sites - counts.usable)]];
  return [
    ...rows,
    ["planned by another member", String(counts.planned ?? 0)],
    ["expired", String(counts.expired ?? 0)],
    ["nothing known", String(counts.unknown ?? 0)],
  ];
}

/** Counts, days and money, and as of when. */
export function overlapText(view: OverlapView): string {
  const { audits, days, money, estimate } = view.atStake;
  const stake =
    audits === 0
      ? "No audit of another member would spare you one today.\n"
      : `At stake: ${counted(audits, "audit")} that you need not order, ${range(days)} auditor days, ${money.currency} ${range(money.amount)}. ${estimate}\n`;
  return `${table(["", ""], countRows(view))}Usable: ${NEED_SAYS[view.need]}.\n${stake}${asOfText(view)}`;
}

/** Where an audit need not be ordered, and what to do next. `file`: where every row was written. */
export function anothersText(answers: readonly RowAnswer[], file: string | undefined): string {
  const theirs = answers.filter(isAnothers);
  const rows = theirs
    .slice(0, SHOWN)
    .map(({ line, place, known }) => [`  line ${line}`, place.name, known?.site ?? ""]);
  const more = theirs.length > SHOWN ? [`  and ${theirs.length - SHOWN} more`] : [];
  const named = [
    "Audited already, by another member's audit:",
    table(["", "", ""], rows).trimEnd(),
    ...more,
    "`quasarix request ask --site SITE` asks the supplier to show it to you",
  ];
  const where = file === undefined ? "`--answers FILE.csv` writes the answer row by row" : `Row by row: ${file}`;
  return `${[...(theirs.length === 0 ? [] : named), where].join("\n")}\n`;
}

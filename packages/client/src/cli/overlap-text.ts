import type { OverlapView } from "@quasarix/shared/wire/overlap.ts";
import type { OverlapRun } from "../overlap-run.ts";
import { printable, table } from "./table.ts";

const SHOWN = 20;

const range = ([least, most]: readonly [number, number]): string =>
  least === most ? String(least) : `${least.toLocaleString("en")} to ${most.toLocaleString("en")}`;

/** `1 site`, `2 sites`. */
const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** What became of the file. */
export function runText(run: OverlapRun): string {
  const { claimed, known } = run.claims;
  const lines = [
    `${run.matched} sites of yours were on file, ${run.opened} were opened for you; ${run.listed} new on your list`,
    `${counted(claimed, "audit")} handed in as listed, ${known} by an earlier run`,
  ];
  if (run.waiting > 0)
    lines.push(`${counted(run.waiting, "proposed site")} wait for the next round: run the same command again after it`);
  if (!run.isTaken) lines.push("intake's round is not over: run the same command again to have these audits counted");
  if (run.toReview.length > 0)
    lines.push(`${counted(run.toReview.length, "row")} may be a site on file, and a person has to say:`);
  for (const { line, place, candidates } of run.toReview.slice(0, SHOWN)) {
    const [first] = candidates;
    const theirs = first ? `${first.site.name}, ${first.site.address ?? first.site.city ?? ""} (${first.site.id})` : "";
    lines.push(`  line ${line}: ${printable(place.name)} = ${printable(theirs)}? ${first?.reasons.join("; ") ?? ""}`);
  }
  if (run.toReview.length > SHOWN) lines.push(`  and ${run.toReview.length - SHOWN} more`);
  if (run.toReview.length > 0)
    lines.push("`--review FILE` writes them side by side; write y or n there and run the same command again");
  for (const { line, why } of run.refused.slice(0, SHOWN)) lines.push(`line ${line}: ${why}`);
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
  return table(["", ""], countRows(view)) + stake + asOfText(view);
}

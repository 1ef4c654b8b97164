import type { HandedIn } from "./hand-in.ts";
import { type TriedSheet, WANTED } from "./try.ts";

const sum = (handedIn: readonly HandedIn[], of: (one: HandedIn) => number): number =>
  handedIn.reduce((so, one) => so + of(one), 0);
const number = (count: number): string => count.toLocaleString("en");
const range = ([least, most]: readonly [number, number]): string => `${number(least)} to ${number(most)}`;

function came({ handedIn, logSize, seconds, slips }: TriedSheet, sites: number): string[] {
  const claims = sum(handedIn, ({ run }) => run.claims.claimed);
  const rate = (claims / seconds.handIn).toFixed(0);
  return [
    `IN: ${handedIn.length} members' lists, made from ${number(sites)} real sites; the audits on them are made up`,
    `  ${number(sum(handedIn, ({ rows }) => rows))} rows read by their headings alone, ${sum(handedIn, ({ problems }) => problems)} not taken`,
    `  ${number(claims)} audits signed and on file, each as listed: a claim without a report`,
    `  handed in, matched and re-issued in ${seconds.handIn.toFixed(0)} s (${rate} audits/s); ${number(logSize)} statements in the log`,
    `  ${number(slips.asked)} times a person had to say whether two sites are one (the script answered for them);`,
    `  ${slips.joined} sites hold several lines of the sources, ${slips.apart} lines of the sources became several sites`,
  ];
}

const or = (count: number | null): string => (count === null ? "not told (below five members)" : number(count));

function duplicates({ totals }: TriedSheet): string[] {
  const { sites, shared, usable, audits, heldTwice } = totals;
  const spare = usable === null || audits === null ? null : audits - usable;
  return [
    "OUT, what the secretariat is told (totals, never whose):",
    `  ${or(sites)} sites on any list, ${or(shared)} of them on more than one`,
    `  ${or(usable)} of these have an audit that is valid today; ${or(audits)} valid audits stand there, so ${or(spare)} are duplicates`,
    `  ${or(heldTwice)} audits are on the lists of several members: one report, already shared`,
  ];
}

function gapLines(gaps: TriedSheet["gaps"]): string[] {
  if (gaps === null) return ["  gaps: not told below eight members"];
  return [
    `  gaps: asked for ${WANTED.join(" and ")}, ${number(gaps.whole)} lines have an audit that is shown to cover them; for`,
    `  ${number(gaps.lines)} lines at ${number(gaps.sites)} sites no sourced clause of its scheme and version says so: a gap audit is enough there`,
  ];
}

function answers({ sums, joint, gaps, seconds }: TriedSheet): string[] {
  return [
    "OUT, what the members are told (each of its own list; added up here, which nobody else can):",
    `  ${number(sums.lines)} lines: ${number(sums.own)} covered by the member's own audit, ${number(sums.others)} by another member's,`,
    `  ${number(sums.expired)} expired, ${number(sums.unknown)} with nothing known`,
    `  audits that need not be ordered: ${number(sums.others)}, ${range(sums.days)} auditor days, USD ${range(sums.money)} (an estimate)`,
    `  joint candidates: after ${number(joint.intents)} intents, ${number(joint.lines)} lines at ${number(joint.sites)} sites hear that one is planned`,
    ...gapLines(gaps),
    `  all ${number(sums.lines)} lines answered in ${seconds.ask.toFixed(1)} s`,
  ];
}

/** What a secretariat that kept this in one spreadsheet would want to read. */
export function triedText(tried: TriedSheet, sites: number): string {
  const { all, server } = tried.seconds;
  const cpu = server === null ? "" : `, ${server.toFixed(0)} s of CPU in the server`;
  return ["", ...came(tried, sites), ...duplicates(tried), ...answers(tried), `${all.toFixed(0)} s in all${cpu}`].join(
    "\n",
  );
}

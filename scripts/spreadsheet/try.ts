import type { Progress } from "@quasarix/client/whole-log.ts";
import type { OverlapTotals, OverlapView } from "@quasarix/shared/wire/overlap.ts";
import type { Workerd } from "../../bench/workerd.ts";
import { logSize, waitForPublication } from "../chicago/log-state.ts";
import { OPERATOR, onTrial } from "../chicago/trial.ts";
import { admitAll } from "../demonstration/admit.ts";
import { found, type Party } from "../demonstration/party.ts";
import { answersOf, awaitBatch, type Summed, summed } from "./answers.ts";
import { type HandedIn, handInAll, Truth } from "./hand-in.ts";
import type { Holding } from "./holdings.ts";
import { membersFor } from "./members.ts";
import { planAhead } from "./plan-ahead.ts";

/** What is looked for in an audit that is on file, to see where a gap audit would do. */
export const WANTED = ["health-and-safety", "working-hours"];

export interface TriedSheet {
  readonly handedIn: readonly HandedIn[];
  readonly logSize: number;
  readonly totals: OverlapTotals;
  /** Lines of all lists together. */
  readonly sums: Summed;
  /** Sites for which a member that needs an audit finds that another has planned one. */
  readonly joint: { readonly intents: number; readonly sites: number; readonly lines: number };
  /** By the topics of `WANTED`; null below eight members. */
  readonly gaps: { readonly sites: number; readonly lines: number; readonly whole: number } | null;
  readonly slips: { readonly asked: number; readonly joined: number; readonly apart: number };
  readonly seconds: Readonly<Record<"handIn" | "ask" | "plan" | "all", number>> & { readonly server: number | null };
}

/** Founds a consortium in `folder`, has every member hand in its list, and asks what comes out; ends what it started. */
export async function trySpreadsheet(
  holdings: readonly Holding[],
  { folder, progress }: { readonly folder: string; readonly progress: Progress },
): Promise<TriedSheet> {
  const began = performance.now();
  return onTrial(folder, (workerd, home) => tryOn(workerd, home, holdings, progress, began));
}

async function tryOn(
  { origin, cpuSeconds }: Workerd,
  home: string,
  holdings: readonly Holding[],
  progress: Progress,
  began: number,
): Promise<TriedSheet> {
  const { place, by } = await found(home, origin, OPERATOR);
  const newcomers = membersFor(holdings.length);
  const admitted = await admitAll(place, by, newcomers, progress);
  const parties = newcomers.map(({ handle }) => admitted.get(handle) as Party);
  const handing = stopwatch();
  const truth = new Truth();
  const handedIn = await handInAll(place, parties, holdings, truth, progress);
  const handIn = handing();
  const totals = await awaitBatch(by, Date.now());
  const asking = stopwatch();
  const views = await answersOf(parties, {}, "asked", progress);
  const ask = asking();
  // Among few members nobody is told what an audit lacks.
  const isDetailed = views.every(({ detail }) => detail === "states");
  const lacking = isDetailed ? await answersOf(parties, { topics: WANTED }, "gaps", progress) : null;
  const planning = stopwatch();
  const intents = await planAhead(parties, views, Date.now(), progress);
  await awaitBatch(by, Date.now());
  const later = await answersOf(parties, {}, "planned", progress);
  await waitForPublication(origin);
  return {
    handedIn,
    logSize: await logSize(origin),
    totals,
    sums: summed(views),
    joint: { intents, ...inStates(later, (site) => site.state === "planned") },
    gaps: lacking && {
      ...inStates(lacking, ({ missing }) => missing !== null && missing.length > 0),
      whole: inStates(lacking, ({ missing }) => missing?.length === 0).lines,
    },
    slips: { asked: truth.asked, ...truth.slips() },
    seconds: { handIn, ask, plan: planning(), all: (performance.now() - began) / 1000, server: cpuSeconds() },
  };
}

/** Sites of which it holds on any list, and lines of lists. */
function inStates(views: readonly OverlapView[], holds: (site: OverlapView["sites"][number]) => boolean) {
  const found = views.flatMap(({ sites }) => sites.filter(holds).map(({ site }) => site));
  return { sites: new Set(found).size, lines: found.length };
}

function stopwatch(): () => number {
  const began = performance.now();
  return () => (performance.now() - began) / 1000;
}

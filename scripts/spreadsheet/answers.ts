import { atOnce } from "@quasarix/client/at-once.ts";
import type { Progress } from "@quasarix/client/whole-log.ts";
import type { OverlapAsk, OverlapTotals, OverlapView } from "@quasarix/shared/wire/overlap.ts";
import { must, type Party } from "../demonstration/party.ts";

const AT_ONCE = 2;
const QUIET_MS = 5_000;

/**
 * The discovery batch that has all in it that was said before `after` (Unix ms): one that closed later, or the last one
 * once no other follows it, since none closes while nothing is new.
 */
export async function awaitBatch({ client }: Party, after: number): Promise<OverlapTotals> {
  const { host, routes } = client;
  let since = host.now();
  for (let last = -1; ; await host.wait(500)) {
    const totals = must(await routes.overlapTotals());
    const { batch, closedAt } = totals.asOf;
    if ((closedAt ?? 0) > after || (batch > 0 && host.now() - since > QUIET_MS)) return totals;
    if (batch !== last) since = host.now();
    if (host.now() - since > 12 * QUIET_MS) throw new Error("no discovery batch closes");
    last = batch;
  }
}

/** What every member is told of its own list. */
export async function answersOf(
  parties: readonly Party[],
  ask: OverlapAsk,
  step: string,
  progress: Progress,
): Promise<OverlapView[]> {
  let asked = 0;
  return atOnce(AT_ONCE, parties, async ({ client }) => {
    const view = must(await client.routes.overlap(ask));
    progress(step, ++asked, parties.length);
    return view;
  });
}

export interface Summed {
  readonly lines: number;
  readonly usable: number;
  readonly own: number;
  readonly others: number;
  readonly expired: number;
  readonly planned: number;
  readonly unknown: number;
  /** Usable, but for topics that it lacks. */
  readonly gaps: number;
  readonly days: readonly [number, number];
  readonly money: readonly [number, number];
}

const plus = (a: readonly [number, number], b: readonly [number, number]) => [a[0] + b[0], a[1] + b[1]] as const;

/** Of all members together: lines of lists, so that a site on five lists counts five times. Nobody but this script sees all of them. */
export const summed = (views: readonly OverlapView[]): Summed =>
  views.reduce<Summed>(
    (sum, { counts, sites, atStake }) => ({
      lines: sum.lines + counts.sites,
      usable: sum.usable + counts.usable,
      own: sum.own + counts.own,
      others: sum.others + counts.usable - counts.own,
      expired: sum.expired + (counts.expired ?? 0),
      planned: sum.planned + (counts.planned ?? 0),
      unknown: sum.unknown + (counts.unknown ?? 0),
      gaps: sum.gaps + sites.filter(({ missing }) => missing !== null && missing.length > 0).length,
      days: plus(sum.days, atStake.days),
      money: plus(sum.money, atStake.money.amount),
    }),
    {
      lines: 0,
      usable: 0,
      own: 0,
      others: 0,
      expired: 0,
      planned: 0,
      unknown: 0,
      gaps: 0,
      days: [0, 0],
      money: [0, 0],
    },
  );

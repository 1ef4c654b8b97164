import { frameworkOf } from "@quasarix/client/framework-drafts.ts";
import { QUASARIX_1 } from "@quasarix/shared/benchmark/framework/quasarix/first.ts";
import type { Plan } from "@quasarix/shared/benchmark/plan.ts";
import { type Bytes, utf8 } from "@quasarix/shared/bytes.ts";
import { vi } from "vitest";
import type { ApiSlice } from "../../workers/env.ts";
import { AT, tokenFor } from "../api/signed-asks.ts";
import { clock, send } from "../api/small-api.ts";
import { auditAll, look, type Pool, planIn, pool, propose, put, vote } from "../benchmark/pool.ts";
import { env } from "../workerd-env.ts";
import type { Org } from "../world.ts";

/** A consortium with one founding release, one plan that waits, one that nobody adopted and one that was never put. */
export interface House {
  readonly pool: Pool;
  /** May re-run the release. */
  readonly auditor: Org;
  readonly plan: Plan;
  readonly planFile: Bytes;
  /** The waiting plan's cohort. */
  readonly year: string;
  /** Hashes of plans. */
  readonly plans: Record<"published" | "waiting" | "unadopted" | "unput", string>;
  readonly cohort: string;
}

export const METRICS = ["findings/critical", "score/quasarix@1/data-sharing"];

/** Stands still, or moves to this instant (Unix seconds): for the Worker, its objects and its callers. */
export const setClock = (seconds: number): void => {
  vi.useFakeTimers({ toFake: ["Date"], now: seconds * 1000 });
};

/** Eight members with five sites each. Critical findings are published, a benchmark withheld: nobody has a score. */
export async function house(): Promise<House> {
  const made = await pool(8, 5);
  const auditor = await made.world.admit("auditor of releases", "auditor");
  await made.world.say(made.world.operator, frameworkOf(env.ORIGIN, QUASARIX_1));
  await auditAll(made, "2036-03-04");
  const now = Math.floor(Date.now() / 1000);
  const ask = { kind: "founding" as const, metrics: METRICS, auditors: [auditor.id] };
  const published = await propose(made, { ...ask, commitBy: now + 600 });
  const unadopted = await propose(made, { ...ask, commitBy: now + 601 });
  const unput = await propose(made, { ...ask, commitBy: now + 602 });
  // Not the founding cohort's: a release that is due long after it.
  const year = `${new Date(Date.now()).getUTCFullYear() + 1}`;
  const waiting = await propose(made, { kind: "year", from: year, metrics: METRICS, auditors: [auditor.id] });
  for (const one of [published, unadopted, waiting]) await put(made, one);
  for (const one of [published, waiting]) for (const who of made.members.slice(0, 5)) await vote(made, who, one.plan);
  await look();
  const plan = planIn(published);
  return {
    ...{
      pool: made,
      auditor,
      year,
      plan,
      planFile: utf8(published.file),
      cohort: plan.series[0]?.cohorts[0]?.id ?? "",
    },
    plans: { published: published.plan, waiting: waiting.plan, unadopted: unadopted.plan, unput: unput.plan },
  };
}

/** To a while after the founding cohort may be published, and publishes it. */
export async function publishFounding({ plan }: House): Promise<void> {
  setClock((plan.series[0]?.cohorts[0]?.notBefore ?? 0) + 5);
  await look();
  await look();
}

export interface Ask {
  /** With its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One signed GET through the real API; `over` takes the place of what it stands on. */
export async function api(who: Org, { path, headers = {} }: Ask, over: Partial<ApiSlice> = {}): Promise<Response> {
  clock.now = Date.now();
  const token = await tokenFor(who.auth, who.id, { method: "GET", path });
  return send(new Request(AT + path, { headers: { ...headers, Authorization: `Bearer ${token}` } }), over);
}

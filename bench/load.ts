import { once } from "node:events";
import { Worker } from "node:worker_threads";

export interface LoadRequest {
  readonly method: "GET" | "POST";
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface LoadPlan {
  /** Loopback only: anything else throws. Each client keeps to one of them. */
  readonly origins: readonly string[];
  /** Each is sent once, in order; signed requests are made beforehand, so that their cost is not measured. */
  readonly requests: readonly LoadRequest[];
  /** Closed loop: each client sends its next request when it has its last answer whole, and ends when none comes. */
  readonly clients: number;
  /** No request starts later than this. */
  readonly maxSeconds: number;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface LoadResult {
  /** Requests that were answered. */
  readonly answered: number;
  readonly seconds: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** In the order of the requests; null where none came, because time ran out or the server was gone. */
  readonly answers: readonly (Answer | null)[];
}

/** Runs in a thread of its own, so that the caller's work does not delay the clients. */
export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  for (const origin of plan.origins) {
    const { hostname, protocol } = new URL(origin);
    if (protocol !== "http:" || hostname !== "127.0.0.1") throw new Error(`\`${origin}\` is not loopback`);
  }
  const thread = new Worker(new URL("./load-thread.ts", import.meta.url), { workerData: plan });
  const [result] = (await once(thread, "message")) as [LoadResult];
  await thread.terminate();
  return result;
}

/** The value that at least `share` of them do not exceed (nearest rank); NaN for none. `sorted` ascends. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

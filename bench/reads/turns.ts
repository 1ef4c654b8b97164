import type { Org } from "../../test/world.ts";
import type { Consortium } from "../append/consortium.ts";
import { type LoadResult, quantile, runLoad } from "../load.ts";
import type { Ratio, Row } from "../table.ts";

/** One question, asked over and over. */
export interface Question {
  readonly name: string;
  readonly consortium: Consortium;
  /** The n-th request's asker and path. */
  readonly ask: (n: number) => { readonly who: Org; readonly path: string };
  readonly clients: number;
  /** Throws on an answer that is not what is measured. */
  readonly check: (body: string) => void;
}

const ROUNDS = 5;
const WARM_UP = 20;

interface Round {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMicros: number | null;
  /** Answered with 503. */
  readonly busy: number;
}

/** Each has its turn in every round, so that what else the machine does falls on all. A row's figures are the medians of its rounds. */
export async function inTurns(questions: readonly Question[], reads: number): Promise<Row[]> {
  for (const question of questions) await round(question, WARM_UP);
  const rounds = questions.map((): Round[] => []);
  for (let turn = 0; turn < ROUNDS; turn++)
    for (const [i, question] of questions.entries()) rounds[i]?.push(await round(question, reads));
  return questions.map((question, i) => rowOf(question, rounds[i] as Round[]));
}

async function round({ consortium, ask, clients, check }: Question, reads: number): Promise<Round> {
  const { workerd } = consortium;
  const requests = await Promise.all(
    Array.from({ length: reads }, (_, n) => {
      const { who, path } = ask(n);
      return consortium.get(who, path);
    }),
  );
  const before = workerd.cpuSeconds();
  const result = await runLoad({ origins: workerd.origins, requests, clients, maxSeconds: 50 });
  const after = workerd.cpuSeconds();
  const served = servedOf(result, check);
  const { answered, seconds, p50Ms, p99Ms } = result;
  const cpuMicros = before === null || after === null ? null : ((after - before) * 1e6) / served;
  return { perSecond: served / seconds, p50Ms, p99Ms, cpuMicros, busy: answered - served };
}

/** How many were read. The log may be too busy for some; any other refusal throws: it would be a bench of refusals. */
function servedOf({ answers }: LoadResult, check: Question["check"]): number {
  const served = answers.filter((answer) => answer !== null && answer.status !== 503);
  for (const answer of served) {
    if (answer?.status !== 200) throw new Error(`${answer?.status} ${answer?.body}`);
    check(answer.body);
  }
  return served.length;
}

function rowOf({ name, clients }: Question, rounds: readonly Round[]): Row {
  const middle = (of: (one: Round) => number) =>
    quantile(
      rounds.map(of).sort((a, b) => a - b),
      0.5,
    );
  const busy = rounds.reduce((sum, one) => sum + one.busy, 0);
  return {
    ...(busy > 0 && { note: `${busy} refused as overloaded` }),
    name: `${name}, ${clients} ${clients === 1 ? "client" : "clients"}`,
    perSecond: middle(({ perSecond }) => perSecond),
    unit: "reads",
    p50Ms: middle(({ p50Ms }) => p50Ms),
    p99Ms: middle(({ p99Ms }) => p99Ms),
    cpuMicros: rounds.some(({ cpuMicros }) => cpuMicros === null) ? null : middle(({ cpuMicros }) => cpuMicros ?? 0),
  };
}

export const FLAT = "at most 1.2";

/** How many times as long, and as much processor time, `large` takes. */
export function growth(name: string, small: Row, large: Row): Ratio[] {
  const time = { name: `${name}: time`, value: small.perSecond / large.perSecond, aim: FLAT };
  if (!small.cpuMicros || !large.cpuMicros) return [time];
  return [time, { name: `${name}: processor time`, value: large.cpuMicros / small.cpuMicros, aim: FLAT }];
}

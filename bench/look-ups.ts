import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Steps, steps } from "../scripts/progress.ts";
import { quantile } from "./load.ts";
import type { LookUpReply, LookUpsRequest } from "./look-ups/request.ts";
import type { Ratio, Results, Row } from "./table.ts";
import { startWorkerd, type Workerd } from "./workerd.ts";

const SIZES = [1_000, 100_000, 1_000_000];
const SMALL_SIZES = [1_000, 10_000, 100_000];
/** A site that is written has some fifteen rows. */
const FILLED_AT_ONCE = 1_000;
const ROUNDS = 5;
const LOOK_UPS = 200;
const WARM_UP = 100;
const IMPORTED = 10_000;
const ASKED_AT_ONCE = 500;
const FLAT = "at most 2";

interface Registry {
  readonly size: number;
  readonly state: string;
  readonly workerd: Workerd;
}

/** Look-ups of one place in registries of three sizes, and the list of a member against the largest. */
export async function lookUpResults(isSmall: boolean): Promise<Results> {
  const bar = steps(process.stderr);
  const registries: Registry[] = [];
  try {
    for (const size of isSmall ? SMALL_SIZES : SIZES) registries.push(await filled(size, bar));
    const rows = await inTurns(registries);
    const list = await imported(registries.at(-1) as Registry, bar);
    bar.end();
    return {
      rows: [...rows.map(({ row }) => row), list],
      ratios: rows.slice(1).flatMap((one) => growth(rows, one)),
      skipped: [],
    };
  } finally {
    for (const { workerd, state } of registries) {
      await workerd.kill("SIGKILL");
      await rm(state, { recursive: true, force: true });
    }
  }
}

async function filled(size: number, bar: Steps): Promise<Registry> {
  const state = await mkdtemp(path.join(tmpdir(), "quasarix-look-ups-"));
  const workerd = await startWorkerd({ state, wranglerToml: path.join(import.meta.dirname, "look-ups/wrangler.toml") });
  for (let from = 0; from < size; from += FILLED_AT_ONCE) {
    await ask(workerd, { do: "fill", from, count: Math.min(FILLED_AT_ONCE, size - from) });
    bar.progress(`${count(size)} sites`, from + FILLED_AT_ONCE, size);
  }
  return { size, state, workerd };
}

const count = (of: number): string => of.toLocaleString("en-GB");

async function ask(workerd: Workerd, request: LookUpsRequest): Promise<Response> {
  const reply = await fetch(workerd.origin, { method: "POST", body: JSON.stringify(request) });
  if (!reply.ok) throw new Error(`look-ups \`${request.do}\`: ${reply.status} ${await reply.text()}`);
  return reply;
}

const lookUp = async ({ workerd, size }: Registry, seed: number, places: number): Promise<LookUpReply> =>
  (await ask(workerd, { do: "look-up", size, seed, count: places })).json() as Promise<LookUpReply>;

interface Measured {
  readonly size: number;
  readonly row: Row;
  readonly candidates: number;
}

interface Turn {
  readonly times: number[];
  readonly replies: LookUpReply[];
  cpuSeconds: number | null;
}

/** Each has its turn in every round, so that what else the machine does falls on all. */
async function inTurns(registries: readonly Registry[]): Promise<Measured[]> {
  const turns = registries.map((): Turn => ({ times: [], replies: [], cpuSeconds: 0 }));
  for (const registry of registries) for (let n = 0; n < WARM_UP; n++) await lookUp(registry, -1 - n, 1);
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, registry] of registries.entries()) await turn(registry, round * LOOK_UPS, turns[i] as Turn);
  return registries.map(({ size }, i) => measured(size, turns[i] as Turn));
}

async function turn(registry: Registry, from: number, into: Turn): Promise<void> {
  const before = registry.workerd.cpuSeconds();
  for (let n = 0; n < LOOK_UPS; n++) {
    const started = performance.now();
    into.replies.push(await lookUp(registry, from + n, 1));
    into.times.push(performance.now() - started);
  }
  const after = registry.workerd.cpuSeconds();
  const isKnown = into.cpuSeconds !== null && before !== null && after !== null;
  into.cpuSeconds = isKnown ? (into.cpuSeconds ?? 0) + after - before : null;
}

function measured(size: number, { times, replies, cpuSeconds }: Turn): Measured {
  const sites = replies.flatMap((reply) => reply.sites).sort((a, b) => a - b);
  const candidates = sites.reduce((sum, n) => sum + n, 0) / sites.length;
  const ascending = times.toSorted((a, b) => a - b);
  const note = `${candidates.toFixed(1)} compared (p99 ${quantile(sites, 0.99)}), ${saidOf(replies, sites.length)}`;
  const row = {
    name: `one place looked up among ${count(size)} sites`,
    perSecond: (1000 * times.length) / times.reduce((sum, ms) => sum + ms, 0),
    unit: "look-ups",
    p50Ms: quantile(ascending, 0.5),
    p99Ms: quantile(ascending, 0.99),
    cpuMicros: cpuSeconds === null ? null : (cpuSeconds * 1e6) / times.length,
    note,
  };
  return { size, row, candidates };
}

/** What the look-ups were worth: a fast one that finds nothing would be none. */
function saidOf(replies: readonly LookUpReply[], places: number): string {
  const sum = (of: (reply: LookUpReply) => number) => replies.reduce((total, reply) => total + of(reply), 0);
  const share = (n: number) => `${((100 * n) / places).toFixed(1)} %`;
  const rows = (sum(({ rows: read }) => read) / places).toFixed(0);
  const [found, same, wrong] = [sum((it) => it.found), sum((it) => it.same), sum((it) => it.wrong)].map(share);
  return `${rows} rows read, ${found} found, ${same} as the same, ${wrong} another as the same`;
}

function growth(all: readonly Measured[], { size, row, candidates }: Measured): Ratio[] {
  const [base] = all as [Measured];
  const name = `a look-up among ${count(size)} sites by ${count(base.size)}`;
  return [
    { name: `${name}: candidates looked at`, value: candidates / base.candidates, aim: FLAT },
    { name: `${name}: time`, value: base.row.perSecond / row.perSecond, aim: FLAT },
    ...(row.cpuMicros && base.row.cpuMicros
      ? [{ name: `${name}: processor time`, value: row.cpuMicros / base.row.cpuMicros, aim: FLAT }]
      : []),
  ];
}

/** As `quasarix site import` asks: 500 places a request, one request after another. */
async function imported(registry: Registry, bar: Steps): Promise<Row> {
  const { workerd, size } = registry;
  const before = workerd.cpuSeconds();
  const started = performance.now();
  const replies: LookUpReply[] = [];
  for (let done = 0; done < IMPORTED; done += ASKED_AT_ONCE) {
    replies.push(await lookUp(registry, 1_000_000 + done, ASKED_AT_ONCE));
    bar.progress(`a list of ${count(IMPORTED)}`, done + ASKED_AT_ONCE, IMPORTED);
  }
  const seconds = (performance.now() - started) / 1000;
  const after = workerd.cpuSeconds();
  return {
    name: `a list of ${count(IMPORTED)} matched against ${count(size)} sites`,
    perSecond: IMPORTED / seconds,
    unit: "places",
    cpuMicros: before === null || after === null ? null : ((after - before) * 1e6) / IMPORTED,
    note: `${seconds.toFixed(1)} s, ${saidOf(replies, IMPORTED)}`,
  };
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { auditOf, siteOf, submissionOf } from "@quasarix/client/drafts.ts";
import { useNodeEngines } from "@quasarix/client/node/engines.ts";
import { nodeHost } from "@quasarix/client/node/host.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { buildAssertion } from "@quasarix/shared/wire/assertion.ts";
import { JSON_LINES } from "@quasarix/shared/wire/statement.ts";
import { testSecrets } from "../../test/secrets.ts";
import { type Org, World } from "../../test/world.ts";
import type { LoadRequest } from "../load.ts";
import { startWorkerd, type Workerd } from "../workerd.ts";
import { contentOf } from "./content.ts";

const API = "https://api.quasarix.example";
const ORIGIN = "log.quasarix.example/bench";
const PATH = "/v1/statements";
const SITES = 100;
const AT_ONCE = 20;
const PUBLISHED_BY_MS = 30_000;

type Saying = Parameters<World["issue"]>[1];

/** A deployment on plain workerd with an auditor, a member and a supplier's sites. */
export interface Consortium {
  readonly workerd: Workerd;
  readonly world: World;
  readonly auditor: Org;
  readonly member: Org;
  readonly supplier: Org;
  readonly sites: readonly string[];
  /** Signed, each naming one checkpoint as `seen`. */
  issue(who: Org, sayings: readonly Saying[]): Promise<string[]>;
  /** Signed statements, made beforehand so that a load does not pay for them. */
  audits(count: number): Promise<string[]>;
  submissions(count: number): Promise<string[]>;
  /** One request of these statements, good for a minute: JSON for one, JSON Lines for more. */
  request(who: Org, statements: readonly string[]): Promise<LoadRequest>;
  /** One signed GET, good for a minute and once. */
  get(who: Org, path: string): Promise<LoadRequest>;
  logSize(): Promise<number>;
  remove(): Promise<void>;
}

export interface ConsortiumShape {
  readonly sites?: number;
  /** Processes of the Worker before the one that holds the state (workerd.ts). */
  readonly fronts?: number;
}

export async function startConsortium(
  roundSeconds: number,
  { sites = SITES, fronts = 0 }: ConsortiumShape = {},
): Promise<Consortium> {
  useNodeEngines();
  const state = await mkdtemp(path.join(tmpdir(), "quasarix-append-"));
  const bindings = { ...testSecrets, ORIGIN, API_ORIGIN: API, ROUND_SECONDS: `${roundSeconds}` };
  const workerd = await startWorkerd({ state, bindings, fronts });
  const remove = async () => {
    await workerd.kill("SIGKILL");
    await rm(state, { recursive: true, force: true });
  };
  try {
    return { ...(await furnish(workerd, sites)), workerd, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function furnish(workerd: Workerd, siteCount: number): Promise<Omit<Consortium, "workerd" | "remove">> {
  const host = nodeHost();
  const send = async (request: Request): Promise<Response> => {
    const { method, headers } = request;
    const body = request.body ? await request.arrayBuffer() : null;
    return fetch(`${workerd.origin}${request.url.slice(API.length)}`, { method, headers, body });
  };
  const world = await new World({ origin: ORIGIN, fetch: send, random: host.random, now: host.now }).found();
  const auditor = await world.admit("Auditor", "auditor");
  const member = await world.admit("Member", "member");
  const supplier = await world.admit("Supplier", "supplier");
  const sites = await openSites(world, supplier, siteCount);
  const logSize = async () => ((await (await world.open("/health")).json()) as { log: { size: number } }).log.size;
  const seen = await publishedSeen(world, await logSize());
  const siteAt = (n: number) => sites[n % siteCount] as string;
  const issue = (who: Org, sayings: readonly Saying[]) =>
    Promise.all(sayings.map((saying) => world.issue(who, saying, seen)));
  const many = (count: number, saying: (n: number) => Saying) => Array.from({ length: count }, (_, n) => saying(n));
  return {
    world,
    auditor,
    member,
    supplier,
    sites,
    logSize,
    issue,
    audits: (count) =>
      issue(
        auditor,
        many(count, (n) => auditOf(siteAt(n), "auditor-signed", contentOf(n))),
      ),
    submissions: (count) =>
      issue(
        member,
        many(count, (n) => submissionOf(member.id, siteAt(n), contentOf(n))),
      ),
    request: (who, statements) => postOf(who, statements, host),
    get: (who, path) => getOf(who, path, host),
  };
}

/** Reserved a few at once, opened in bulk. */
async function openSites(world: World, supplier: Org, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < count; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, n) => from + n);
    const reserved = await Promise.all(numbers.map(() => world.reserve(supplier, "site")));
    const claims = (n: number) => ({ supplier: supplier.id, name: `Mill ${n}`, country: "PT" });
    const sayings = reserved.map((one, i) => siteOf(ORIGIN, one, claims(numbers[i] as number)));
    const seen = await world.seen();
    const statements = await Promise.all(sayings.map((saying) => world.issue(supplier, saying, seen)));
    for (const answer of await world.lines(PATH, statements, supplier))
      if ("problem" in answer) throw new Error(JSON.stringify(answer.problem));
    ids.push(...reserved.map(({ id }) => id));
  }
  return ids;
}

async function publishedSeen(world: World, size: number) {
  for (const started = Date.now(); Date.now() - started < PUBLISHED_BY_MS; await sleep(100)) {
    const seen = await world.seen();
    if (seen && seen.size >= size) return seen;
  }
  throw new Error("the log publishes nothing");
}

type Signing = Pick<ReturnType<typeof nodeHost>, "random" | "now">;

async function postOf(who: Org, statements: readonly string[], host: Signing): Promise<LoadRequest> {
  const lines = statements.map((statement) => JSON.stringify({ statement }));
  const body = lines.length === 1 ? (lines[0] as string) : `${lines.join("\n")}\n`;
  const type = lines.length === 1 ? "application/json" : JSON_LINES;
  const headers = { ...(await signed(who, { method: "POST", path: PATH, body }, host)), "content-type": type };
  return { method: "POST", path: PATH, headers, body };
}

async function getOf(who: Org, path: string, host: Signing): Promise<LoadRequest> {
  return { method: "GET", path, headers: await signed(who, { method: "GET", path, body: "" }, host), body: null };
}

async function signed(
  who: Org,
  { method, path, body }: { readonly method: string; readonly path: string; readonly body: string },
  { random, now }: Signing,
): Promise<Record<string, string>> {
  const ask = { org: who.id, method, url: `${API}${path}`, body: utf8(body), now: now() };
  return { authorization: `Bearer ${await buildAssertion({ signer: who.auth, random }, ask)}` };
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { auditOf, submissionOf } from "@quasarix/client/drafts.ts";
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
const PUBLISHED_BY_MS = 30_000;

/** A deployment on plain workerd with an auditor, a member and a supplier's sites. */
export interface Consortium {
  readonly workerd: Workerd;
  readonly auditor: Org;
  readonly member: Org;
  /** Signed statements, made beforehand so that a load does not pay for them. */
  audits(count: number): Promise<string[]>;
  submissions(count: number): Promise<string[]>;
  /** One request of these statements, good for a minute: JSON for one, JSON Lines for more. */
  request(who: Org, statements: readonly string[]): Promise<LoadRequest>;
  logSize(): Promise<number>;
  remove(): Promise<void>;
}

export async function startConsortium(roundSeconds: number, inspectorPort?: number): Promise<Consortium> {
  useNodeEngines();
  const state = await mkdtemp(path.join(tmpdir(), "quasarix-append-"));
  const bindings = { ...testSecrets, ORIGIN, API_ORIGIN: API, ROUND_SECONDS: `${roundSeconds}` };
  const inspector = inspectorPort === undefined ? {} : { inspectorPort };
  const workerd = await startWorkerd({ state, bindings, ...inspector });
  const remove = async () => {
    await workerd.kill("SIGKILL");
    await rm(state, { recursive: true, force: true });
  };
  try {
    return { ...(await furnish(workerd)), workerd, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function furnish(workerd: Workerd): Promise<Omit<Consortium, "workerd" | "remove">> {
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
  const sites: string[] = [];
  for (let n = 0; n < SITES; n++) sites.push(await world.openSite(supplier, `Mill ${n}`));
  const logSize = async () => ((await (await world.open("/health")).json()) as { log: { size: number } }).log.size;
  const seen = await publishedSeen(world, await logSize());
  const siteAt = (n: number) => sites[n % SITES] as string;
  const issued = (who: Org, count: number, saying: (n: number) => Parameters<World["issue"]>[1]) =>
    Promise.all(Array.from({ length: count }, (_, n) => world.issue(who, saying(n), seen)));
  return {
    auditor,
    member,
    logSize,
    audits: (count) => issued(auditor, count, (n) => auditOf(siteAt(n), "auditor-signed", contentOf(n))),
    submissions: (count) => issued(member, count, (n) => submissionOf(member.id, siteAt(n), contentOf(n))),
    request: (who, statements) => requestOf(who, statements, host),
  };
}

async function publishedSeen(world: World, size: number) {
  for (const started = Date.now(); Date.now() - started < PUBLISHED_BY_MS; await sleep(100)) {
    const seen = await world.seen();
    if (seen && seen.size >= size) return seen;
  }
  throw new Error("the log publishes nothing");
}

async function requestOf(
  who: Org,
  statements: readonly string[],
  { random, now }: Pick<ReturnType<typeof nodeHost>, "random" | "now">,
): Promise<LoadRequest> {
  const lines = statements.map((statement) => JSON.stringify({ statement }));
  const body = lines.length === 1 ? (lines[0] as string) : `${lines.join("\n")}\n`;
  const ask = { org: who.id, method: "POST", url: `${API}${PATH}`, body: utf8(body), now: now() };
  const authorization = `Bearer ${await buildAssertion({ signer: who.auth, random }, ask)}`;
  const type = lines.length === 1 ? "application/json" : JSON_LINES;
  return { method: "POST", path: PATH, headers: { authorization, "content-type": type }, body };
}

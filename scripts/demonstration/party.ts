import type { Author } from "@quasarix/client/author.ts";
import { type Client, connect } from "@quasarix/client/client.ts";
import { type FirstKeys, type Founded, foundConsortium, joinConsortium } from "@quasarix/client/membership.ts";
import { authorizeAs } from "@quasarix/client/node/authorize.ts";
import { nodeHost, nodeSigner } from "@quasarix/client/node/host.ts";
import { type Identity, keysOf, newIdentity, readIdentity, writeIdentity } from "@quasarix/client/node/identity.ts";
import { type ClientPorts, type Keep, memoryKeep } from "@quasarix/client/ports.ts";
import { type Answer, refusalSays } from "@quasarix/client/refusal.ts";
import { routes } from "@quasarix/client/routes.ts";
import { transport } from "@quasarix/client/transport.ts";
import { policyOf } from "@quasarix/shared/log/tlog-policy.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { readSignedPart } from "@quasarix/shared/statement/statement.ts";

const HOST = nodeHost();

/** An organisation of ours that has been admitted: it can read and sign. */
export interface Party {
  readonly handle: string;
  readonly who: Identity & { readonly org: string };
  readonly client: Client;
  readonly author: Author;
}

/** One consortium, and the home that holds the keys of everyone in it. */
export interface Place {
  readonly home: string;
  readonly api: string;
  readonly policy: string;
  /** What all parties of this process may know together: the log's head, and who is in the consortium. */
  readonly keep: Keep;
}

/** The value, or the refusal thrown as a sentence: a demonstration has nobody to hand a refusal to. */
export function must<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new Error(refusalSays(answer.failure));
}

/** Where each party's place in dossiers is its own, the rest is shared: one reads the consortium for all. */
const keepFor = (common: Keep): Keep => {
  const own = memoryKeep();
  const of = (name: string) => (name === "dossiers" ? own : common);
  return { read: (name) => of(name).read(name), write: (name, text) => of(name).write(name, text) };
};

async function portsFor(api: string, keep: Keep, who: Identity | null): Promise<ClientPorts> {
  const authorize = await authorizeAs(who, HOST);
  return { origin: api, fetch: (url, init) => fetch(url, init), authorize, keep: keepFor(keep), host: HOST };
}

/** As nobody: what is open to all. */
export const visitor = async ({ api, policy, keep }: Place): Promise<Client> =>
  must(connect(await portsFor(api, keep, null), policy));

export async function party(place: Place, handle: string, who: Identity & { readonly org: string }): Promise<Party> {
  const client = must(connect(await portsFor(place.api, place.keep, who), place.policy));
  return { handle, who, client, author: client.author({ org: who.org, signer: await nodeSigner(who.record) }) };
}

export interface Newcomer {
  readonly handle: string;
  readonly name: string;
  readonly kind: string;
  readonly country: string;
}

/** Its keys, made now unless an earlier run made them. */
export async function identityOf(home: string, api: string, newcomer: Newcomer): Promise<Identity> {
  const { handle, ...facts } = newcomer;
  const known = await readIdentity(home, handle);
  if (known.ok) return known.value;
  if (known.failure !== "no-such-identity") throw new Error(`identity \`${handle}\`: ${known.failure}`);
  const made = newIdentity({ ...facts, api, org: null });
  await writeIdentity(home, handle, made);
  return made;
}

/** Founds the consortium, or finds that an earlier run did: its genesis has to be signed by this very operator. */
export async function found(home: string, api: string, operator: Newcomer): Promise<{ place: Place; by: Party }> {
  const who = await identityOf(home, api, operator);
  const standing = await genesisAt(api);
  if (standing === null && who.org !== null) throw new Error("the deployment has lost the consortium of this home");
  const keys = await keysOf(who);
  if (standing !== null && standing.operator !== thumbprint(keys.record.publicKey))
    throw new Error("another operator founded a consortium here");
  const keep = memoryKeep();
  const { org, policy } = standing ?? (await foundNow(await portsFor(api, keep, null), operator, keys));
  const place = { home, api, policy, keep };
  return { place, by: await settle(place, operator.handle, who, org) };
}

const PATIENCE_MS = 15_000;
const POLL_MS = 250;

/** An earlier run may have died after it was staged and before it was logged: then it is refused here, and appears. */
async function foundNow(ports: ClientPorts, { name, kind, country }: Newcomer, keys: FirstKeys): Promise<Founded> {
  const founded = await foundConsortium(ports, { name, kind, country }, keys);
  if (founded.ok) return founded.value;
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await HOST.wait(POLL_MS)) {
    const standing = await genesisAt(ports.origin);
    if (standing !== null) return standing;
  }
  return must(founded);
}

/** Waits until all that was staged is in the log, so that what an earlier run sent is there to be seen. */
export async function settled({ client }: Party): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; ; await HOST.wait(POLL_MS)) {
    const { staged } = must(await client.routes.operatorRows(-1, 1));
    if (staged === 0) return;
    if (Date.now() > until) throw new Error(`${staged} statements are staged and do not reach the log`);
  }
}

async function genesisAt(api: string): Promise<{ org: string; policy: string; operator: string } | null> {
  const page = must(await routes(transport(await portsFor(api, memoryKeep(), null))).consortium(-1, 1));
  const [first] = page.statements;
  if (!first) return null;
  const genesis = readSignedPart(first.statement);
  if (!genesis.ok) throw new Error(`genesis does not parse: ${genesis.failure}`);
  const { iss, log, operator } = genesis.value.claims;
  return { org: iss, policy: policyOf(String(log)), operator: String(operator) };
}

/** Brings in the first keys and writes down who it is, with its own dossier key. */
export async function join(place: Place, handle: string, who: Identity, org: string): Promise<Party> {
  if (who.org === null) must(await joinConsortium(await visitor(place), org, await keysOf(who)));
  return settle(place, handle, who, org);
}

async function settle(place: Place, handle: string, who: Identity, org: string): Promise<Party> {
  const settler = await party(place, handle, { ...who, org, api: place.api });
  if (who.org === org && who.api === place.api && who.K !== undefined) return settler;
  const { K } = must(await settler.client.routes.dossier(org, -1, 1));
  await writeIdentity(place.home, handle, { ...settler.who, K });
  return settler;
}

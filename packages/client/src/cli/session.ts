import type { Author } from "../author.ts";
import { type Client, connect } from "../client.ts";
import { authorizeAs } from "../node/authorize.ts";
import { readConfig, readPolicy } from "../node/config.ts";
import { nodeHost, nodeSigner } from "../node/host.ts";
import { type Identity, identitiesIn, readIdentity } from "../node/identity.ts";
import { keepFiles } from "../node/keep-files.ts";
import type { ClientPorts } from "../ports.ts";
import { type Call, must, optional } from "./command.ts";
import { UsageError } from "./exit.ts";

const HOST = nodeHost();

/** An identity that is admitted: it has an organisation, and speaks for it. */
export interface Session {
  readonly handle: string;
  readonly identity: Identity & { readonly org: string };
  readonly client: Client;
  readonly author: Author;
}

const WHY = {
  "no-such-identity": "there is no such identity",
  "readable-by-others": "its key file can be read by others; `chmod 600` it, and think of who may have read it",
  "not-an-identity": "its file is not as this version writes it",
};

/** `--as`, else the home's default, else the only one there is. */
export async function handleFor(call: Call): Promise<string> {
  const named = optional(call, "as") ?? (await readConfig(call.home)).identity;
  if (named !== undefined) return named;
  const [only, ...more] = await identitiesIn(call.home);
  if (only === undefined) throw new UsageError("no identity here yet: `quasarix org init` makes one");
  if (more.length > 0) throw new UsageError(`which identity? --as ${[only, ...more].join("|")}`);
  return only;
}

export async function identityOf(call: Call, handle: string): Promise<Identity> {
  const read = await readIdentity(call.home, handle);
  if (!read.ok) throw new UsageError(`identity \`${handle}\`: ${WHY[read.failure]}`);
  return read.value;
}

/** Scheme, host and port; a path would be signed into every request and fit none. */
export function apiOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) throw new UsageError(`\`${text}\` is no address of an API`);
  return url.origin;
}

export async function portsFor(call: Call, api: string, who: Identity | null): Promise<ClientPorts> {
  return {
    origin: apiOrigin(api),
    fetch: (url, init) => fetch(url, init),
    authorize: await authorizeAs(who, HOST),
    keep: keepFiles(call.home),
    host: HOST,
  };
}

export async function pinnedPolicy(call: Call): Promise<string> {
  const policy = await readPolicy(call.home);
  if (policy === null) throw new UsageError("no policy is pinned here yet: `quasarix org join` writes one");
  return policy;
}

const NOT_YET = (handle: string): string =>
  `\`${handle}\` is not admitted yet. Give its application to the operator; \`quasarix org join FILE\` takes what the operator sends back`;

/** As nobody: for what is open to all. */
export async function openClient(call: Call): Promise<Client> {
  const api = optional(call, "api") ?? (await readConfig(call.home)).api;
  if (api === undefined) throw new UsageError("--api is missing");
  return must(connect(await portsFor(call, api, null), await pinnedPolicy(call)));
}

export async function session(call: Call): Promise<Session> {
  const handle = await handleFor(call);
  const who = await identityOf(call, handle);
  const { org } = who;
  if (org === null) throw new UsageError(NOT_YET(handle));
  const client = must(connect(await portsFor(call, optional(call, "api") ?? who.api, who), await pinnedPolicy(call)));
  const author = client.author({ org, signer: await nodeSigner(who.record) });
  return { handle, identity: { ...who, org }, client, author };
}

import { utf8 } from "@quasarix/shared/bytes.ts";
import { organisationClaims } from "@quasarix/shared/registry/organisation.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { connect } from "../client.ts";
import { addKey, admission, applicationOf, joinConsortium } from "../membership.ts";
import { readConfig, readPolicy, writeConfig, writePolicy } from "../node/config.ts";
import { newKey, nodeSigner } from "../node/host.ts";
import {
  handleOf,
  type Identity,
  isHandle,
  keysOf,
  newIdentity,
  readIdentity,
  removeIdentity,
  writeIdentity,
} from "../node/identity.ts";
import { all } from "../routes.ts";
import { argument, type Call, type Command, type Ended, must, needed, noArguments, optional } from "./command.ts";
import { UsageError } from "./exit.ts";
import { readJson, writeOut } from "./input.ts";
import { apiOrigin, handleFor, identityOf, portsFor, session } from "./session.ts";
import { table } from "./table.ts";

/** Makes the identity unless there is one of this name, and makes it the home's default when it is the first. */
export async function identityFor(call: Call, name: string, kind: string): Promise<{ handle: string; who: Identity }> {
  const handle = optional(call, "as") ?? handleOf(name);
  if (!isHandle(handle)) throw new UsageError(`\`${handle}\` cannot be a file name: lower case, digits, dashes`);
  const api = apiOrigin(needed(call, "api"));
  const country = optional(call, "country");
  const known = await readIdentity(call.home, handle);
  if (!known.ok && known.failure !== "no-such-identity") await identityOf(call, handle);
  if (known.ok) return { handle, who: known.value };
  const claims = organisationClaims.safeParse({ kind, name, country });
  if (!claims.success) throw new UsageError(claims.error.issues[0]?.message ?? "not an organisation");
  const who = newIdentity({ name, kind, api, org: null, ...(country === undefined ? {} : { country }) });
  await writeIdentity(call.home, handle, who);
  const config = await readConfig(call.home);
  await writeConfig(call.home, { api: config.api ?? api, identity: config.identity ?? handle });
  return { handle, who };
}

async function init(call: Call): Promise<Ended> {
  const { handle, who } = await identityFor(call, argument(call, "NAME"), needed(call, "kind"));
  const { name, kind, country } = who;
  const claims = { name, kind, ...(country === undefined ? {} : { country }) };
  const asked = applicationOf(claims, await keysOf(who));
  const json = `${JSON.stringify(asked, null, 2)}\n`;
  const out = optional(call, "out");
  if (out === undefined) return { value: { handle, application: asked }, text: json };
  await writeOut(out, utf8(json));
  return { value: { handle, application: asked }, text: `identity \`${handle}\`; give \`${out}\` to the operator\n` };
}

async function join(call: Call): Promise<Ended> {
  const given = admission.safeParse(await readJson(argument(call, "ADMISSION")));
  if (!given.success) throw new UsageError("not an admission: `quasarix operator admit` writes one");
  const { org, K, api, policy } = given.data;
  const handle = await handleFor(call);
  const who = await identityOf(call, handle);
  if (who.org !== null && who.org !== org) throw new UsageError(`\`${handle}\` is \`${who.org}\` already`);
  const pinned = await readPolicy(call.home);
  // Whoever hands out another policy hands out another log: a change of policy is never a side effect.
  if (pinned !== null && pinned !== policy) throw new UsageError("this home believes another policy");
  const client = must(connect(await portsFor(call, optional(call, "api") ?? api, null), policy));
  must(await joinConsortium(client, org, await keysOf(who)));
  if (pinned === null) await writePolicy(call.home, policy);
  await writeIdentity(call.home, handle, { ...who, org, K, api: apiOrigin(optional(call, "api") ?? api) });
  return { value: { handle, org }, text: `\`${handle}\` is ${org}\n` };
}

async function keys(call: Call): Promise<Ended> {
  noArguments(call);
  const { client, identity } = await session(call);
  const { items: rows } = must(await client.routes.keysOf(identity.org));
  const here = new Set([identity.record.x, identity.auth.x]);
  const shown = rows.map((row) => ({ ...row, here: here.has(row.x) }));
  const columns = shown.map((row) => [row.kid, row.use, `${row.from}`, `${row.until ?? ""}`, row.here ? "here" : ""]);
  return { value: shown, text: table(["kid", "use", "from", "until", ""], columns) };
}

/** The new key is on disk before it is in the log: a crash in between leaves a key that is known to nobody. */
async function addNewKey(call: Call): Promise<Ended> {
  noArguments(call);
  const use = needed(call, "use");
  if (use !== "record" && use !== "auth") throw new UsageError("--use is record or auth");
  const { client, author, handle, identity } = await session(call);
  const key = newKey();
  const spare = `${handle}.next`;
  await writeIdentity(call.home, spare, { ...identity, [use]: key });
  const receipt = must(await addKey(client, author, { signer: await nodeSigner(key), use }));
  await writeIdentity(call.home, handle, { ...identity, [use]: key });
  await removeIdentity(call.home, spare);
  return { value: receipt, text: `a new ${use} key from log index ${receipt.index} on; the old one stays good\n` };
}

async function show(call: Call): Promise<Ended> {
  noArguments(call);
  const handle = await handleFor(call);
  const { name, kind, org, api, record, auth } = await identityOf(call, handle);
  const kids = await Promise.all([record, auth].map(async (key) => thumbprint((await nodeSigner(key)).publicKey)));
  const value = { handle, name, kind, org, api, record: kids[0], auth: kids[1] };
  return {
    value,
    text: table(
      ["", ""],
      Object.entries(value).map(([key, it]) => [key, String(it ?? "")]),
    ),
  };
}

async function list(call: Call): Promise<Ended> {
  noArguments(call);
  const { client } = await session(call);
  const rows = must(await all((cursor) => client.routes.organisations({ cursor, limit: 100 })));
  const columns = rows.map((row) => [row.id, row.kind, row.country ?? "", row.name]);
  return { value: rows, text: table(["id", "kind", "country", "name"], columns) };
}

export const orgCommands: readonly Command[] = [
  {
    words: "org init",
    usage: "NAME --kind KIND --api URL [--country XX] [--out FILE]",
    says: "makes an identity with its keys, and the application that the operator admits",
    example: 'quasarix org init "Birch Retail" --kind member --api http://127.0.0.1:8787 --out birch.json',
    options: { kind: { type: "string" }, country: { type: "string" }, out: { type: "string" } },
    run: init,
  },
  {
    words: "org join",
    usage: "ADMISSION",
    says: "brings in the first keys and pins the consortium's policy",
    example: "quasarix org join birch.admission.json --as birch-retail",
    run: join,
  },
  {
    words: "org keys",
    usage: "",
    says: "lists the keys of your organisation, with their windows in the log",
    example: "quasarix org keys --json",
    run: keys,
  },
  {
    words: "org rekey",
    usage: "--use record|auth",
    says: "makes a new key, brings it in and uses it from now on",
    example: "quasarix org rekey --use auth",
    options: { use: { type: "string" } },
    run: addNewKey,
  },
  {
    words: "org show",
    usage: "",
    says: "shows the identity that commands run as; never a private key",
    example: "quasarix org show --as birch-retail",
    run: show,
  },
  { words: "org list", usage: "", says: "lists the organisations", example: "quasarix org list", run: list },
];

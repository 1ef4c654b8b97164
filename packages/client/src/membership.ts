import { base64url } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { policyOf } from "@quasarix/shared/log/tlog-policy.ts";
import type { Signer } from "@quasarix/shared/ports.ts";
import { KEY_USES, type KeyUse, possessionBytes } from "@quasarix/shared/registry/key.ts";
import type { OrganisationClaims } from "@quasarix/shared/registry/organisation.ts";
import { organisationClaims } from "@quasarix/shared/registry/organisation.ts";
import { ok } from "@quasarix/shared/result.ts";
import { admitKey, thumbprint } from "@quasarix/shared/statement/key.ts";
import { hashText, newSubjectId, orgId } from "@quasarix/shared/wire/ids.ts";
import type { Receipt } from "@quasarix/shared/wire/statement.ts";
import * as z from "zod";
import type { Author, Outcome } from "./author.ts";
import { type Client, connect } from "./client.ts";
import { genesisOf, keyOf, organisationOf } from "./drafts.ts";
import type { ClientPorts } from "./ports.ts";
import { type Answer, badInput, type Refusal } from "./refusal.ts";
import { routes } from "./routes.ts";
import { transport } from "./transport.ts";

/** What an organisation hands to the operator: who it is, and its first keys. No secret. */
export const application = organisationClaims.extend({
  keys: z
    .array(z.strictObject({ kid: hashText, x: hashText, use: z.enum(KEY_USES) }))
    .min(1)
    .max(8),
});
export type Application = z.infer<typeof application>;

/** What the operator hands back. `K` is the organisation's own dossier key: for it alone. */
export const admission = z.strictObject({
  org: orgId,
  K: hashText,
  /** statementHash of the opening. */
  opening: hashText,
  api: z.string(),
  policy: z.string(),
});
export type Admission = z.infer<typeof admission>;

export interface FirstKeys {
  readonly record: Signer;
  readonly auth: Signer;
}

const kidsOf = ({ record, auth }: FirstKeys): string[] => [thumbprint(record.publicKey), thumbprint(auth.publicKey)];

export function applicationOf(claims: OrganisationClaims, keys: FirstKeys): Application {
  const row = (signer: Signer, use: "record" | "auth") => ({
    kid: thumbprint(signer.publicKey),
    x: base64url(signer.publicKey),
    use,
  });
  return { ...claims, keys: [row(keys.record, "record"), row(keys.auth, "auth")] };
}

export interface Founded {
  readonly org: string;
  readonly policy: string;
}

/** Genesis, the operator's opening and its auth key, all or nothing. `keys.record` is the one that the deployment names. */
export async function foundConsortium(
  ports: ClientPorts,
  claims: OrganisationClaims,
  keys: FirstKeys,
): Promise<Answer<Founded>> {
  const org = newSubjectId("organisation", ports.host.random);
  const facts = await routes(transport(ports)).founding(org);
  if (!facts.ok) return facts;
  const { origin, log, platform, commitment } = facts.value;
  const policy = policyOf(log);
  const client = connect(ports, policy);
  if (!client.ok) return client;
  const operator = thumbprint(keys.record.publicKey);
  const record = client.value.author({ org, signer: keys.record });
  const auth = client.value.author({ org, signer: keys.auth });
  const first = await record.issue([
    genesisOf(origin, { log, operator, platform }),
    organisationOf(origin, { id: org, commitment }, { ...claims, admits: kidsOf(keys) }),
  ]);
  if (!first.ok) return first;
  const key = await auth.issue([keyOf(origin, { publicKey: keys.auth.publicKey, use: "auth" })]);
  if (!key.ok) return key;
  const posted = await record.post([...first.value, ...key.value], "genesis");
  const refused = refusalIn(posted);
  return refused ?? ok({ org, policy });
}

/** The operator's part: reserves the subject, checks each key, signs the opening. Whether to admit is people's business. */
export async function admitOrganisation(
  client: Client,
  operator: Author,
  asked: Application,
  api: string,
): Promise<Answer<Admission>> {
  const { keys, ...claims } = asked;
  for (const { kid, x } of keys) {
    const key = admitKey(x);
    if (!key.ok) return badInput(`key \`${kid}\` is refused: ${key.failure}`);
    if (thumbprint(key.value) !== kid) return badInput(`key \`${kid}\` is not the thumbprint of its \`x\``);
  }
  const reserved = await client.routes.reserve("organisation");
  if (!reserved.ok) return reserved;
  const admits = keys.map(({ kid }) => kid);
  const said = await operator.say(organisationOf(client.consortium.id, reserved.value, { ...claims, admits }));
  if (!said.ok) return said;
  const { id: org, K } = reserved.value;
  return ok({ org, K, opening: said.value.statementHash, api, policy: client.log.policy.text });
}

/** The organisation's part: each first key signs for itself. Safe to do again: a key that is known already is no failure. */
export async function joinConsortium(client: Client, org: string, keys: FirstKeys): Promise<Answer<true>> {
  for (const use of ["record", "auth"] as const) {
    const author = client.author({ org, signer: keys[use] });
    const issued = await author.issue([keyOf(client.consortium.id, { publicKey: keys[use].publicKey, use })]);
    if (!issued.ok) return issued;
    const refused = refusalIn(await author.post(issued.value, "keys"));
    if (refused && !(await isAdmitted(client, keys[use].publicKey))) return refused;
  }
  return ok(true);
}

/** A later key: the server's challenge signed by it shows that somebody holds it, a record key in force brings it in. */
export async function addKey(
  client: Client,
  author: Author,
  key: { readonly signer: Signer; readonly use: KeyUse },
): Promise<Answer<Receipt>> {
  const asked = await client.routes.challenge();
  if (!asked.ok) return asked;
  const { challenge } = asked.value;
  const { publicKey } = key.signer;
  const proven = possessionBytes(client.consortium.id, author.org, thumbprint(publicKey), challenge);
  const possession = { challenge, signature: base64url(await key.signer.sign(proven)) };
  return author.say(keyOf(client.consortium.id, { publicKey, use: key.use, possession }));
}

async function isAdmitted(client: Client, publicKey: Bytes): Promise<boolean> {
  const state = await client.consortium.sync();
  return state.ok && state.value.register.rows.has(thumbprint(publicKey));
}

/** The first statement that was refused, as a refusal of the whole; null when all were taken. */
export function refusalIn(posted: Answer<Outcome[]>): { ok: false; failure: Refusal } | null {
  if (!posted.ok) return posted;
  const refused = posted.value.find((outcome) => !outcome.ok);
  return refused && !refused.ok ? { ok: false, failure: refused.refusal } : null;
}

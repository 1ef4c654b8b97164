import { exports } from "cloudflare:workers";
import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import { type Bytes, fromUtf8, utf8 } from "@quasarix/shared/bytes.ts";
import type { Signer } from "@quasarix/shared/ports.ts";
import { webRandom, webSigner } from "@quasarix/shared/webcrypto.ts";
import { buildAssertion } from "@quasarix/shared/wire/assertion.ts";
import { jwkOf } from "../secrets.ts";
import type { Org } from "../world.ts";

/** Where the Worker is asked in these tests. */
export const AT = "https://api.quasarix.example";
const worker = exports as unknown as { default: { fetch(request: Request): Promise<Response> } };
/** The whole Worker, as a stranger on the network meets it. */
export const ask = (request: Request): Promise<Response> => worker.default.fetch(request);
const random = webRandom(crypto);

/** Everything that a request is signed over. */
export interface Wanted {
  readonly method: string;
  readonly path: string;
  readonly body?: { readonly type: string; readonly text: string };
}

const bytesOf = ({ body }: Wanted): Bytes => utf8(body?.text ?? "");

/** An assertion for this request; `at` another host or another time, where the test says so. */
export const tokenFor = (
  signer: Signer,
  org: string,
  wanted: Wanted,
  { at = AT, now = Date.now() }: { readonly at?: string; readonly now?: number } = {},
): Promise<string> =>
  buildAssertion({ signer, random }, { org, method: wanted.method, url: at + wanted.path, body: bytesOf(wanted), now });

function requestOf(wanted: Wanted, token: string | null): Request {
  const { method, path, body } = wanted;
  const headers = new Headers(body && { "Content-Type": body.type });
  if (token !== null) headers.set("Authorization", `Bearer ${token}`);
  return new Request(AT + path, { method, headers, ...(body && { body: body.text }) });
}

/** As this organisation, with an assertion as it should be. */
export const asOrg = async (org: Org, wanted: Wanted): Promise<Response> =>
  ask(requestOf(wanted, await tokenFor(org.auth, org.id, wanted)));

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(fromUtf8(fromBase64url(token.split(".")[1] as string) as Bytes) as string);

/** The same token with claims of another value, well signed. */
async function resigned(signer: Signer, token: string, claims: object): Promise<string> {
  const [header] = token.split(".");
  const signed = `${header}.${base64url(utf8(JSON.stringify({ ...claimsOf(token), ...claims })))}`;
  return `${signed}.${base64url(await signer.sign(utf8(signed)))}`;
}

/** What `street` admits for its other member. */
export const connectorKey = () => webSigner(crypto, jwkOf("connector of the other member"));
const nobody = () => webSigner(crypto, jwkOf("nobody at all"));

/** Those whom the door does not know: each asks in the name of `org`. */
export const atTheDoor: Record<string, (org: Org, wanted: Wanted) => Promise<Response>> = {
  anonymous: async (_org, wanted) => ask(requestOf(wanted, null)),
  "expired assertion": async (org, wanted) =>
    ask(requestOf(wanted, await tokenFor(org.auth, org.id, wanted, { now: Date.now() - 70_000 }))),
  "wrong audience": async (org, wanted) => {
    const good = await tokenFor(org.auth, org.id, wanted);
    return ask(requestOf(wanted, await resigned(org.auth, good, { aud: "https://api.other.example" })));
  },
  "replayed assertion": async (org, wanted) => {
    const token = await tokenFor(org.auth, org.id, wanted);
    await (await ask(requestOf(wanted, token))).arrayBuffer();
    return ask(requestOf(wanted, token));
  },
  "unknown key": async (org, wanted) => ask(requestOf(wanted, await tokenFor(await nobody(), org.id, wanted))),
  // Admitted, of this very organisation, and good for tokens alone.
  "connector key": async (org, wanted) => ask(requestOf(wanted, await tokenFor(await connectorKey(), org.id, wanted))),
  "record key as auth key": async (org, wanted) => ask(requestOf(wanted, await tokenFor(org.record, org.id, wanted))),
  "another's name": async (org, wanted) => {
    const good = await tokenFor(org.auth, org.id, wanted);
    const other = `org_${base64url(random(16))}`;
    return ask(requestOf(wanted, await resigned(org.auth, good, { iss: other, sub: other })));
  },
};

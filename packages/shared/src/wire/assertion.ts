import { base64url } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { utf8 } from "../bytes.ts";
import type { RandomBytes, Signer } from "../ports.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { sha256 } from "../sha256.ts";
import { isHashText, isOrganisationId, isRandom128 } from "../statement/id.ts";
import type { Json, JsonObject } from "../statement/json.ts";
import { isObject, parseJson } from "../statement/json.ts";
import { splitJws } from "../statement/jws.ts";
import { thumbprint } from "../statement/key.ts";

const SIZE_LIMIT = 8 * 1024;
const TYPE = "quasarix-request+jwt";
const LIFETIME = 60;
/** Seconds that two honest clocks may differ. */
export const ASSERTION_SKEW = 5;

export interface AssertionClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  readonly htm: string;
  readonly htu: string;
  readonly bh: string;
}

/** Read, not yet believed: `signed` still needs the key that `kid` names. */
export interface Assertion {
  readonly kid: string;
  readonly claims: AssertionClaims;
  readonly signed: Bytes;
  readonly signature: Bytes;
}

export type AssertionFormRefusal = "size" | "form" | "typ" | "alg" | "header" | "claims";
export type AssertionCheckRefusal = "iss" | "aud" | "time" | "htm" | "htu" | "bh";

/** FORMATS 6: size cap, form, typ, alg, in this order; then every claim is there, of its kind, and no other. */
export function readAssertion(text: string): Result<Assertion, AssertionFormRefusal> {
  if (text.length > SIZE_LIMIT) return fail("size");
  const jws = splitJws(text);
  const header = jws.ok ? parseJson(jws.value.header) : jws;
  if (!jws.ok || !header.ok || !isObject(header.value)) return fail("form");
  const { typ, alg, kid, ...more } = header.value;
  if (typ !== TYPE) return fail("typ");
  if (alg !== "EdDSA") return fail("alg");
  if (!isHashText(kid) || Object.keys(more).length > 0) return fail("header");
  const payload = parseJson(jws.value.payload);
  const claims = payload.ok && isObject(payload.value) ? claimsOf(payload.value) : null;
  if (!claims) return fail("claims");
  return ok({ kid, claims, signed: jws.value.signed, signature: jws.value.signature });
}

const isText = (value: Json | undefined): value is string => typeof value === "string";
const isSeconds = (value: Json | undefined): value is number => Number.isSafeInteger(value);

function claimsOf(payload: JsonObject): AssertionClaims | null {
  const { iss, sub, aud, iat, exp, jti, htm, htu, bh, ...more } = payload;
  if (Object.keys(more).length > 0 || !isOrganisationId(iss) || !isOrganisationId(sub)) return null;
  if (!isText(aud) || !isSeconds(iat) || !isSeconds(exp) || !isRandom128(jti)) return null;
  if (!isText(htm) || !isText(htu) || !isHashText(bh)) return null;
  return { iss, sub, aud, iat, exp, jti, htm, htu, bh };
}

/** What the request is in truth. `org` holds the key; `url` is absolute, as sent; `now` is Unix ms. */
export interface RequestFacts {
  readonly org: string;
  readonly audience: string;
  readonly method: string;
  readonly url: string;
  readonly bodyHash: Bytes;
  readonly now: number;
}

/** FORMATS 6, after the signature: iss/aud/time, then htm/htu/bh. Single use of `jti` is the door's. */
export function checkAssertion(
  { claims }: Pick<Assertion, "claims">,
  request: RequestFacts,
): Result<true, AssertionCheckRefusal> {
  if (claims.iss !== request.org || claims.sub !== request.org) return fail("iss");
  if (claims.aud !== request.audience) return fail("aud");
  if (!isTimely(claims, request.now / 1000)) return fail("time");
  if (claims.htm !== request.method) return fail("htm");
  if (claims.htu !== request.url) return fail("htu");
  if (claims.bh !== base64url(request.bodyHash)) return fail("bh");
  return ok(true);
}

function isTimely({ iat, exp }: AssertionClaims, now: number): boolean {
  if (exp <= iat || exp - iat > LIFETIME) return false;
  return iat - ASSERTION_SKEW <= now && now < exp + ASSERTION_SKEW;
}

export interface AssertedRequest {
  readonly org: string;
  readonly method: string;
  readonly url: string;
  /** Empty where the request has none. */
  readonly body: Bytes;
  readonly now: number;
}

/** The value after `Authorization: Bearer `, good once and for at most a minute. */
export async function buildAssertion(
  ports: { readonly signer: Signer; readonly random: RandomBytes },
  request: AssertedRequest,
): Promise<string> {
  const url = new URL(request.url);
  url.hash = "";
  const iat = Math.floor(request.now / 1000);
  const claims: AssertionClaims = {
    iss: request.org,
    sub: request.org,
    aud: url.origin,
    iat,
    exp: iat + LIFETIME,
    jti: base64url(ports.random(16)),
    htm: request.method,
    htu: url.href,
    bh: base64url(sha256(request.body)),
  };
  const header = { alg: "EdDSA", kid: thumbprint(ports.signer.publicKey), typ: TYPE };
  const signed = `${jsonPart(header)}.${jsonPart(claims)}`;
  return `${signed}.${base64url(await ports.signer.sign(utf8(signed)))}`;
}

const jsonPart = (value: object): string => base64url(utf8(JSON.stringify(value)));

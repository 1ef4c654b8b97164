import { fromBase64url } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { Clock, VerifyEd25519 } from "@quasarix/shared/ports.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import { verifySignature } from "@quasarix/shared/statement/signature.ts";
import { ASSERTION_SKEW, type Assertion, checkAssertion, readAssertion } from "@quasarix/shared/wire/assertion.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import type { Env } from "../env.ts";
import { findAuthKey } from "../store/auth-keys.ts";
import type { Db } from "../store/db.ts";
import { readBody } from "./body.ts";
import { principalWith } from "./principal.ts";

export interface DoorPorts {
  readonly db: Db;
  readonly replay: Env["REPLAY"];
  readonly verify: VerifyEd25519;
  readonly now: Clock;
  /** The API's origin where the host of a request is not to be believed; null: the request's own. */
  readonly origin: string | null;
}

export interface Passed {
  readonly principal: Principal;
  readonly body: Bytes;
}

const SCHEME = "Bearer ";
/** Margin over the skew, since this clock and the object's may differ. */
const KEPT_MS = (ASSERTION_SKEW + 30) * 1000;

const shut = (why: string) => fail({ reason: "unauthenticated", why } as const);

/**
 * FORMATS 6, in its order: form, key, signature, claims, jti. Every failure is one and the same 401; why is for our log.
 * The body is read once the signature holds, so that a stranger cannot make us hold 16 MiB.
 */
export async function principalOf(ports: DoorPorts, request: Request): Promise<Result<Passed, Failure>> {
  const authorization = request.headers.get("authorization");
  if (!authorization?.startsWith(SCHEME)) return shut("no-assertion");
  const assertion = readAssertion(authorization.slice(SCHEME.length));
  if (!assertion.ok) return shut(assertion.failure);
  const principal = await signerOf(ports, assertion.value);
  if (!principal.ok) return principal;
  const body = await readBody(request);
  if (!body.ok) return body;
  const refusal = await misfit(ports, assertion.value, principal.value.org, request, body.value);
  if (refusal) return shut(refusal);
  if (!(await isFirstUse(ports, assertion.value))) return shut("jti");
  return ok({ principal: principal.value, body: body.value });
}

async function signerOf(ports: DoorPorts, assertion: Assertion): Promise<Result<Principal, Failure>> {
  const found = await findAuthKey(ports.db, assertion.kid);
  if (!found) return shut("kid");
  const principal = principalWith(found);
  if (!principal.ok) return shut(principal.failure);
  const publicKey = fromBase64url(found.x) as Bytes;
  const holds = await verifySignature(ports.verify, publicKey, assertion.signature, assertion.signed);
  return holds ? principal : shut("signature");
}

/** The first thing that the assertion says otherwise than the request is. */
async function misfit(ports: DoorPorts, assertion: Assertion, org: string, request: Request, body: Bytes) {
  const sent = new URL(request.url);
  const audience = ports.origin ?? sent.origin;
  const checked = checkAssertion(assertion, {
    org,
    audience,
    method: request.method,
    url: `${audience}${sent.pathname}${sent.search}`,
    bodyHash: new Uint8Array(await crypto.subtle.digest("SHA-256", body)),
    now: ports.now(),
  });
  return checked.ok ? null : checked.failure;
}

function isFirstUse({ replay }: DoorPorts, { kid, claims }: Assertion): Promise<boolean> {
  return replay.getByName(kid).use(claims.jti, claims.exp * 1000 + KEPT_MS);
}

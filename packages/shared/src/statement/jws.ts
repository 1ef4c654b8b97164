import { fromBase64url } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { utf8 } from "../bytes.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";

/** A compact JWS whose spelling is canonical; nothing in it is trusted yet. */
export interface Jws {
  readonly header: Bytes;
  readonly payload: Bytes;
  readonly signature: Bytes;
  /** The bytes that were signed: ASCII of the first two parts and the dot between them. */
  readonly signed: Bytes;
}

/** FORMATS 3.1: three parts, none empty, each the one b64url spelling of its bytes. */
export function splitJws(text: string): Result<Jws, "jws-form"> {
  const first = text.indexOf(".");
  const second = text.indexOf(".", first + 1);
  if (first <= 0 || second <= first + 1 || second === text.length - 1) return fail("jws-form");
  const header = fromBase64url(text.slice(0, first));
  const payload = fromBase64url(text.slice(first + 1, second));
  const signature = fromBase64url(text.slice(second + 1));
  if (!header || !payload || !signature) return fail("jws-form");
  return ok({ header, payload, signature, signed: utf8(text.slice(0, second)) });
}

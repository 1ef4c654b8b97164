import { ed25519 } from "@noble/curves/ed25519.js";
import { base64url, fromBase64url } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { utf8 } from "../bytes.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { sha256 } from "../sha256.ts";

export type KeyRefusal = "key-form" | "key-not-a-point" | "key-small-order" | "key-torsion";

type Admission = Result<Bytes, KeyRefusal>;

// A millisecond each, and a reader meets the same handful of keys again and again.
const CAPACITY = 1024;
const judged = new Map<string, Admission>();

/** FORMATS 3.2: canonical encoding, not of small order, free of torsion. Proof of possession is the caller's business. */
export function admitPublicKey(publicKey: Bytes): Admission {
  if (publicKey.length !== 32) return fail("key-form");
  const name = base64url(publicKey);
  const known = judged.get(name);
  if (known) return known;
  const admission = judge(publicKey.slice());
  if (judged.size >= CAPACITY) judged.clear();
  judged.set(name, admission);
  return admission;
}

function judge(publicKey: Bytes): Admission {
  let point: ReturnType<typeof ed25519.Point.fromBytes>;
  try {
    point = ed25519.Point.fromBytes(publicKey);
  } catch {
    return fail("key-not-a-point");
  }
  if (point.isSmallOrder()) return fail("key-small-order");
  return point.isTorsionFree() ? ok(publicKey) : fail("key-torsion");
}

/** `x` as in a JWK: 32 bytes in canonical b64url. */
export function admitKey(x: string): Result<Bytes, KeyRefusal> {
  const publicKey = fromBase64url(x);
  return publicKey ? admitPublicKey(publicKey) : fail("key-form");
}

/** RFC 7638 over the required members of an OKP key, in lexical order. */
export function thumbprint(publicKey: Bytes): string {
  return base64url(sha256(utf8(`{"crv":"Ed25519","kty":"OKP","x":"${base64url(publicKey)}"}`)));
}

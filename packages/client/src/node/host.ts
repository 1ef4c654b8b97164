import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, verify } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { base64url } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import type { Signer, VerifyEd25519 } from "@quasarix/shared/ports.ts";
import { type PrivateJwk, webSigner } from "@quasarix/shared/webcrypto.ts";
import type { Host } from "../ports.ts";

const KEYS_HELD = 1024;

/** Half the price of WebCrypto in Node (STACK, figures); the same rule of FORMATS 3 stands around it. */
export function nodeVerify(): VerifyEd25519 {
  const keys = new Map<string, KeyObject>();
  return (publicKey, signature, message) => {
    const x = base64url(publicKey);
    let key = keys.get(x);
    if (!key) {
      key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
      if (keys.size >= KEYS_HELD) keys.clear();
      keys.set(x, key);
    }
    return verify(null, message, key, signature);
  };
}

const owned = (buffer: Uint8Array): Bytes => new Uint8Array(buffer);

export const nodeHost = (): Host => ({
  verify: nodeVerify(),
  random: (length) => owned(randomBytes(length)),
  now: () => Date.now(),
  wait: (milliseconds) => sleep(milliseconds),
});

export const nodeSigner = (jwk: PrivateJwk): Promise<Signer> => webSigner(globalThis.crypto, jwk);

export function newKey(): PrivateJwk {
  const { x, d } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  if (x === undefined || d === undefined) throw new Error("the host made a key without its parts");
  return { x, d };
}

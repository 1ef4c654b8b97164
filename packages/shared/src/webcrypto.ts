import { base64url, bytes32 } from "./base64.ts";
import type { Bytes } from "./bytes.ts";
import { concat } from "./bytes.ts";
import type { RandomBytes, Sealer, Signer, VerifyEd25519 } from "./ports.ts";

/** The part of the host's `crypto` we use; passed in, so that this package touches no global. */
export type HostCrypto = Pick<Crypto, "subtle" | "getRandomValues">;

const KEY_LENGTH = 32;
const IV_LENGTH = 12;

/** Imports are a third of a verify's price, so the host keeps the last `capacity` keys. */
export function webVerify(host: HostCrypto, capacity = 1024): VerifyEd25519 {
  const imported = new Map<string, CryptoKey>();
  return async (publicKey, signature, message) => {
    const name = base64url(publicKey);
    let key = imported.get(name);
    if (!key) {
      key = await host.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
      if (imported.size >= capacity) imported.clear();
      imported.set(name, key);
    }
    return host.subtle.verify("Ed25519", key, signature, message);
  };
}

export const webRandom =
  (host: HostCrypto): RandomBytes =>
  (length) =>
    host.getRandomValues(new Uint8Array(length));

/** Requires that the bytes of a key never change. */
export function webSealer(host: HostCrypto): Sealer {
  // A key-encryption key is one object for years and is forgotten with its bytes.
  // The key and not its promise: in workerd no request may wait for what another one imports.
  const imported = new WeakMap<Bytes, CryptoKey>();
  const keyOf = async (raw: Bytes): Promise<CryptoKey> => {
    const held = imported.get(raw);
    if (held) return held;
    const key = await host.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    imported.set(raw, key);
    return key;
  };
  const encrypt = async (key: CryptoKey, iv: Bytes, aad: Bytes, plain: Bytes): Promise<Bytes> =>
    concat(iv, new Uint8Array(await host.subtle.encrypt({ name: "AES-GCM", iv, additionalData: aad }, key, plain)));
  return {
    async seal(raw, aad, plain) {
      const iv = host.getRandomValues(new Uint8Array(IV_LENGTH));
      return encrypt(await keyOf(raw), iv, aad, plain);
    },
    async sealOnce(aad, plain) {
      const random = host.getRandomValues(new Uint8Array(KEY_LENGTH + IV_LENGTH));
      const raw = random.slice(0, KEY_LENGTH);
      const key = await host.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
      return { key: raw, sealed: await encrypt(key, random.subarray(KEY_LENGTH), aad, plain) };
    },
    async open(raw, aad, sealed) {
      const iv = sealed.slice(0, IV_LENGTH);
      const key = await keyOf(raw);
      try {
        const plain = await host.subtle.decrypt(
          { name: "AES-GCM", iv, additionalData: aad },
          key,
          sealed.slice(IV_LENGTH),
        );
        return new Uint8Array(plain);
      } catch {
        return null;
      }
    },
  };
}

/** A private Ed25519 key as JWK members `x` and `d` (RFC 8037). */
export interface PrivateJwk {
  readonly x: string;
  readonly d: string;
}

/** Throws on a JWK that is not a key: it comes from our own key file, never from a caller. */
export async function webSigner(host: HostCrypto, jwk: PrivateJwk): Promise<Signer> {
  const publicKey = bytes32(jwk.x, "`x` of a private key");
  const full: JsonWebKey = { kty: "OKP", crv: "Ed25519", x: jwk.x, d: jwk.d };
  const key = await host.subtle.importKey("jwk", full, "Ed25519", false, ["sign"]);
  return {
    publicKey,
    sign: async (message) => new Uint8Array(await host.subtle.sign("Ed25519", key, message)),
  };
}

import type { Bytes } from "@quasarix/shared/bytes.ts";
import type { Signer } from "@quasarix/shared/ports.ts";

/** A fresh key pair of the host. */
export async function signerOf(host: Crypto): Promise<Signer> {
  const pair = (await host.subtle.generateKey("Ed25519", true, ["sign", "verify"])) as CryptoKeyPair;
  const raw = (await host.subtle.exportKey("raw", pair.publicKey)) as ArrayBuffer;
  return {
    publicKey: new Uint8Array(raw),
    sign: async (message: Bytes) => new Uint8Array(await host.subtle.sign("Ed25519", pair.privateKey, message)),
  };
}

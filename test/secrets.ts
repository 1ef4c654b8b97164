import { ed25519 } from "@noble/curves/ed25519.js";
import { base64url } from "@quasarix/shared/base64.ts";
import { type Bytes, utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";

const seedOf = (name: string): Bytes => sha256(utf8(`quasarix test ${name}`));

/** A private JWK from a name: the same key in every run, so that a failing test can be looked at again. */
export function jwkOf(name: string): { x: string; d: string } {
  const seed = seedOf(name);
  return { x: base64url(ed25519.getPublicKey(seed)), d: base64url(seed) };
}

/** The Worker's secrets in tests; the shapes are those of `.dev.vars`. */
export const testSecrets = {
  LOG_KEY: JSON.stringify(jwkOf("log")),
  PLATFORM_KEY: JSON.stringify(jwkOf("platform")),
  DOSSIER_ROOT: base64url(seedOf("dossier root")),
  KEK: JSON.stringify({ version: 1, keys: { 1: base64url(seedOf("key-encryption key")) } }),
  CURSOR_KEY: base64url(seedOf("cursor key")),
  GENESIS_KEY: jwkOf("operator").x,
};

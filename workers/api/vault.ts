import { webSealer } from "@quasarix/shared/webcrypto.ts";
import type { ApiSlice } from "../env.ts";
import { Vault } from "../store/vault.ts";

const vaults = new WeakMap<ApiSlice, Vault>();

/** One an isolate: it keeps the dossier keys it has derived. */
export function vaultOf(env: ApiSlice): Vault {
  const known = vaults.get(env);
  if (known) return known;
  const vault = new Vault(env, webSealer(crypto));
  vaults.set(env, vault);
  return vault;
}

import type { RandomBytes } from "@quasarix/shared/ports.ts";
import { webSealer } from "@quasarix/shared/webcrypto.ts";
import type { ApiSlice } from "../env.ts";
import { Vault } from "../store/vault.ts";

const vaults = new WeakMap<ApiSlice, Vault>();

/** One an isolate: it keeps the dossier keys it has derived. */
export function vaultOf(env: ApiSlice, random: RandomBytes): Vault {
  const known = vaults.get(env);
  if (known) return known;
  const vault = new Vault(env, { sealer: webSealer(crypto), random });
  vaults.set(env, vault);
  return vault;
}

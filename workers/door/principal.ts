import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import type { AuthKey } from "../store/auth-keys.ts";

export type KeyStandingRefusal = "key-use" | "key-ended" | "key-lost";

/** FORMATS 6: the key is active and of use `auth`. A key that ended or was lost at any index speaks for nobody from then on. */
export function principalWith(key: AuthKey): Result<Principal, KeyStandingRefusal> {
  if (key.use !== "auth") return fail("key-use");
  if (key.untilIndex !== null) return fail("key-ended");
  if (key.lossIndex !== null) return fail("key-lost");
  const { org, kind, isOperator, suspended } = key;
  return ok({ org, kind, isOperator, suspended, door: "assertion" });
}

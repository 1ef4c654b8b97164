import { admitPlatform } from "@quasarix/shared/policy/admit.ts";
import type { WriteScope } from "@quasarix/shared/policy/scope.ts";
import type { Signer } from "@quasarix/shared/ports.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { parseStatement, type Statement } from "@quasarix/shared/statement/statement.ts";

/** Of a statement that we issued or staged: one that does not parse is a bug. */
export function mustParse(text: string): Statement {
  const parsed = parseStatement(text);
  if (!parsed.ok) throw new Error(`our own statement does not parse: ${parsed.failure.reason}`);
  return parsed.value;
}

/** The platform's leave to say what it has just signed. */
export const platformScope = (
  { origin, platform }: { readonly origin: string; readonly platform: Signer },
  statement: Statement,
): WriteScope => admitPlatform(statement, { origin, kid: thumbprint(platform.publicKey) });

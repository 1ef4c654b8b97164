import { fromBase64url } from "@quasarix/shared/base64.ts";
import type { AuthorFacts } from "@quasarix/shared/policy/author-facts.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import { admitPublicKey, thumbprint } from "@quasarix/shared/statement/key.ts";
import type { Statement } from "@quasarix/shared/statement/statement.ts";

export type SigningKeyRefusal =
  | "unknown-key"
  | "not-the-authors-key"
  | "not-a-record-key"
  | "key-ended"
  | "key-lost"
  | "not-a-first-key";

export interface SigningKey {
  readonly x: string;
  /** Log index from which the key stands; null for a first key. */
  readonly since: number | null;
}

/** The key that has to have signed: an active record key of the author, or for a newcomer the key that it brings. */
export function signingKeyOf(
  statement: Statement,
  facts: AuthorFacts,
  isNewcomer: boolean,
): Result<SigningKey, SigningKeyRefusal> {
  if (isNewcomer) return firstKeyOf(statement);
  const key = facts.keys.get(statement.kid);
  if (!key) return fail("unknown-key");
  if (key.org !== statement.claims.iss) return fail("not-the-authors-key");
  if (key.use !== "record") return fail("not-a-record-key");
  if (key.until !== null) return fail("key-ended");
  if (key.loss !== null) return fail("key-lost");
  return ok({ x: key.x, since: key.from });
}

/** FORMATS 1.1: `key` is signed by the key itself. That the operator admits it is `admit`'s to check. */
function firstKeyOf({ row, claims, kid }: Statement): Result<SigningKey, SigningKeyRefusal> {
  const x = claims["x"];
  if (row.type !== "key" || typeof x !== "string") return fail("not-a-first-key");
  const publicKey = fromBase64url(x);
  if (publicKey === null || thumbprint(publicKey) !== kid) return fail("not-a-first-key");
  return admitPublicKey(publicKey).ok ? ok({ x, since: null }) : fail("not-a-first-key");
}

import { fromBase64url } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { claimsOf } from "@quasarix/shared/policy/own-claims.ts";
import type { Clock, VerifyEd25519 } from "@quasarix/shared/ports.ts";
import { isOwnChallenge } from "@quasarix/shared/registry/challenge.ts";
import { keyClaims, possessionBytes } from "@quasarix/shared/registry/key.ts";
import { admitKey, thumbprint } from "@quasarix/shared/statement/key.ts";
import { verifySignature } from "@quasarix/shared/statement/signature.ts";
import type { Statement } from "@quasarix/shared/statement/statement.ts";

export interface PossessionPorts {
  readonly verify: VerifyEd25519;
  readonly now: Clock;
  readonly origin: string;
  /** Signs our challenges. */
  readonly challengeKey: Bytes;
}

export type PossessionRefusal = "key-claims" | "no-possession" | "challenge-not-ours" | "possession-signature";

/**
 * FORMATS 3.2: whoever brings a key shows that it holds it. A key that signed its own statement has; any other signs a challenge
 * of ours, given to this organisation. Null where that is so, and for statements that bring no key.
 */
export async function possessionRefusal(
  ports: PossessionPorts,
  statement: Statement,
): Promise<PossessionRefusal | null> {
  if (statement.row.type !== "key") return null;
  const claims = keyClaims.safeParse(claimsOf(statement));
  if (!claims.success) return "key-claims";
  const { x, possession } = claims.data;
  const key = admitKey(x);
  const kid = key.ok ? thumbprint(key.value) : null;
  if (kid === statement.kid) return null;
  if (!key.ok || kid === null || !possession) return "no-possession";
  const org = statement.claims.iss;
  if (!isOwnChallenge(ports.challengeKey, org, possession.challenge, ports.now())) return "challenge-not-ours";
  const signature = fromBase64url(possession.signature) ?? new Uint8Array(0);
  const message = possessionBytes(ports.origin, org, kid, possession.challenge);
  return (await verifySignature(ports.verify, key.value, signature, message)) ? null : "possession-signature";
}

import { base64url } from "../base64.ts";
import { type Bytes, compare, utf8 } from "../bytes.ts";
import { hmacSha256, sha256 } from "../sha256.ts";

/** What a plan commits to before any vote, and shows nobody but its auditors. */
export interface PlanSecrets {
  readonly planKey: Bytes;
  secretOf(cohortId: string): Bytes;
}

/** `nonce`: 32 random bytes of the proposal. From the same root they come out the same after a restore. */
export function planSecrets(root: Bytes, nonce: Bytes): PlanSecrets {
  const name = base64url(nonce);
  return {
    planKey: hmacSha256(root, utf8(`plan|${name}`)),
    secretOf: (cohortId) => hmacSha256(root, utf8(`release|${name}|${cohortId}`)),
  };
}

/** What stands in the plan's file in the place of a secret. */
export const commitmentOf = (secret: Bytes): string => base64url(sha256(secret));

/**
 * A sponsor as its plan knows it: the same member is the same name throughout, and whose it is nobody finds by trying all
 * members without the plan's key. Never shown: `sponsorIn` is.
 */
export const sponsorName = (planKey: Bytes, member: string): string =>
  base64url(hmacSha256(planKey, utf8(`sponsor|${member}`)));

/**
 * A sponsor as records and auditors know it, by its plan's name, in one cell of one cohort: sponsors are counted there, and no
 * further does an auditor who knows one supplier's member learn of others.
 */
export const sponsorIn = (sponsor: string, cohort: string, path: string): string =>
  base64url(hmacSha256(utf8(sponsor), utf8(`${cohort}|${path}`)));

/** BENCHMARKS 1.1: the member that a site counts for in the plan's life. Null: nobody stands behind it. */
export function sponsorOf(planKey: Bytes, site: string, members: readonly string[]): string | null {
  let least: { mac: Bytes; member: string } | null = null;
  for (const member of members) {
    const mac = hmacSha256(planKey, utf8(`${site}|${member}`));
    if (!least || compare(mac, least.mac) < 0) least = { mac, member };
  }
  return least?.member ?? null;
}

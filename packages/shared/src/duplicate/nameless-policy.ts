import { isPublicScheme } from "../audit/scheme/catalogue.ts";
import { base64url } from "../base64.ts";
import { utf8 } from "../bytes.ts";
import { sha256 } from "../sha256.ts";
import { type AcceptancePolicy, acceptancePolicy } from "./acceptance.ts";

const NAME = "A customer's policy";

/** A policy without what tells whose it is: its name, schemes outside the public catalogue, the order in which it was written. */
export function namelessPolicy(policy: AcceptancePolicy): AcceptancePolicy {
  const { schemes, topics, announcements, accreditations, provenances, ...rest } = policy;
  const known = schemes.filter(({ scheme }) => isPublicScheme(scheme)).toSorted((a, b) => order(a.scheme, b.scheme));
  // Parsed anew, which puts the points of each part in the schema's own order.
  return acceptancePolicy.parse({
    ...rest,
    name: NAME,
    schemes: known.map(({ versions, ...one }) => ({ ...one, ...(versions && { versions: versions.toSorted() }) })),
    topics: topics.toSorted(),
    ...(announcements && { announcements: announcements.toSorted() }),
    ...(accreditations && { accreditations: accreditations.toSorted() }),
    provenances: provenances.toSorted(),
  });
}

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** By what a nameless policy goes: the hash of what it says, so that two that say the same are one. */
export const namelessId = (policy: AcceptancePolicy): string => base64url(sha256(utf8(JSON.stringify(policy))));

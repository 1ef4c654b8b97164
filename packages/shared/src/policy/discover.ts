import type { AuditFacts } from "./facts.ts";
import type { Principal } from "./principal.ts";

/** Of one audit: ids and existence, never a body. */
export interface DiscoveryFacts extends Pick<AuditFacts, "right" | "disputed" | "rulebook" | "finalAt"> {
  readonly provenance: string;
  /** The supplier's withdrawal of the site that stands; null: there is none. */
  readonly withdrawn: string | null;
}

/** Each answer of `decideDiscovery`, as a person would say it. */
export const DISCOVERY_SAYS = {
  "membership-terms": "Members may hear that it exists: their membership terms say so of contributed audits.",
  "discovery-withdrawn": "Its supplier took the site out of discovery.",
  "right-to-share-unknown": "The report does not say by what right it may be shared, so nobody hears of it.",
  "key-disputed": "The key that signed it was declared lost; it has to be attested again.",
  embargo: "It is not final yet: its supplier still has time to reply.",
  suspended: "Whoever asks is suspended.",
  "not-a-member": "Discovery is among members.",
} as const;
export type DiscoveryReason = keyof typeof DISCOVERY_SAYS;

export interface Discovery {
  /** Whether the asker may hear that the audit exists; nothing else of it. */
  readonly isOpen: boolean;
  readonly why: DiscoveryReason;
}

/** DESIGN 8: `existence` of contributed audits is for all members' discovery, unless its site's supplier withdraws it. */
export function decideDiscovery(
  facts: DiscoveryFacts,
  principal: Pick<Principal, "kind" | "suspended">,
  now: number,
): Discovery {
  const why = closedBy(facts, principal, now);
  return why ? { isOpen: false, why } : { isOpen: true, why: "membership-terms" };
}

function closedBy(
  { provenance, right, disputed, withdrawn, rulebook, finalAt }: DiscoveryFacts,
  { kind, suspended }: Pick<Principal, "kind" | "suspended">,
  now: number,
): DiscoveryReason | null {
  if (suspended) return "suspended";
  if (kind !== "member") return "not-a-member";
  if (disputed) return "key-disputed";
  if (withdrawn !== null) return "discovery-withdrawn";
  if (right === "unknown" && provenance !== "listed") return "right-to-share-unknown";
  const isFinal = finalAt !== null && now >= finalAt;
  return rulebook.embargo === "until-final" && !isFinal ? "embargo" : null;
}

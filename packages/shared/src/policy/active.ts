import type { OrgId } from "../wire/ids.ts";
import type { Grant } from "./facts.ts";
import type { Principal } from "./principal.ts";

interface Given {
  readonly notBefore: number;
  readonly notAfter: number;
  readonly revoked: boolean;
}

/** Why something given for a time says nothing now; null while it stands. The window is `[notBefore, notAfter)`. */
export function inactive(given: Given, now: number): "revoked" | "too-early" | "ended" | null {
  if (given.revoked) return "revoked";
  if (now < given.notBefore) return "too-early";
  if (now >= given.notAfter) return "ended";
  return null;
}

/** A grant speaks only for the supplier that gave it, while the site is that supplier's. */
export function reaches(
  grant: Pick<Grant, "grantor" | "grantee">,
  supplier: OrgId | null,
  principal: Pick<Principal, "org" | "kind">,
): boolean {
  if (grant.grantor !== supplier) return false;
  return grant.grantee === principal.org || (grant.grantee === "members" && principal.kind === "member");
}

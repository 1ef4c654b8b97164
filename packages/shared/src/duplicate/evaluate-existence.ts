import { schemeName } from "../audit/scheme/catalogue.ts";
import type { Case } from "./evaluate.ts";
import type { Reason } from "./reasons.ts";

/** How an audit says that it does not know. */
const UNKNOWN = "unknown";

export function schemeAndVersion({ policy, audit, catalogue, scheme }: Case): Reason[] {
  const named = policy.schemes.find((one) => one.scheme === audit.scheme);
  if (!named) {
    if (policy.others === "by-topics") return [];
    const accepted = policy.schemes.map((one) => schemeName(catalogue, one.scheme));
    return [{ code: "scheme-not-accepted", scheme, accepted }];
  }
  const { versions: accepted } = named;
  if (!accepted || accepted.includes(audit.schemeVersion)) return [];
  if (audit.schemeVersion === UNKNOWN) return [{ code: "version-not-stated", scheme, accepted }];
  return [{ code: "version-not-accepted", scheme, version: audit.schemeVersion, accepted }];
}

export function announcement({ policy: { announcements: accepted }, audit }: Case): Reason[] {
  if (!accepted || accepted.some((one) => one === audit.announcement)) return [];
  if (audit.announcement === UNKNOWN) return [{ code: "announcement-not-stated", accepted }];
  return [{ code: "announcement-not-accepted", announcement: audit.announcement, accepted }];
}

export function accreditation({ policy: { accreditations: accepted }, audit }: Case): Reason[] {
  if (!accepted) return [];
  const body = audit.accreditation;
  if (body === null) return [{ code: "accreditation-not-stated", accepted }];
  const isOne = accepted.some((one) => one.toLowerCase() === body.toLowerCase());
  return isOne ? [] : [{ code: "accreditation-not-accepted", body, accepted }];
}

export const provenance = ({ policy, audit }: Case): Reason[] =>
  policy.provenances.some((one) => one === audit.provenance)
    ? []
    : [{ code: "provenance-not-accepted", provenance: audit.provenance }];

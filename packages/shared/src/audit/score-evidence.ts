import { organisationKind } from "../registry/kinds.ts";

/** What a score rests on, the weakest first (DESIGN 10: it is part of every score). */
export const EVIDENCE = ["self-reported", "documented", "third-party"] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** For people. */
export const EVIDENCE_SAYS: Readonly<Record<Evidence, string>> = {
  "self-reported": "the site's own word",
  documented: "documents that were seen",
  "third-party": "a third party saw it for itself",
};

const rank = (level: Evidence): number => EVIDENCE.indexOf(level);

export const isEnough = (got: Evidence, least: Evidence): boolean => rank(got) >= rank(least);

/** Of the audit that holds the score: its provenance, and the kind of its assessor. */
export interface Standing {
  readonly provenance: string;
  readonly assessorKind: string;
}

const UNSAID: Readonly<Record<string, Evidence>> = {
  "auditor-signed": "third-party",
  "submitted-copy": "documented",
  "supplier-signed": "self-reported",
};

/** Nobody verifies itself: the most that an audit of this provenance can be, whatever it says. */
const most = ({ provenance, assessorKind }: Standing): Evidence =>
  provenance === "auditor-signed" || (provenance === "submitted-copy" && organisationKind(assessorKind)?.assesses)
    ? "third-party"
    : "documented";

/** What a score rests on, by what it says and by who says it. Null: of a provenance whose scores count for nothing. */
export function evidenceOf(standing: Standing, stated?: Evidence): Evidence | null {
  const unsaid = Object.hasOwn(UNSAID, standing.provenance) ? UNSAID[standing.provenance] : undefined;
  if (unsaid === undefined) return null;
  const said = stated ?? unsaid;
  const bound = most(standing);
  return isEnough(said, bound) ? bound : said;
}

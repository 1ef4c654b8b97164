import { base64url } from "../base64.ts";
import { utf8 } from "../bytes.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { type Provenance, vctOf } from "./catalogue.ts";
import type { Seen } from "./claims.ts";
import { digestOf } from "./disclosure.ts";
import type { IssuePorts } from "./issue.ts";
import { signPayload } from "./issue.ts";
import { present } from "./present.ts";
import { paddedLength } from "./sections.ts";
import type { Statement } from "./statement.ts";
import { hashText } from "./statement.ts";

export interface ReissueFrame {
  /** The log's origin. */
  readonly iss: string;
  /** Of the round, in seconds; as `seen`, the same for all of a round's audits. */
  readonly iat: number;
  readonly sub: string;
  readonly seen?: Seen | undefined;
}

/** Characters that intake's copy may have more than its submission: `seen`, `provenance`, the digests around `origin`. */
export const REISSUE_ROOM = 1_024;

const AUDIT = vctOf("audit");
const SUBMISSION = vctOf("submission");

/** FORMATS 1.1: the submission's `sections` as they are, under intake's key, and the salted `origin` that names it. */
export async function reissue(ports: IssuePorts, submission: Statement, given: ReissueFrame): Promise<string> {
  const jti = base64url(ports.random(16));
  const origin = base64url(utf8(JSON.stringify([base64url(ports.random(16)), "origin", hashText(submission)])));
  const digests = [digestOf(origin)];
  while (digests.length < paddedLength(1)) digests.push(base64url(ports.random(32)));
  const jwt = await signPayload(ports.signer, {
    iss: given.iss,
    iat: given.iat,
    jti,
    vct: AUDIT,
    sub: given.sub,
    seen: given.seen,
    provenance: provenanceOf(submission),
    _sd_alg: "sha-256",
    _sd: digests.sort(),
    sections: submission.claims["sections"],
  });
  // By their salts: the order in which a member's software wrote them would mark it. Findings carry their own number.
  const disclosures = [...submission.sections.values()].flatMap((section) => [...section.disclosures].sort());
  return present({ jwt, disclosures: [origin, ...disclosures] });
}

/** A member's list says so, or the member holds the report. */
const provenanceOf = ({ claims }: Statement): Provenance => (claims["listed"] === true ? "listed" : "submitted-copy");

export type ReissueRefusal =
  | "not-a-submission"
  | "not-an-audit"
  | "provenance"
  | "subject"
  | "origin-withheld"
  | "origin-differs"
  | "digests-differ";

/**
 * What the submitting member checks of intake's audit: the same digests in the same order at the same paths, about the
 * same site, and the submission named. The signatures are checked elsewhere.
 */
export function checkReissue(submission: Statement, audit: Statement): Result<true, ReissueRefusal> {
  if (submission.claims.vct !== SUBMISSION) return fail("not-a-submission");
  if (audit.claims.vct !== AUDIT) return fail("not-an-audit");
  if (audit.claims.provenance !== provenanceOf(submission)) return fail("provenance");
  if (audit.claims.sub !== submission.claims["site"]) return fail("subject");
  const origin = audit.top.find(({ name }) => name === "origin");
  if (!origin) return fail("origin-withheld");
  if (origin.value !== hashText(submission)) return fail("origin-differs");
  const isSame = JSON.stringify(audit.claims["sections"]) === JSON.stringify(submission.claims["sections"]);
  return isSame ? ok(true) : fail("digests-differ");
}

import type { Logged } from "../statement/logged.ts";
import type { GrantClaims } from "./grant.ts";

export interface GrantRow {
  readonly id: string;
  readonly grantor: string;
  readonly grantee: string;
  readonly site: string;
  readonly audit: string | null;
  readonly sections: readonly string[];
  readonly purposes: readonly string[];
  readonly notBefore: number;
  readonly notAfter: number;
  /** Of an answer: the request that it said yes to. */
  readonly request: string | null;
  readonly logIndex: number;
}

export interface RevocationRow {
  readonly given: string;
  readonly revokedBy: string;
  readonly revokedIndex: number;
}

export function projectGrant({ claims, hash, index }: Logged): GrantRow {
  const own = claims as unknown as GrantClaims;
  return {
    id: hash,
    grantor: claims.iss,
    grantee: own.grantee,
    site: own.site,
    audit: own.audit ?? null,
    sections: own.grantSections,
    purposes: own.purposes,
    notBefore: own.notBefore,
    notAfter: own.notAfter,
    request: null,
    logIndex: index,
  };
}

export const projectRevocation = ({ claims, hash, index }: Logged): RevocationRow => ({
  given: claims.re ?? "",
  revokedBy: hash,
  revokedIndex: index,
});

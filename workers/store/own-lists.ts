import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { GrantView } from "@quasarix/shared/wire/sharing.ts";
import type { Db } from "./db.ts";
import { GRANTEE_SHOWN } from "./grantee-shown.ts";

type GrantRow = Omit<GrantView, "sections" | "purposes" | "revoked"> & {
  sections: string;
  purposes: string;
  revoked: number;
  index: number;
};

const GRANTEE = { given: GRANTEE_SHOWN, received: "grantee" } as const;
const grantsOn = (
  side: keyof typeof GRANTEE,
): string => `SELECT id AS "grant", grantor, ${GRANTEE[side]} AS grantee, site,
  audit, sections, purposes, not_before AS notBefore, not_after AS notAfter, revoked_by IS NOT NULL AS revoked,
  log_index AS "index" FROM grants`;

const list = <T>(text: string): T => JSON.parse(text) as T;

/** A grant and its place in the log. */
export interface ListedGrant {
  readonly index: number;
  readonly view: GrantView;
}

function grantOf({ index, ...row }: GrantRow): ListedGrant {
  const view = { ...row, sections: list<GrantView["sections"]>(row.sections), revoked: row.revoked === 1 };
  return { index, view: { ...view, purposes: list<GrantView["purposes"]>(row.purposes) } };
}

/** What the asker gave, or what it received, grants to all members included where it is one. Ascending by log index. */
export async function listGrants(
  db: Db,
  by: Principal,
  side: "given" | "received",
  after: number,
  limit: number,
): Promise<ListedGrant[]> {
  const mine = side === "given" ? "grantor = ?1" : by.kind === "member" ? "grantee IN (?1, 'members')" : "grantee = ?1";
  const page = db.prepare(`${grantsOn(side)} WHERE ${mine} AND log_index > ?2 ORDER BY log_index LIMIT ?3`);
  return (await page.bind(by.org, after, limit).all<GrantRow>()).results.map(grantOf);
}

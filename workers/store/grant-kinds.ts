import type { Grant } from "@quasarix/shared/policy/facts.ts";
import type { Purpose } from "@quasarix/shared/policy/purposes.ts";
import type { AuditSection } from "@quasarix/shared/policy/sections.ts";
import type { Db } from "./db.ts";

export type GrantRow = Omit<Grant, "sections" | "purposes" | "revoked"> & {
  readonly sections: string;
  readonly purposes: string;
  readonly revoked: 0 | 1;
};

export const grantOf = (row: GrantRow): Grant => ({
  ...row,
  sections: JSON.parse(row.sections) as AuditSection[],
  purposes: JSON.parse(row.purposes) as Purpose[],
  revoked: row.revoked === 1,
});

const AT = (of: string): string => `grantee = ${of}.grantee AND site = ${of}.site AND audit IS ${of}.audit`;
const KIND = "grantee, site, audit, sections, purposes";
const OF_KIND = `SELECT rowid FROM grants WHERE ${AT("k")} AND revoked_by IS NULL
  AND sections = k.sections AND purposes = k.purposes`;

// ?1 the audits, ?2 the reader, ?3 now. Each step is one look into `grants_by_kind`, which stands in this order.
export const GRANT_KINDS = `WITH RECURSIVE
  place(grantee, site, audit) AS MATERIALIZED (
    SELECT DISTINCT r.value, a.site, CASE one.value WHEN 1 THEN a.hash END
    FROM audits AS a, json_each(json_array(?2, 'members')) AS r, json_each('[0,1]') AS one
    WHERE a.hash IN (SELECT value FROM json_each(?1))),
  kind(${KIND}) AS (
    SELECT g.grantee, g.site, g.audit, g.sections, g.purposes FROM place CROSS JOIN grants AS g ON g.rowid =
      (SELECT rowid FROM grants WHERE ${AT("place")} AND revoked_by IS NULL ORDER BY sections, purposes LIMIT 1)
    UNION ALL
    SELECT g.grantee, g.site, g.audit, g.sections, g.purposes FROM kind AS k CROSS JOIN grants AS g ON g.rowid = ifnull(
      (SELECT rowid FROM grants WHERE ${AT("k")} AND revoked_by IS NULL AND sections = k.sections
        AND purposes > k.purposes ORDER BY purposes LIMIT 1),
      (SELECT rowid FROM grants WHERE ${AT("k")} AND revoked_by IS NULL AND sections > k.sections
        ORDER BY sections, purposes LIMIT 1))),
  chosen(id) AS (
    SELECT ifnull((${OF_KIND} AND not_before <= ?3 ORDER BY not_after DESC LIMIT 1),
      (${OF_KIND} ORDER BY not_after DESC LIMIT 1)) FROM kind AS k
    UNION ALL
    SELECT (SELECT rowid FROM grants WHERE ${AT("place")} AND revoked_by > '' LIMIT 1) FROM place)
  SELECT g.id, grantor, grantee, site, audit, sections, purposes, not_before AS notBefore, not_after AS notAfter,
    revoked_by IS NOT NULL AS revoked
  FROM chosen CROSS JOIN grants AS g ON g.rowid = chosen.id ORDER BY log_index`;

/**
 * Of the reader's grants, and of those to members, on these audits (a JSON array): of each kind, that is for the same sections
 * and purposes, the one that lasts longest, begun where one has begun. What is open is the same as with all of them, why
 * something is closed too; of the revoked one stands for all. The cost is by kinds, however many say the same.
 */
export const grantKinds = (db: Db, reader: string, audits: string, now: number): D1PreparedStatement =>
  db.prepare(GRANT_KINDS).bind(audits, reader, now);

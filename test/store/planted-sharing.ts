import { env } from "../workerd-env.ts";

/** Rows of a projection as a test makes them up: columns by name, one insert for all. */
export async function plant(table: string, rows: readonly Record<string, unknown>[]): Promise<void> {
  const names = Object.keys(rows[0] ?? {});
  if (names.length === 0) return;
  const values = names.map((name) => `value->>'$.${name}'`).join(", ");
  const insert = `INSERT INTO ${table} (${names.join(", ")}) SELECT ${values} FROM json_each(?1)`;
  await env.DB.prepare(insert).bind(JSON.stringify(rows)).run();
}

export const auditRow = (hash: string, site: string, author: string, log_index: number) => ({
  ...{ hash, site, author, log_index, kid: "kid", provenance: "auditor-signed", scheme: "scheme" },
  ...{ audit_from: "2026-03-04", announcement: "unannounced", kind: "initial", topics: "[]" },
  ...{ sharing_right: "supplier-own", admitted_at: 1 },
});

export const siteRow = (id: string, supplier: string) => ({
  ...{ id, supplier, name: id, country: "PT", identifiers: "[]", statement: id, log_index: 0 },
});

interface PlantedGrant {
  readonly id: string;
  readonly grantee: string;
  readonly site: string;
  readonly audit: string | null;
  readonly auditIndex: number | null;
  readonly sections?: string;
  readonly purposes?: string;
  readonly notBefore?: number;
  readonly notAfter: number;
  readonly isRevoked: boolean;
}

export const grantRow = (grant: PlantedGrant, log_index: number) => ({
  ...{ id: grant.id, grantor: "mill", grantee: grant.grantee, site: grant.site, audit: grant.audit, log_index },
  ...{ audit_index: grant.auditIndex, not_before: grant.notBefore ?? 0, not_after: grant.notAfter },
  sections: grant.sections ?? '["existence"]',
  purposes: grant.purposes ?? '["due-diligence"]',
  revoked_by: grant.isRevoked ? "revocation" : null,
});

/** The same numbers each time, below `of`. */
export function dice(seed: number): (of: number) => number {
  let state = seed;
  return (of) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * of);
  };
}

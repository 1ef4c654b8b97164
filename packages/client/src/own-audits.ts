import { existence } from "@quasarix/shared/audit/existence.ts";
import { recordsOf } from "@quasarix/shared/benchmark/extract.ts";
import type { FrameworkBook } from "@quasarix/shared/benchmark/framework/book.ts";
import type { MetricAudit } from "@quasarix/shared/benchmark/metric-audit.ts";
import { leafOf } from "@quasarix/shared/benchmark/plan.ts";
import type { Leaf } from "@quasarix/shared/benchmark/site-record.ts";
import type { Purpose } from "@quasarix/shared/policy/purposes.ts";
import type { AuditSection } from "@quasarix/shared/policy/sections.ts";
import { regionOf } from "@quasarix/shared/registry/region.ts";
import { ok } from "@quasarix/shared/result.ts";
import type { AuditSummary } from "@quasarix/shared/wire/sharing.ts";
import { atOnce } from "./at-once.ts";
import { readAudit } from "./audit-view.ts";
import type { Client } from "./client.ts";
import type { OwnRow } from "./own-values.ts";
import { type Answer, broken } from "./refusal.ts";
import { all } from "./routes.ts";

export interface OwnAudits {
  readonly purpose: Purpose;
  readonly metrics: readonly string[];
  readonly book: FrameworkBook;
  /** YYYY-MM-DD: audits of an earlier day are not read. */
  readonly since: string | null;
}

const SECTIONS: readonly AuditSection[] = ["scores", "findings", "plans"];
const READ_AT_ONCE = 4;

/**
 * One's own figures from the audits that are open to us. A member's own suppliers are the sites of its list, where it has one, else
 * every site whose audits it may read; a supplier reads its own. Each audit that is read leaves its receipt.
 */
export async function ownFromAudits(client: Client, by: OwnAudits): Promise<Answer<OwnRow[]>> {
  const audits = await ownAudits(client, by);
  if (!audits.ok) return audits;
  const places = await placesOf(client, new Set(audits.value.map(({ site }) => site)));
  if (!places.ok) return places;
  const read = await atOnce(READ_AT_ONCE, audits.value, (audit) => rowsOf(client, audit, places.value, by));
  const rows: OwnRow[] = [];
  for (const one of read) {
    if (!one.ok) return one;
    rows.push(...one.value);
  }
  return ok(rows);
}

const dayOf = ({ auditFrom, auditTo }: AuditSummary): string => auditTo ?? auditFrom;

async function ownAudits(client: Client, { purpose, since }: OwnAudits): Promise<Answer<AuditSummary[]>> {
  const open = await all((cursor) => client.routes.audits({ cursor, limit: 100, purpose }));
  if (!open.ok) return open;
  const list = await all((cursor) => client.routes.listings({ cursor, limit: 1000 }));
  // Only those who buy have a list.
  const isRefused = !list.ok && list.failure.reason === "problem";
  if (!list.ok && !isRefused) return list;
  const own = new Set(list.ok ? list.value.map(({ site }) => site) : []);
  return ok(
    open.value.filter(
      (audit) =>
        audit.provenance !== "listed" &&
        audit.lifecycle.correctedBy === null &&
        (since === null || dayOf(audit) >= since) &&
        (own.size === 0 || own.has(audit.site)) &&
        SECTIONS.some((section) => audit.sections.includes(section)),
    ),
  );
}

interface SitePlaced {
  /** The site that stands, since a merge. */
  readonly stands: string;
  readonly leaf: Leaf;
}

async function placesOf(client: Client, sites: ReadonlySet<string>): Promise<Answer<Map<string, SitePlaced>>> {
  const views = await atOnce(READ_AT_ONCE, [...sites], async (id) => {
    const view = await client.routes.site(id);
    return view.ok && view.value.mergedInto !== null ? client.routes.site(view.value.mergedInto) : view;
  });
  const places = new Map<string, SitePlaced>();
  for (const [i, id] of [...sites].entries()) {
    const view = views[i] as (typeof views)[number];
    if (!view.ok) return view;
    places.set(id, { stands: view.value.id, leaf: leafOf(view.value, regionOf(view.value.country)) });
  }
  return ok(places);
}

async function rowsOf(
  client: Client,
  summary: AuditSummary,
  places: ReadonlyMap<string, SitePlaced>,
  { purpose, metrics, book }: OwnAudits,
): Promise<Answer<OwnRow[]>> {
  const sections: AuditSection[] = ["existence", ...SECTIONS.filter((name) => summary.sections.includes(name))];
  const opened = await readAudit(client, summary.audit, { purpose, sections });
  if (!opened.ok) return opened;
  const { statement } = opened.value;
  const members = (name: AuditSection): Record<string, unknown> | undefined => {
    const section = statement.sections.get(name);
    return section?.state === "complete" ? { ...section.members } : undefined;
  };
  const facts = existence.safeParse(members("existence"));
  if (!facts.success) return broken("audit", "its `existence` does not read", summary.audit);
  const audit: MetricAudit = {
    provenance: statement.claims.provenance ?? "",
    existence: facts.data,
    ...{ scores: members("scores"), findings: members("findings"), plans: members("plans") },
  };
  const place = places.get(summary.site);
  const day = facts.data.auditTo ?? facts.data.auditFrom;
  const values = recordsOf(audit, metrics, book);
  return ok(
    metrics.flatMap((metric, i) => {
      const value = values[i] as number;
      const site = place?.stands ?? summary.site;
      return value === 0 ? [] : [{ site, metric, value, day, leaf: place?.leaf ?? null }];
    }),
  );
}

import type { AuditContent } from "@quasarix/shared/audit/content.ts";
import { type SeenReport, type ShoppingHint, shoppingHints } from "@quasarix/shared/duplicate/shopping.ts";
import { type Twin, twinsAmong, type WrittenReport, writtenTexts } from "@quasarix/shared/duplicate/twin.ts";
import { readersTwins } from "@quasarix/shared/duplicate/twin-hint.ts";
import type { Purpose } from "@quasarix/shared/policy/purposes.ts";
import { ok } from "@quasarix/shared/result.ts";
import type { AuditSummary } from "@quasarix/shared/wire/sharing.ts";
import { atOnce } from "./at-once.ts";
import { type OpenedAudit, readAudit } from "./audit-view.ts";
import type { Client } from "./client.ts";
import type { Answer } from "./refusal.ts";
import { all } from "./routes.ts";

/** A report as far as it is open to us, read and verified. */
export interface ReadReport {
  readonly seen: SeenReport;
  /** Null: by no firm that it names, or without texts. */
  readonly written: WrittenReport | null;
}

export interface Hints {
  readonly shopping: readonly ShoppingHint[];
  readonly twins: readonly Twin[];
  /** Reports that were compared. */
  readonly reports: number;
}

interface Asked {
  readonly purpose: Purpose;
  readonly site?: string | undefined;
}

const READS_AT_ONCE = 8;
const TEXTS = ["existence", "findings", "plans"] as const;

/** What a reader's own reports show it, as of `now`: computed here, from nothing but what was granted. */
export async function readersHints(client: Client, asked: Asked, now: number): Promise<Answer<Hints>> {
  const reports = await readReports(client, asked, () => true);
  if (!reports.ok) return reports;
  const shopping = shoppingHints(reports.value.map(({ seen }) => seen));
  const twins = readersTwins(twinsOf(reports.value), now);
  return ok({ shopping, twins, reports: reports.value.length });
}

/** A firm's own reports, at once: it hears of them before anybody else. */
export async function firmsTwins(
  client: Client,
  firm: string,
  purpose: Purpose,
): Promise<Answer<Omit<Hints, "shopping">>> {
  // A right that no grant gave: those that it signed.
  const reports = await readReports(client, { purpose }, ({ because }) => because.length === 0);
  if (!reports.ok) return reports;
  const own = reports.value.filter(({ written }) => written?.firm === firm);
  return ok({ twins: twinsOf(own), reports: own.length });
}

const twinsOf = (reports: readonly ReadReport[]): Twin[] =>
  twinsAmong(reports.flatMap(({ written }) => (written ? [written] : []))).twins;

/** Each that has findings to read is read, and its supplier sees that; of the others the list says what we may know. */
async function readReports(
  client: Client,
  { purpose, site }: Asked,
  isWanted: (summary: AuditSummary) => boolean,
): Promise<Answer<ReadReport[]>> {
  const listed = await all((cursor) => client.routes.audits({ cursor, limit: 100, purpose, site }));
  if (!listed.ok) return listed;
  const wanted = listed.value.filter(isWanted);
  const places = await survivors(client, [...new Set(wanted.map((one) => one.site))]);
  if (!places.ok) return places;
  const reports = await atOnce(READS_AT_ONCE, wanted, async (summary): Promise<Answer<ReadReport>> => {
    const place = places.value.get(summary.site) ?? summary.site;
    if (!summary.sections.includes("findings")) return ok({ seen: seenOf(summary, place, null), written: null });
    const sections = TEXTS.filter((name) => summary.sections.includes(name));
    const opened = await readAudit(client, summary.audit, { purpose, sections });
    return opened.ok ? ok(reportOf(summary, place, opened.value)) : opened;
  });
  const refused = reports.find((one) => !one.ok);
  return refused && !refused.ok ? refused : ok(reports.flatMap((one) => (one.ok ? [one.value] : [])));
}

/** Two ids that were merged are one site. */
async function survivors(client: Client, sites: readonly string[]): Promise<Answer<ReadonlyMap<string, string>>> {
  const views = await atOnce(READS_AT_ONCE, sites, (site) => client.routes.site(site));
  const refused = views.find((one) => !one.ok);
  if (refused && !refused.ok) return refused;
  return ok(new Map(views.flatMap((one) => (one.ok ? [[one.value.id, one.value.mergedInto ?? one.value.id]] : []))));
}

const seenOf = (summary: AuditSummary, site: string, findings: SeenReport["findings"]): SeenReport => ({
  audit: summary.audit,
  site,
  scheme: summary.scheme,
  auditFrom: summary.auditFrom,
  findings,
  isReplaced: summary.lifecycle.correctedBy !== null,
});

function reportOf(summary: AuditSummary, site: string, { statement, admittedAt }: OpenedAudit): ReadReport {
  const sections = [...statement.sections].map(([name, { members }]) => [name, members]);
  const content = Object.fromEntries(sections) as Partial<AuditContent>;
  const { iss, provenance } = statement.claims;
  const firm = provenance === "auditor-signed" ? iss : content.existence?.assessor?.org;
  const texts = writtenTexts(content);
  return {
    seen: seenOf(summary, site, content.findings?.findings ?? null),
    written: firm === undefined || texts.length === 0 ? null : { audit: summary.audit, site, firm, admittedAt, texts },
  };
}

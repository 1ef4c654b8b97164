import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { type ListedAudit, listedContent } from "@quasarix/shared/duplicate/listed.ts";
import { ok } from "@quasarix/shared/result.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import type { Author } from "./author.ts";
import { listedOf } from "./discovery-drafts.ts";
import type { AuditDraft } from "./import/draft.ts";
import type { ListRow } from "./import/headings-rows.ts";
import type { ImportItem } from "./import/import.ts";
import type { ImportJournal } from "./import/journal.ts";
import { newReport } from "./import/report.ts";
import { type ImportStore, type RowRefusal, runImport } from "./import-run.ts";
import { listedAudit } from "./overlap-audit.ts";
import { placeKey } from "./overlap-places.ts";
import type { Answer } from "./refusal.ts";
import type { Progress } from "./whole-log.ts";

const digestOf = (...parts: readonly unknown[]): string => base64url(sha256(utf8(JSON.stringify(parts))));

/** A row's claim that there is such an audit at this site. */
interface Claim {
  readonly draft: AuditDraft;
  readonly audit: ListedAudit;
}

/** One for each site, scheme and day: a row that says it again says nothing new. */
function claimsOf(rows: readonly ListRow[], siteOf: (row: ListRow) => string | null): Claim[] {
  const claims = new Map<string, Claim>();
  for (const row of rows) {
    const site = siteOf(row);
    if (site === null) continue;
    for (const audit of row.audits.map(listedAudit)) {
      const key = digestOf("quasarix/overlap/v1", site, audit.scheme, audit.auditFrom);
      const content = listedContent(audit);
      const place = { key: placeKey(row.place), place: row.place };
      const draft = { key, digest: digestOf(content), line: row.line, site: place, content, groups: {} };
      if (!claims.has(key)) claims.set(key, { draft, audit });
    }
  }
  return [...claims.values()];
}

export interface ClaimParts {
  readonly author: Author;
  readonly store: ImportStore;
  readonly journal: ImportJournal;
  readonly progress: Progress;
}

export interface Claimed {
  /** In the log by this run. */
  readonly claimed: number;
  /** In the log by an earlier one. */
  readonly known: number;
  readonly refused: readonly RowRefusal[];
  /** The statement that was acknowledged last: when intake has taken it, it has taken all. */
  readonly last: string | null;
}

const CHANGED = "an earlier run said something else of this audit; what was signed is not edited";

/** What is new, and what an earlier run said otherwise. */
async function sortedOut(claims: readonly Claim[], journal: ImportJournal) {
  const fresh: AuditDraft[] = [];
  const changed: RowRefusal[] = [];
  for (const { draft } of claims) {
    const known = await journal.find(draft.key);
    if (known === null) fresh.push(draft);
    else if (known !== draft.digest) changed.push({ line: draft.line, why: CHANGED });
  }
  return { fresh, changed };
}

/** The store, and what it acknowledged last. */
function noting(store: ImportStore): ImportStore & { last(): string | null } {
  let last: string | null = null;
  return {
    ...store,
    last: () => last,
    acknowledge: async (taken, left) => {
      await store.acknowledge(taken, left);
      last = taken.at(-1)?.statement ?? last;
    },
  };
}

async function* itemsOf(drafts: readonly AuditDraft[]): AsyncGenerator<ImportItem> {
  for (const draft of drafts) yield { kind: "draft", draft };
}

/** Signs and posts what the rows say of audits, by the machinery of `audit import`: resumable, and nothing twice. */
export async function claimAudits(
  { author, store, journal, progress }: ClaimParts,
  rows: readonly ListRow[],
  siteOf: (row: ListRow) => string | null,
): Promise<Answer<Claimed>> {
  const claims = claimsOf(rows, siteOf);
  const audits = new Map(claims.map(({ draft, audit }) => [draft.key, audit]));
  const sites = new Map(rows.map((row) => [placeKey(row.place), siteOf(row)]));
  const { fresh, changed } = await sortedOut(claims, journal);
  const noted = noting(store);
  const run = await runImport(
    {
      author,
      kind: "member",
      sites: { find: (place) => sites.get(placeKey(place)) ?? null, add: () => {} },
      store: noted,
      report: newReport({ id: "overlap", losses: [] }),
      isOurs: () => true,
      progress: (imported) => progress("audits", imported, Math.max(imported, fresh.length)),
      saying: (site, { key }) => listedOf(author.org, site, audits.get(key) as ListedAudit),
    },
    itemsOf(fresh),
  );
  if (!run.ok) return run;
  const known = claims.length - fresh.length - changed.length;
  return ok({ claimed: run.value.imported, known, refused: [...changed, ...run.value.refused], last: noted.last() });
}

import { fail, ok } from "@quasarix/shared/result.ts";
import type { Author } from "./author.ts";
import { auditOf, type Saying, submissionOf } from "./drafts.ts";
import type { AuditDraft } from "./import/draft.ts";
import type { ImportItem } from "./import/import.ts";
import { type ImportReport, noteItem } from "./import/report.ts";
import { type Answer, isFinal, type Refusal, refusalSays } from "./refusal.ts";
import type { SiteIndex } from "./sites.ts";

/** A statement that was written down before it was sent, so that a crash sends the same one again. */
export interface Held {
  readonly key: string;
  readonly digest: string;
  readonly line: number;
  readonly statement: string;
}

/** Where a run keeps what makes it resumable. */
export interface ImportStore {
  /** What an earlier run held and never acknowledged. */
  held(): Promise<readonly Held[]>;
  hold(rows: readonly Held[]): Promise<void>;
  /** These are in the log; of what was held, `left` alone still is. */
  acknowledge(rows: readonly Held[], left: readonly Held[]): Promise<void>;
}

/** A row that was read but not imported. `line` is that of the main file. */
export interface RowRefusal {
  readonly line: number;
  readonly why: string;
}

export interface ImportRun {
  /** In the log by this run, those of an interrupted one included. */
  imported: number;
  resumed: number;
  readonly withoutSite: { readonly line: number; readonly site: string }[];
  readonly refused: RowRefusal[];
  /** Rows of other groups, left alone. */
  skipped: number;
  /** The statements that were posted, as sent; what `confirm` draws from. */
  readonly posted: string[];
}

export interface ImportParts {
  readonly author: Author;
  /** Kind of the author's organisation: says whether it signs audits or submits copies. */
  readonly kind: string;
  readonly sites: SiteIndex;
  readonly store: ImportStore;
  readonly report: ImportReport;
  /** False for a row of another group. */
  readonly isOurs: (draft: AuditDraft) => boolean;
  readonly progress: (imported: number) => void;
  /** What a draft is signed as; absent: as its author's kind has it. */
  readonly saying?: (site: string, draft: AuditDraft) => Saying;
}

const BATCH = 1000;
/** Posted statements kept for a later check by sample. */
const KEPT = 1000;

/** FORMATS 1.1: a member submits to its own dossier, everyone else signs in the site's. */
export function sayingOf(author: string, kind: string, site: string, draft: Pick<AuditDraft, "content">): Saying {
  if (kind === "member") return submissionOf(author, site, draft.content);
  return auditOf(site, kind === "supplier" ? "supplier-signed" : "auditor-signed", draft.content);
}

/**
 * Signs and posts what an import drafts, in batches. Every batch is held before it is sent and acknowledged after its
 * receipts are checked: whenever this stops, running it again imports nothing twice. Stops at the first call that fails.
 */
export async function runImport(parts: ImportParts, items: AsyncIterable<ImportItem>): Promise<Answer<ImportRun>> {
  const run: ImportRun = { imported: 0, resumed: 0, withoutSite: [], refused: [], skipped: 0, posted: [] };
  const left = await parts.store.held();
  if (left.length > 0) {
    const sent = await send(parts, run, left);
    if (!sent.ok) return sent;
    run.resumed = left.length;
  }
  const done = new Set(left.map(({ key }) => key));
  let batch: { draft: AuditDraft; site: string }[] = [];
  for await (const item of items) {
    noteItem(parts.report, item);
    if (item.kind !== "draft" || done.has(item.draft.key)) continue;
    if (!parts.isOurs(item.draft)) {
      run.skipped++;
      continue;
    }
    const site = parts.sites.find(item.draft.site.place);
    if (site === null) {
      run.withoutSite.push({ line: item.draft.line, site: item.draft.site.place.name });
      continue;
    }
    if (batch.push({ draft: item.draft, site }) < BATCH) continue;
    const posted = await signAndSend(parts, run, batch);
    if (!posted.ok) return posted;
    batch = [];
  }
  if (batch.length > 0) {
    const posted = await signAndSend(parts, run, batch);
    if (!posted.ok) return posted;
  }
  return ok(run);
}

async function signAndSend(
  parts: ImportParts,
  run: ImportRun,
  batch: readonly { draft: AuditDraft; site: string }[],
): Promise<Answer<true>> {
  const saying = parts.saying ?? ((site, draft) => sayingOf(parts.author.org, parts.kind, site, draft));
  const sayings = batch.map(({ draft, site }) => saying(site, draft));
  const issued = await parts.author.issue(sayings);
  if (!issued.ok) return issued;
  const rows = batch.map(({ draft: { key, digest, line } }, i) => ({
    key,
    digest,
    line,
    statement: issued.value[i] as string,
  }));
  await parts.store.hold(rows);
  return send(parts, run, rows);
}

async function send(parts: ImportParts, run: ImportRun, rows: readonly Held[]): Promise<Answer<true>> {
  const posted = await parts.author.post(rows.map(({ statement }) => statement));
  if (!posted.ok) return posted;
  const taken: Held[] = [];
  const left: Held[] = [];
  let failure: Refusal | null = null;
  for (const [i, outcome] of posted.value.entries()) {
    const row = rows[i] as Held;
    if (outcome.ok) taken.push(row);
    else if (isFinal(outcome.refusal)) run.refused.push({ line: row.line, why: refusalSays(outcome.refusal) });
    else {
      left.push(row);
      failure ??= outcome.refusal;
    }
  }
  await parts.store.acknowledge(taken, left);
  run.imported += taken.length;
  for (const { statement } of taken) if (run.posted.length < KEPT) run.posted.push(statement);
  parts.progress(run.imported);
  return failure ? fail(failure) : ok(true);
}

/** Up to `count` of them, each as likely as any other. `dice` gives numbers in [0, 1). */
export function sampleOf<T>(items: readonly T[], count: number, dice: () => number): T[] {
  const left = [...items];
  const drawn: T[] = [];
  while (drawn.length < count && left.length > 0) drawn.push(...left.splice(Math.floor(dice() * left.length), 1));
  return drawn;
}

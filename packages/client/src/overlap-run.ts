import { ok } from "@quasarix/shared/result.ts";
import type { ListRow } from "./import/headings-rows.ts";
import type { ImportJournal } from "./import/journal.ts";
import type { ImportStore } from "./import-run.ts";
import { type Claimed, claimAudits } from "./overlap-claims.ts";
import { placeKey } from "./overlap-places.ts";
import type { Answer } from "./refusal.ts";
import { importSites, type SiteImport, type SiteImportParts } from "./site-import.ts";

export interface OverlapParts extends Omit<SiteImportParts, "propose" | "isDry"> {
  readonly claims: { readonly store: ImportStore; readonly journal: ImportJournal };
}

/** What became of a spreadsheet: of its sites, and of the audits that it names. */
export interface OverlapRun extends SiteImport {
  readonly claims: Pick<Claimed, "claimed" | "known">;
  /** Are all claims of this run on file? If not, intake's round is not over. */
  readonly isTaken: boolean;
}

/**
 * Puts a spreadsheet's sites on the member's list, has the platform open those that are new, and hands in what it says of
 * audits. Stops at the first call that fails; whenever it stops, running it again goes on where it was, and does nothing twice.
 */
export async function runOverlap(parts: OverlapParts, rows: readonly ListRow[]): Promise<Answer<OverlapRun>> {
  const { author, progress } = parts;
  const list = await importSites({ ...parts, propose: true, isDry: false }, rows);
  if (!list.ok) return list;
  const { sites, refused } = list.value;
  const siteOf = ({ place }: ListRow) => sites.get(placeKey(place)) ?? null;
  const claims = await claimAudits({ author, ...parts.claims, progress }, rows, siteOf);
  if (!claims.ok) return claims;
  const taken = await isTaken(parts, claims.value);
  if (!taken.ok) return taken;
  const { claimed, known } = claims.value;
  const unclaimed = claims.value.refused.map(({ line, why }) => ({ line, says: why }));
  return ok({
    ...list.value,
    refused: [...refused, ...unclaimed],
    claims: { claimed, known },
    isTaken: taken.value,
  });
}

/** Waits for intake's round, since an answer counts what is on file. */
async function isTaken({ client, patience, progress }: OverlapParts, { last }: Claimed): Promise<Answer<boolean>> {
  if (last === null) return ok(true);
  progress("intake", 0, 1);
  const confirmed = await client.confirm(last, patience);
  if (!confirmed.ok) return confirmed;
  progress("intake", 1, 1);
  return ok(confirmed.value.audit !== null);
}

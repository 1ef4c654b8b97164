import type { Relation } from "@quasarix/shared/duplicate/listing.ts";
import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { ok } from "@quasarix/shared/result.ts";
import type { SiteCandidate } from "@quasarix/shared/wire/site-match.ts";
import type { Author } from "./author.ts";
import type { Client } from "./client.ts";
import type { ListRow } from "./import/headings-rows.ts";
import type { ImportJournal } from "./import/journal.ts";
import type { ImportStore, RowRefusal } from "./import-run.ts";
import { type Claimed, claimAudits } from "./overlap-claims.ts";
import { type Listed, type ListingParts, listAll, settle } from "./overlap-listing.ts";
import { placeKey, type Review, type Standing, standings } from "./overlap-places.ts";
import type { OverlapStore } from "./overlap-store.ts";
import { type Answer, refusalSays } from "./refusal.ts";
import { all } from "./routes.ts";
import type { Progress } from "./whole-log.ts";

export interface OverlapParts {
  readonly client: Client;
  readonly author: Author;
  readonly relation: Relation;
  readonly store: OverlapStore;
  readonly claims: { readonly store: ImportStore; readonly journal: ImportJournal };
  readonly review: Review;
  readonly progress: Progress;
  /** Milliseconds that each round is waited for. */
  readonly patience: number;
  /** Told which site each place is, by `placeKey`. */
  readonly noteSite?: (key: string, site: string) => void;
}

/** A row that a person has to look at first. */
export interface ToReview {
  readonly line: number;
  readonly place: SitePlace;
  readonly candidates: readonly SiteCandidate[];
}

/** What became of a spreadsheet: counted in sites, each once. */
export interface OverlapRun {
  /** On file already, found by the machine or by a person. */
  readonly matched: number;
  readonly opened: number;
  /** New to the member's own list by this run. */
  readonly listed: number;
  /** Proposed, and not opened yet. */
  readonly waiting: number;
  readonly toReview: readonly ToReview[];
  readonly claims: Pick<Claimed, "claimed" | "known">;
  /** Are all claims of this run on file? If not, intake's round is not over. */
  readonly isTaken: boolean;
  readonly refused: readonly RowRefusal[];
}

/**
 * Puts a spreadsheet's sites on the member's list and hands in what it says of audits. Stops at the first call that fails;
 * whenever it stops, running it again goes on where it was, and does nothing twice.
 */
export async function runOverlap(parts: OverlapParts, rows: readonly ListRow[]): Promise<Answer<OverlapRun>> {
  const placed = await placeRows(parts, rows);
  if (!placed.ok) return placed;
  const { sites, refused, ...counts } = placed.value;
  for (const [key, site] of sites) parts.noteSite?.(key, site);
  const siteOf = ({ place }: ListRow) => sites.get(placeKey(place)) ?? null;
  const { author, progress } = parts;
  const claims = await claimAudits({ author, ...parts.claims, progress }, rows, siteOf);
  if (!claims.ok) return claims;
  const taken = await isTaken(parts, claims.value);
  if (!taken.ok) return taken;
  const { claimed, known } = claims.value;
  return ok({
    ...counts,
    claims: { claimed, known },
    isTaken: taken.value,
    refused: [...refused, ...claims.value.refused],
  });
}

interface Placed extends Omit<OverlapRun, "claims" | "isTaken"> {
  /** By `placeKey`. */
  readonly sites: ReadonlyMap<string, string>;
}

/** Finds every row's site, or has it opened, and puts them all on the member's list. */
async function placeRows(parts: OverlapParts, rows: readonly ListRow[]): Promise<Answer<Placed>> {
  const settled = await settle(parts);
  if (!settled.ok) return settled;
  const own = await ownList(parts.client);
  if (!own.ok) return own;
  const asked = { own: new Set(own.value.keys()), review: parts.review, progress: parts.progress };
  const looked = await standings(
    parts.client,
    rows.map(({ place }) => place),
    asked,
  );
  if (!looked.ok) return looked;
  const { known, fresh } = sortedOut(rows, looked.value);
  const toList = new Set([...known.values()].filter((site) => own.value.get(site) !== parts.relation));
  // While earlier proposals wait for their round, the same places would be proposed again.
  const proposals = settled.value ? fresh : [];
  const listed = await listIfAny(parts, parts.relation, [...toList], proposals);
  if (!listed.ok) return listed;
  const became = proposals.map((place, i) => [placeKey(place), listed.value.places[i] ?? null] as const);
  const opened = became.filter((it): it is readonly [string, string] => it[1] !== null);
  return ok({
    sites: new Map([...known, ...opened]),
    matched: new Set(known.values()).size,
    opened: opened.length,
    listed: toList.size + opened.length,
    waiting: fresh.length - opened.length,
    toReview: toReviewIn(rows, looked.value),
    refused: refusedRows(listed.value),
  });
}

const ownList = async (client: Client): Promise<Answer<Map<string, Relation>>> => {
  const listed = await all((cursor) => client.routes.listings({ cursor, limit: 1_000 }));
  return listed.ok ? ok(new Map(listed.value.map(({ site, relation }) => [site as string, relation]))) : listed;
};

const NOTHING: Listed = { statements: 0, places: [], refused: [] };

const listIfAny = async (
  parts: ListingParts,
  relation: Relation,
  sites: readonly string[],
  places: readonly SitePlace[],
): Promise<Answer<Listed>> =>
  sites.length + places.length === 0 ? ok(NOTHING) : listAll(parts, relation, sites, places);

/** Sites by place, and the places that no site is, each once. */
function sortedOut(rows: readonly ListRow[], found: ReadonlyMap<string, Standing>) {
  const known = new Map<string, string>();
  const fresh = new Map<string, SitePlace>();
  for (const { place } of rows) {
    const key = placeKey(place);
    const standing = found.get(key);
    if (standing?.is === "site") known.set(key, standing.site);
    if (standing?.is === "new") fresh.set(key, place);
  }
  return { known, fresh: [...fresh.values()] };
}

function toReviewIn(rows: readonly ListRow[], found: ReadonlyMap<string, Standing>): ToReview[] {
  const once = new Map(rows.toReversed().map((row) => [placeKey(row.place), row]));
  return [...once].reverse().flatMap(([key, { line, place }]) => {
    const standing = found.get(key);
    return standing?.is === "review" ? [{ line, place, candidates: standing.candidates }] : [];
  });
}

/** A listing that was refused stands for many rows: it is told as of the file. */
const refusedRows = ({ refused }: Listed): RowRefusal[] =>
  refused.map((refusal) => ({ line: 1, why: `a listing was refused: ${refusalSays(refusal)}` }));

/** Waits for intake's round, since an answer counts what is on file. */
async function isTaken({ client, patience, progress }: OverlapParts, { last }: Claimed): Promise<Answer<boolean>> {
  if (last === null) return ok(true);
  progress("intake", 0, 1);
  const confirmed = await client.confirm(last, patience);
  if (!confirmed.ok) return confirmed;
  progress("intake", 1, 1);
  return ok(confirmed.value.audit !== null);
}

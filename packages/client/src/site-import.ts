import type { Relation } from "@quasarix/shared/duplicate/listing.ts";
import { proposedPlace } from "@quasarix/shared/duplicate/listing.ts";
import { sameAs } from "@quasarix/shared/duplicate/same-place.ts";
import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { ok } from "@quasarix/shared/result.ts";
import type { Client } from "./client.ts";
import type { PlaceRow } from "./import/list-rows.ts";
import { type ListingParts, listAll, settle } from "./overlap-listing.ts";
import { placeKey, type Standing, standings } from "./overlap-places.ts";
import { type Answer, refusalSays } from "./refusal.ts";
import type { Doubt } from "./review-file.ts";
import { all } from "./routes.ts";
import type { SiteAnswers } from "./site-answers.ts";

export interface SiteImportParts extends ListingParts {
  readonly relation: Relation;
  /** What the member said of its places before. */
  readonly answers: SiteAnswers;
  /** Have the platform open what the registry lacks. */
  readonly propose: boolean;
  /** Look, and sign nothing. */
  readonly isDry: boolean;
}

/** A row that was read and does not go on, or not as it is. */
export interface RowSays {
  readonly line: number;
  readonly says: string;
}

/** What became of a list: counted in places, each once. */
export interface SiteImport {
  /** Places of the file, and rows that repeat one. */
  readonly places: number;
  readonly repeats: number;
  readonly matched: number;
  /** Matched, and on the member's list as they are. */
  readonly standing: number;
  /** Put on the list by this run, or to be by a run that is not dry. */
  readonly listed: number;
  readonly fresh: number;
  readonly opened: number;
  /** Of the places that were opened: fewer where two places of the file were opened as one. */
  readonly openedSites: number;
  /** Proposed, and not opened yet. */
  readonly waiting: number;
  readonly doubts: readonly Doubt[];
  readonly refused: readonly RowSays[];
  /** The site of each place by `placeKey`, where there is one. */
  readonly sites: ReadonlyMap<string, string>;
}

/**
 * A member's list against the registry. What a machine may say is matched, what is likely waits for a person, and the rest
 * is new. Stops at the first call that fails; run again, it lists nothing twice.
 */
export async function importSites(parts: SiteImportParts, file: readonly PlaceRow[]): Promise<Answer<SiteImport>> {
  const rows = file.map(({ line, place }) => ({ line, place: withoutOwnNumbers(place) }));
  const settled = parts.isDry ? ok(true) : await settle(parts);
  if (!settled.ok) return settled;
  const found = await look(parts, rows);
  if (!found.ok) return found;
  const own = await ownList(parts.client);
  if (!own.ok) return own;
  const { sites, fresh, doubts } = found.value;
  const toList = [...new Set(sites.values())].filter((site) => own.value.get(site) !== parts.relation);
  // While earlier proposals wait for their round, the same places would be proposed again.
  const proposals = parts.propose && settled.value ? proposable(fresh) : { places: [], refused: [] };
  const said = parts.isDry
    ? ok(null)
    : await say(
        parts,
        toList,
        proposals.places.map(({ place }) => place),
      );
  if (!said.ok) return said;
  const opened = openedOf(proposals.places, said.value?.places ?? []);
  const openedSites = new Set(opened.values()).size;
  const kept = new Set(rows.map(({ place }) => placeKey(place))).size;
  return ok({
    places: kept,
    repeats: rows.length - kept,
    matched: sites.size,
    standing: new Set(sites.values()).size - toList.length,
    listed: toList.length + openedSites,
    fresh: fresh.length,
    opened: opened.size,
    openedSites,
    waiting: said.value === null ? 0 : proposals.places.length - opened.size,
    doubts,
    refused: [...proposals.refused, ...(said.value?.refused ?? []).map((one) => ({ line: 0, says: refusalSays(one) }))],
    sites: new Map([...sites, ...opened]),
  });
}

interface Looked {
  readonly sites: ReadonlyMap<string, string>;
  readonly fresh: readonly PlaceRow[];
  readonly doubts: readonly Doubt[];
}

async function look(
  { client, answers, progress }: SiteImportParts,
  rows: readonly PlaceRow[],
): Promise<Answer<Looked>> {
  const places = rows.map(({ place }) => place);
  const review = (place: SitePlace, candidates: Doubt["candidates"]) =>
    sameAs(place, candidates) ?? answers.of(place, candidates);
  const found = await standings(client, places, { review, progress });
  return found.ok ? ok(sorted(rows, found.value, answers)) : found;
}

function sorted(rows: readonly PlaceRow[], found: ReadonlyMap<string, Standing>, answers: SiteAnswers): Looked {
  const sites = new Map<string, string>();
  const fresh = new Map<string, PlaceRow>();
  const doubts = new Map<string, Doubt>();
  for (const row of rows) {
    const key = placeKey(row.place);
    const standing = found.get(key);
    if (standing?.is === "site") sites.set(key, standing.site);
    if (standing?.is === "new" && !fresh.has(key)) fresh.set(key, row);
    if (standing?.is === "review")
      doubts.set(key, { place: row.place, candidates: answers.open(row.place, standing.candidates) });
  }
  return { sites, fresh: [...fresh.values()], doubts: [...doubts.values()] };
}

async function ownList({ routes }: Client): Promise<Answer<ReadonlyMap<string, Relation>>> {
  const listed = await all((cursor) => routes.listings({ cursor, limit: 1_000 }));
  return listed.ok ? ok(new Map(listed.value.map(({ site, relation }) => [site, relation]))) : listed;
}

const say = async (parts: SiteImportParts, sites: readonly string[], places: readonly SitePlace[]) =>
  sites.length + places.length === 0 ? ok(null) : listAll(parts, parts.relation, sites, places);

/** Everyone will read them. */
function proposable(rows: readonly PlaceRow[]): { readonly places: readonly PlaceRow[]; readonly refused: RowSays[] } {
  const places: PlaceRow[] = [];
  const refused: RowSays[] = [];
  for (const { line, place } of rows) {
    const read = proposedPlace.safeParse(place);
    if (read.success) places.push({ line, place: read.data });
    else refused.push({ line, says: read.error.issues[0]?.message ?? "cannot be proposed" });
  }
  return { places, refused };
}

/** The member's own numbers stay at home. */
export function withoutOwnNumbers({ identifiers = [], ...place }: SitePlace): SitePlace {
  const open = identifiers.filter(({ scheme }) => !scheme.startsWith("local:"));
  return open.length === 0 ? place : { ...place, identifiers: open };
}

const openedOf = (rows: readonly PlaceRow[], sites: readonly (string | null)[]): ReadonlyMap<string, string> =>
  new Map(rows.flatMap(({ place }, i) => (sites[i] ? [[placeKey(place), sites[i] as string] as const] : [])));

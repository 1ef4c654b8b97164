import { base64url } from "@quasarix/shared/base64.ts";
import { compare } from "@quasarix/shared/bytes.ts";
import { listedPlaces } from "@quasarix/shared/duplicate/listing.ts";
import { asOpened } from "@quasarix/shared/duplicate/opened-place.ts";
import { onePerSite } from "@quasarix/shared/duplicate/round-places.ts";
import { sameAs } from "@quasarix/shared/duplicate/same-place.ts";
import { dossierCommitment } from "@quasarix/shared/log/entry.ts";
import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import type { Seen } from "@quasarix/shared/statement/claims.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import type { Json } from "@quasarix/shared/statement/json.ts";
import type { Statement } from "@quasarix/shared/statement/statement.ts";
import { newSubjectId } from "@quasarix/shared/wire/ids.ts";
import { place as sequence } from "../store/commit.ts";
import { fault } from "../store/fault.ts";
import { newestSeen } from "../store/newest-seen.ts";
import { mustParse, platformScope } from "../store/own-statement.ts";
import { listProposals, type Reserved, settle, type WaitingListing } from "../store/proposals.ts";
import { matchPlaces } from "../store/site-match.ts";
import { type Staged, stage } from "../store/stage.ts";
import type { DutyPorts } from "./ports.ts";

/** Listings of one look, and as many places as one transaction opens; more waits for the next look. */
const LISTINGS = 500;
const PLACES = 4_000;
/** What is sequenced at once. */
const SLICE = 256;
/** Places whose candidates are in memory at once. */
const COMPARED = 250;
const SITE = vctOf("site");

interface Proposed {
  readonly listing: WaitingListing;
  readonly number: number;
  readonly place: SitePlace;
}

/**
 * One look of a round at what members' lists propose. A place that the registry has, or that another proposal of the round
 * is, is that site; each of the others is opened by the platform, in nobody's name and in the order of hashes: neither key
 * nor place nor time tells which member asked. How many listings were settled; 0 when none waits.
 */
export async function openProposals(ports: DutyPorts, until: number): Promise<number> {
  await fault.pause("proposals");
  const waiting = await listProposals(ports.db, ports.scope, { until, limit: LISTINGS });
  if (waiting.length === 0) return 0;
  await fault.pause("read-proposals");
  const read = await Promise.all(waiting.map((one) => placesOf(ports, one)));
  const count = withinPlaces(read);
  const [listings, proposed] = [waiting.slice(0, count), read.slice(0, count).flat()];
  const places = proposed.map(({ place }) => asOpened(place));
  await fault.pause("same-sites");
  const standing = await known(ports, places);
  await fault.pause("seen-openings");
  const seen = await newestSeen(ports);
  await fault.pause("issue-openings");
  const opened = await openings(ports, places, standing, seen);
  await fault.pause("settle");
  await settleAll(ports, listings, proposed, opened);
  return listings.length;
}

async function placesOf(ports: DutyPorts, listing: WaitingListing): Promise<Proposed[]> {
  await fault.pause("open-listing");
  const { sections } = mustParse(await ports.vault.presentAll(listing));
  const { places = [] } = listedPlaces.parse(sections.get("places")?.members ?? {});
  return places.map((one) => ({ listing, ...one }));
}

/** Of each place the site of the registry that it is without doubt; null: there is none such. */
async function known({ db, scope }: DutyPorts, places: readonly SitePlace[]): Promise<(string | null)[]> {
  const found: (string | null)[] = [];
  for (let at = 0; at < places.length; at += COMPARED) {
    const some = places.slice(at, at + COMPARED);
    await fault.pause("compare");
    const candidates = await matchPlaces(db, scope, some);
    found.push(...some.map((place, i) => sameAs(place, candidates[i] ?? [])));
  }
  return found;
}

/** As many listings as the limit of places holds, and the first in any case. */
function withinPlaces(read: readonly (readonly Proposed[])[]): number {
  let places = 0;
  for (const [i, one] of read.entries()) {
    places += one.length;
    if (places > PLACES) return Math.max(1, i);
  }
  return read.length;
}

interface Opened {
  /** The site of each place, in order. */
  readonly sites: readonly string[];
  readonly statements: readonly Statement[];
  readonly reserved: readonly Reserved[];
}

async function openings(
  ports: DutyPorts,
  places: readonly SitePlace[],
  standing: readonly (string | null)[],
  seen: Seen | null,
): Promise<Opened> {
  const lacking = places.flatMap((_, i) => (standing[i] === null ? [i] : []));
  const first = onePerSite(lacking.map((i) => places[i] as SitePlace));
  const sites = [...standing];
  const made: { statement: Statement; reserved: Reserved }[] = [];
  for (const [n, i] of lacking.entries()) {
    if (first[n] !== n) continue;
    const reserved = reserve(ports);
    sites[i] = reserved.id;
    await fault.pause("issue-opening");
    made.push({ reserved, statement: await issue(ports, reserved, places[i] as SitePlace, seen) });
  }
  for (const [n, i] of lacking.entries()) sites[i] = sites[lacking[first[n] as number] as number] as string;
  made.sort((a, b) => compare(a.statement.hash, b.statement.hash));
  return {
    sites: sites as string[],
    statements: made.map(({ statement }) => statement),
    reserved: made.map(({ reserved }) => reserved),
  };
}

function reserve({ random, vault }: DutyPorts): Reserved {
  const id = newSubjectId("site", random);
  return { id, commitment: base64url(dossierCommitment(vault.dossierKey(id))) };
}

async function issue(ports: DutyPorts, { id, commitment }: Reserved, place: SitePlace, seen: Seen | null) {
  const said = {
    iss: ports.origin,
    sub: ports.origin,
    iat: Math.floor(ports.now() / 1000),
    vct: SITE,
    claims: { opens: id, dossier: commitment, ...(place as unknown as Record<string, Json>) },
    ...(seen && { seen }),
  };
  await fault.pause("sign-opening");
  return mustParse(await issueStatement({ signer: ports.platform, random: ports.random }, said));
}

/** Staged in one transaction with what the listings became; sequenced in slices, which duty makes good after a crash. */
async function settleAll(
  ports: DutyPorts,
  listings: readonly WaitingListing[],
  proposed: readonly Proposed[],
  { sites, statements, reserved }: Opened,
): Promise<void> {
  const became = proposed.map(({ listing, number }, i) => ({ listing, number, site: sites[i] as string }));
  const settled = listings.map((listing) => ({
    listing,
    places: became.filter((one) => one.listing === listing).map(({ number, site }) => ({ number, site })),
  }));
  const now = ports.now();
  const also = settle(ports.db, ports.scope, settled, reserved, { origin: ports.origin, now });
  await fault.pause("stage-openings");
  const refusals = await stage(
    ports.db,
    statements.map((one) => staged(ports, one)),
    now,
    also,
  );
  const standing = statements.filter((one) => !refusals.has(base64url(one.hash)));
  for (let at = 0; at < standing.length; at += SLICE) {
    await fault.pause("place-openings");
    await sequence(ports, standing.slice(at, at + SLICE));
  }
}

const staged = (ports: DutyPorts, statement: Statement): Staged => ({
  scope: platformScope(ports, statement),
  statement,
  sealed: null,
  kekVersion: ports.vault.version,
});

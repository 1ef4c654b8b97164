import type { Relation } from "@quasarix/shared/duplicate/listing.ts";
import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import { hashText, parseStatement } from "@quasarix/shared/statement/statement.ts";
import type { ListingState } from "@quasarix/shared/wire/listings.ts";
import type { Author } from "./author.ts";
import type { Client } from "./client.ts";
import { listingOf, listingsOf } from "./listing-drafts.ts";
import type { OverlapStore } from "./overlap-store.ts";
import { type Answer, broken, isFinal, type Refusal } from "./refusal.ts";
import type { Progress } from "./whole-log.ts";

export interface ListingParts {
  readonly client: Client;
  readonly author: Author;
  readonly store: OverlapStore;
  readonly progress: Progress;
  /** Milliseconds that a round is waited for; what is not over then is left for the next run. */
  readonly patience: number;
}

/** What was listed: for every place that was proposed its site, or null while its round is not over. */
export interface Listed {
  readonly statements: number;
  readonly places: readonly (string | null)[];
  readonly refused: readonly Refusal[];
}

const POLL_MS = 1_000;

function ownListing(text: string): { readonly hash: string; readonly proposes: boolean } {
  const parsed = parseStatement(text);
  if (!parsed.ok) throw new Error(`a listing of our own does not parse: ${parsed.failure.reason}`);
  const places = parsed.value.sections.get("places")?.members["places"];
  return { hash: hashText(parsed.value), proposes: Array.isArray(places) && places.length > 0 };
}

/**
 * Sends what is held: the same statements again are the same statements. Gives the refusals of those not taken; what is
 * not refused for good stays held.
 */
async function sendHeld({ author, store }: ListingParts): Promise<Answer<Refusal[]>> {
  const { held, waiting } = await store.read();
  if (held.length === 0) return ok([]);
  const posted = await author.post(held);
  if (!posted.ok) return posted;
  const refused = posted.value.flatMap((it) => (it.ok ? [] : [it.refusal]));
  const open = refused.find((refusal) => !isFinal(refusal));
  if (open) return fail(open);
  const taken = posted.value.filter((it) => it.ok).map((it) => it.statementHash);
  const proposals = held.map(ownListing).filter(({ hash, proposes }) => proposes && taken.includes(hash));
  await store.write({ held: [], waiting: [...new Set([...waiting, ...proposals.map(({ hash }) => hash)])] });
  return ok(refused);
}

type Places = NonNullable<ListingState["places"]>;

/** Until every listing that waits has had its round, or patience ends. By statementHash; null: not over. */
async function awaitRounds(parts: ListingParts): Promise<Answer<Map<string, Places | null>>> {
  const { client, store, progress, patience } = parts;
  const { waiting } = await store.read();
  const became = new Map<string, Places | null>(waiting.map((hash) => [hash, null]));
  for (const until = client.host.now() + patience; ; await client.host.wait(POLL_MS)) {
    for (const [hash, places] of became) {
      if (places !== null) continue;
      const state = await client.routes.listing(hash);
      if (!state.ok) return state;
      became.set(hash, state.value.places);
    }
    const open = [...became].filter(([, places]) => places === null).map(([hash]) => hash);
    await store.write({ held: [], waiting: open });
    progress("rounds", became.size - open.length, became.size);
    if (open.length === 0 || client.host.now() >= until) return ok(became);
  }
}

/** What an earlier run left: sent, and its rounds waited for. True: nothing is open any more. */
export async function settle(parts: ListingParts): Promise<Answer<boolean>> {
  const sent = await sendHeld(parts);
  if (!sent.ok) return sent;
  const rounds = await awaitRounds(parts);
  return rounds.ok ? ok([...rounds.value.values()].every((places) => places !== null)) : rounds;
}

/** Puts sites on the member's list and proposes the places that the registry lacks, then waits for their round. */
export async function listAll(
  parts: ListingParts,
  relation: Relation,
  sites: readonly string[],
  places: readonly SitePlace[],
): Promise<Answer<Listed>> {
  const pieces = listingsOf(relation, sites, places);
  const issued = await parts.author.issue(pieces.map(({ listing }) => listingOf(parts.author.org, listing)));
  if (!issued.ok) return issued;
  const { waiting } = await parts.store.read();
  await parts.store.write({ held: issued.value, waiting });
  const sent = await sendHeld(parts);
  if (!sent.ok) return sent;
  const rounds = await awaitRounds(parts);
  if (!rounds.ok) return rounds;
  const became: (string | null)[] = [];
  for (const [i, piece] of pieces.entries()) {
    const opened = rounds.value.get(ownListing(issued.value[i] as string).hash) ?? null;
    const byNumber = new Map((opened ?? []).map(({ number, site }) => [number, site as string]));
    if (opened !== null && byNumber.size !== piece.places.length)
      return broken("listing", "not one site for each place that was proposed");
    became.push(...piece.places.map((_, at) => byNumber.get(at + 1) ?? null));
  }
  return ok({ statements: pieces.length, places: became, refused: sent.value });
}

import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { equal } from "@quasarix/shared/bytes.ts";
import type { DossierHead, WalkedEntry, WalkLine } from "@quasarix/shared/log/dossier.ts";
import { verifyChain } from "@quasarix/shared/log/dossier.ts";
import { consortiumKey, decodeHeader, dossierCommitment, entryKeys, NO_PREV } from "@quasarix/shared/log/entry.ts";
import { ok } from "@quasarix/shared/result.ts";
import type { DossierPage } from "@quasarix/shared/wire/dossier.ts";
import type { Keep } from "./ports.ts";
import type { LoggedReceipt } from "./receipt-check.ts";
import { type Answer, broken } from "./refusal.ts";
import type { Routes } from "./routes.ts";

/** What an opening in the consortium's dossier says of a subject: where it stands, and what its K hashes to. */
export interface Opening {
  readonly index: number;
  readonly commitment: string;
}

/** What this file needs of `consortium.ts`. */
export interface Openings {
  /** The consortium's id, whose own dossier has no opening and an open K. */
  readonly id: string;
  openingOf(subject: string): Promise<Answer<Opening>>;
}

/** As kept: b64url where there are bytes. */
interface KeptPlace {
  readonly K: string;
  readonly opening: number;
  readonly seq: number;
  readonly index: number;
  readonly leaf: string;
}

/** How far this author has walked each dossier it writes in. */
export interface Dossiers {
  /**
   * FORMATS 2, "the author checks": each receipt under the opening's K, above the opening, and reached by `prev` from
   * the last header verified. Receipts of one subject come together; a failure keeps nothing of that subject.
   */
  check(subject: string, receipts: readonly LoggedReceipt[]): Promise<Answer<true>>;
  /** Writes down how far we came. */
  save(): Promise<void>;
}

const KEPT = "dossiers";

export function dossiers(routes: Routes, keep: Keep, openings: Openings): Dossiers {
  let places: Map<string, KeptPlace> | null = null;
  const load = async (): Promise<Map<string, KeptPlace>> => {
    if (places) return places;
    const kept = await keep.read(KEPT);
    places = new Map(kept === null ? [] : (JSON.parse(kept) as [string, KeptPlace][]));
    return places;
  };

  const begin = async (subject: string): Promise<Answer<KeptPlace>> => {
    const none = { seq: -1, leaf: base64url(NO_PREV) };
    if (subject === openings.id) return ok({ K: base64url(consortiumKey(subject)), opening: -1, index: -1, ...none });
    const opening = await openings.openingOf(subject);
    if (!opening.ok) return opening;
    const page = await routes.dossier(subject, -1, 1);
    if (!page.ok) return page;
    const refused = checkOpening(page.value, subject, opening.value);
    if (refused) return refused;
    const { index } = opening.value;
    return ok({ K: page.value.K, opening: index, index, ...none });
  };

  return {
    async check(subject, receipts) {
      const known = await load();
      const place = known.has(subject) ? ok(known.get(subject) as KeptPlace) : await begin(subject);
      if (!place.ok) return place;
      const walked = await walkTo(routes, subject, place.value, receipts);
      if (!walked.ok) return walked;
      known.set(subject, { ...place.value, ...walked.value });
      return ok(true);
    },
    async save() {
      if (places) await keep.write(KEPT, JSON.stringify([...places]));
    },
  };
}

/** A K that is not the opening's could hide every later statement from every reader. */
function checkOpening(page: DossierPage, subject: string, opening: Opening): ReturnType<typeof broken> | null {
  const K = fromBase64url(page.K) as Bytes;
  if (page.subject !== subject) return broken("dossier", "another subject", subject);
  if (base64url(dossierCommitment(K)) !== opening.commitment) return broken("dossier", "wrong K", subject);
  return null;
}

async function walkTo(
  routes: Routes,
  subject: string,
  place: KeptPlace,
  receipts: readonly LoggedReceipt[],
): Promise<Answer<Place>> {
  const K = fromBase64url(place.K) as Bytes;
  for (const receipt of receipts) {
    const { tag } = entryKeys(K, receipt.line.seq);
    if (!equal(tag, receipt.tag)) return broken("receipt", "tag", `seq ${receipt.line.seq} of ${subject}`);
  }
  const bySeq = new Map(receipts.map((receipt) => [receipt.line.seq, receipt]));
  const seqs = [...bySeq.keys()];
  const first = Math.min(...seqs);
  const ahead = Math.max(...seqs) > place.seq;
  if (first <= place.seq) {
    const behind = await walkBack(routes, subject, K, place, first, bySeq);
    if (!behind.ok || !ahead) return behind;
  }
  const lines = await linesBetween(routes, subject, place.seq, Math.max(...seqs), bySeq);
  if (!lines.ok) return lines;
  const after: DossierHead | undefined =
    place.seq < 0 ? undefined : { seq: place.seq, index: place.index, leaf: fromBase64url(place.leaf) as Bytes };
  return walked(verifyChain({ K, subject, openingIndex: place.opening, after, walk: lines.value }), subject);
}

type Place = Pick<KeptPlace, "seq" | "index" | "leaf">;

/** A statement sent again lies below what we walked: its line has to lead up to the head that we know. */
async function walkBack(
  routes: Routes,
  subject: string,
  K: Bytes,
  place: KeptPlace,
  first: number,
  bySeq: ReadonlyMap<number, LoggedReceipt>,
): Promise<Answer<Place>> {
  const lines = await linesBetween(routes, subject, first - 1, place.seq, bySeq);
  if (!lines.ok) return lines;
  const header = decodeHeader(fromBase64url(lines.value[0]?.header ?? "") ?? new Uint8Array(0));
  if (!header.ok) return broken("dossier", header.failure.reason, subject);
  const after = { seq: first - 1, index: place.opening, leaf: header.value.prev };
  const chain = verifyChain({ K, subject, openingIndex: place.opening, after, walk: lines.value });
  const head = walked(chain, subject);
  if (!head.ok) return head;
  return head.value.leaf === place.leaf ? head : broken("dossier", "another past", subject);
}

/** The new head. A receipt whose commit, tag and nonce fit has the very leaf that the chain makes of its line. */
function walked(chain: ReturnType<typeof verifyChain>, subject: string): Answer<Place> {
  if (!chain.ok) return broken("dossier", chain.failure.reason, `seq ${chain.failure.at} of ${subject}`);
  const head = chain.value.at(-1) as WalkedEntry;
  return ok({ seq: head.facts.seq, index: head.index, leaf: base64url(head.leaf) });
}

/** Own receipts where we hold them, the server's lines in between. */
async function linesBetween(
  routes: Routes,
  subject: string,
  from: number,
  to: number,
  held: ReadonlyMap<number, LoggedReceipt>,
): Promise<Answer<WalkLine[]>> {
  const lines: WalkLine[] = [];
  for (let seq = from + 1; seq <= to; ) {
    const own = held.get(seq);
    if (own) {
      lines.push(own.line);
      seq++;
      continue;
    }
    const page = await routes.dossier(subject, seq - 1, Math.min(1000, to - seq + 1));
    if (!page.ok) return page;
    if (page.value.lines.length === 0) return broken("dossier", "a skipped seq", `seq ${seq} of ${subject}`);
    lines.push(...page.value.lines.slice(0, to - seq + 1));
    seq += page.value.lines.length;
  }
  return lines.length === to - from ? ok(lines) : broken("dossier", "seq", subject);
}

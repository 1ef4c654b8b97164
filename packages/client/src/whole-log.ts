import type { Bytes } from "@quasarix/shared/bytes.ts";
import { equal } from "@quasarix/shared/bytes.ts";
import { emptyEdge, grow, partialTiles, rootOf } from "@quasarix/shared/log/edge.ts";
import { ENTRY_LENGTH } from "@quasarix/shared/log/entry.ts";
import { entriesPath, splitHashes, TILE_WIDTH, tilePath } from "@quasarix/shared/log/tile.ts";
import { leafHash } from "@quasarix/shared/log/tree.ts";
import { ok } from "@quasarix/shared/result.ts";
import { atOnce } from "./at-once.ts";
import { type Answer, broken } from "./refusal.ts";
import type { Routes } from "./routes.ts";
import { isMissing } from "./tiles.ts";
import type { TrustedLog, Witnessed } from "./trusted-log.ts";

/** Every entry of the log up to a published checkpoint, and what was recomputed from them. */
export interface WholeLog {
  readonly entries: readonly Bytes[];
  readonly size: number;
  readonly checkpoints: number;
  readonly tiles: number;
}

export type Progress = (step: string, done: number, of: number) => void;

const BUNDLES_AT_ONCE = 8;

/** Published checkpoints above `after` up to `last`, oldest first, each opened under the policy. */
export async function publishedSince(
  routes: Routes,
  log: TrustedLog,
  after: number,
  last: Witnessed,
): Promise<Answer<Witnessed[]>> {
  const found: Witnessed[] = [];
  for (let from: number | null = after; from !== null; ) {
    const page = await routes.published(from);
    if (!page.ok) return page;
    for (const { size, note } of page.value.checkpoints) {
      const opened = await openPublished(log, note, last);
      if (!opened.ok) return opened;
      const previous = found.at(-1)?.checkpoint.size ?? after;
      if (opened.value.checkpoint.size !== size || size <= previous) return broken("checkpoint", "order", size);
      if (size <= last.checkpoint.size) found.push(opened.value);
    }
    from = page.value.next;
  }
  return ok(found);
}

/** An older one may have been published before the witnesses came by: its own signature is what it needs. */
const openPublished = (log: TrustedLog, note: string, last: Witnessed): Promise<Answer<Witnessed>> =>
  note === last.note ? log.open(note) : log.openLogged(note);

/** Entries -> tiles -> root -> every published checkpoint: recomputed from the entries alone, nothing believed. */
export async function readWholeLog(
  routes: Routes,
  log: TrustedLog,
  last: Witnessed,
  progress: Progress,
): Promise<Answer<WholeLog>> {
  const { size } = last.checkpoint;
  const entries = await readEntries(log, size, progress);
  if (!entries.ok) return entries;
  const checkpoints = await publishedSince(routes, log, -1, last);
  if (!checkpoints.ok) return checkpoints;
  const known = checkpoints.value;
  if (known.at(-1)?.checkpoint.size !== size) known.push(last);
  let edge = emptyEdge;
  let tiles = 0;
  for (const { checkpoint } of known) {
    const grown = grow(edge, entries.value.slice(edge.size, checkpoint.size).map(leafHash));
    edge = grown.edge;
    if (!equal(rootOf(edge), checkpoint.root)) return oddEntry(log, entries.value, checkpoint.size);
    const compared = await compareTiles(routes, [
      ...grown.full.map((tile) => ({ ...tile, width: TILE_WIDTH })),
      ...(checkpoint === last.checkpoint ? partialTiles(edge) : []),
    ]);
    if (!compared.ok) return compared;
    tiles += compared.value;
    progress("tree", edge.size, size);
  }
  return ok({ entries: entries.value, size, checkpoints: known.length, tiles });
}

/** Which entry makes another root than the checkpoint's: the first that its tile has under another hash. */
async function oddEntry(log: TrustedLog, entries: readonly Bytes[], size: number): Promise<Answer<never>> {
  const refs = Array.from({ length: Math.ceil(size / TILE_WIDTH) }, (_, index) => ({
    level: 0,
    index,
    width: Math.min(TILE_WIDTH, size - index * TILE_WIDTH),
  }));
  const tiles = await log.tiles.gather(refs);
  if (!tiles.ok) return tiles;
  for (const { level, index, width } of refs) {
    const leaves = splitHashes(tiles.value(level, index, width));
    const odd = leaves.findIndex((leaf, i) => !equal(leaf, leafHash(entries[index * TILE_WIDTH + i] as Bytes)));
    if (odd >= 0) return broken("entry", "another hash than in its tile", index * TILE_WIDTH + odd);
  }
  return broken("checkpoint", "root", size);
}

async function readEntries(log: TrustedLog, size: number, progress: Progress): Promise<Answer<Bytes[]>> {
  const bundles = Array.from({ length: Math.ceil(size / TILE_WIDTH) }, (_, index) => index);
  let done = 0;
  const read = await atOnce(BUNDLES_AT_ONCE, bundles, async (index) => {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH);
    const bundle = await log.tiles.entries(index, width);
    progress("entries", ++done, bundles.length);
    return isMissing(bundle) ? broken("entries", "missing", entriesPath(index, width)) : bundle;
  });
  const entries: Bytes[] = [];
  for (const bundle of read) {
    if (!bundle.ok) return bundle;
    entries.push(...bundle.value);
  }
  const odd = entries.findIndex((entry) => entry.length !== ENTRY_LENGTH);
  return odd < 0 ? ok(entries) : broken("entries", "length", odd);
}

interface GrownTile {
  readonly level: number;
  readonly index: number;
  readonly width: number;
  readonly hashes: Bytes;
}

async function compareTiles(routes: Routes, grown: readonly GrownTile[]): Promise<Answer<number>> {
  const answers = await atOnce(BUNDLES_AT_ONCE, grown, ({ level, index, width }) =>
    routes.tile(tilePath(level, index, width)),
  );
  for (const [i, answer] of answers.entries()) {
    const { level, index, width, hashes } = grown[i] as GrownTile;
    if (isMissing(answer)) return broken("tile", "missing", tilePath(level, index, width));
    if (!answer.ok) return answer;
    if (!equal(answer.value, hashes)) return broken("tile", "other hashes", tilePath(level, index, width));
  }
  return ok(grown.length);
}

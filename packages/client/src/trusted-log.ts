import { isSignatureOf, parseNote } from "@quasarix/shared/log/note.ts";
import type { OpenedCheckpoint } from "@quasarix/shared/log/open-checkpoint.ts";
import { openCheckpoint } from "@quasarix/shared/log/open-checkpoint.ts";
import { consistencyPath, tilesForConsistency, verifyConsistency } from "@quasarix/shared/log/proof.ts";
import type { TlogPolicy } from "@quasarix/shared/log/tlog-policy.ts";
import type { VerifyEd25519 } from "@quasarix/shared/ports.ts";
import { ok } from "@quasarix/shared/result.ts";
import type { Seen } from "@quasarix/shared/statement/claims.ts";
import { seenOf } from "@quasarix/shared/statement/seen.ts";
import type { ClientPorts } from "./ports.ts";
import { type Answer, broken } from "./refusal.ts";
import type { Routes } from "./routes.ts";
import { isMissing, type Tiles, tilesOf } from "./tiles.ts";

/** A checkpoint that the pinned policy vouches for, with the note that shows it. */
export interface Witnessed extends OpenedCheckpoint {
  readonly note: string;
}

/** The log as this client has seen it: whatever it hears must continue what it heard before. */
export interface TrustedLog {
  readonly policy: TlogPolicy;
  readonly tiles: Tiles;
  /** Signature and quorum; a note that was opened before costs nothing. */
  open(note: string): Promise<Answer<Witnessed>>;
  /** The log's signature alone: a receipt's checkpoint has been committed, and may not be cosigned yet. */
  openLogged(note: string): Promise<Answer<Witnessed>>;
  /** The newest published one, consistent with the one remembered, and from now on remembered. Null while there is none. */
  advance(): Promise<Answer<Witnessed | null>>;
  /** Refuses unless the smaller tree is the beginning of the larger. */
  consistent(a: Witnessed, b: Witnessed): Promise<Answer<true>>;
  /** FORMATS 1: the last published checkpoint that we verified. Undefined while the log has published none. */
  seen(): Promise<Answer<Seen | undefined>>;
}

const KEPT = "log";
const NOTES_HELD = 64;

export function trustedLog(ports: ClientPorts, routes: Routes, policy: TlogPolicy): TrustedLog {
  const tiles = tilesOf(routes);
  const open = opener(policy, ports.host.verify);
  const openLogged = opener({ ...policy, quorum: null }, ports.host.verify);

  /** Read anew from the note that was kept; null on the first day. */
  const remembered = async (): Promise<Answer<Witnessed | null>> => {
    const kept = await ports.keep.read(KEPT);
    return kept === null ? ok(null) : open(noteOf(kept));
  };

  const consistent = async (a: Witnessed, b: Witnessed): Promise<Answer<true>> => {
    const [older, newer] =
      a.checkpoint.size <= b.checkpoint.size ? [a.checkpoint, b.checkpoint] : [b.checkpoint, a.checkpoint];
    if (older.origin !== newer.origin) return broken("consistency", "another log", newer.origin);
    // FORMATS 2: nothing can be proven from the empty tree, and everything continues it.
    if (older.size === 0) return ok(true);
    const source = await tiles.gather(tilesForConsistency(older.size, newer.size));
    if (!source.ok) return source;
    const path = consistencyPath(older.size, newer.size, source.value);
    const verified = verifyConsistency(older.size, newer.size, path, older.root, newer.root);
    return verified.ok ? verified : broken("consistency", "split view", `${older.size}..${newer.size}`);
  };

  const advance = async (): Promise<Answer<Witnessed | null>> => {
    const last = await remembered();
    if (!last.ok) return last;
    const note = await routes.checkpoint();
    if (!note.ok) return isMissing(note) && last.value === null ? ok(null) : note;
    const newest = await open(note.value);
    if (!newest.ok) return newest;
    if (last.value) {
      const continues = await consistent(last.value, newest.value);
      if (!continues.ok) return continues;
      // A cache may lag behind what we have seen; the larger one stays remembered.
      if (newest.value.checkpoint.size <= last.value.checkpoint.size) return ok(last.value);
    }
    await ports.keep.write(KEPT, JSON.stringify({ note: note.value }));
    return newest;
  };

  const seen = async (): Promise<Answer<Seen | undefined>> => {
    const last = await advance();
    if (!last.ok) return last;
    return ok(last.value === null ? undefined : seenIn(last.value));
  };

  return { policy, tiles, open, openLogged, advance, consistent, seen };
}

function opener(policy: TlogPolicy, verify: VerifyEd25519): (note: string) => Promise<Answer<Witnessed>> {
  const opened = new Map<string, Witnessed>();
  return async (note) => {
    const known = opened.get(note);
    if (known) return ok(known);
    const checkpoint = await openCheckpoint(note, policy, verify);
    if (!checkpoint.ok) return broken("checkpoint", checkpoint.failure.reason);
    if (opened.size >= NOTES_HELD) opened.clear();
    const witnessed = { ...checkpoint.value, note };
    opened.set(note, witnessed);
    return ok(witnessed);
  };
}

/** What is kept is ours, so a file that is not JSON was spoilt by someone: it must not pass for a first day. */
const noteOf = (kept: string): string => (JSON.parse(kept) as { note: string }).note;

function seenIn({ note, checkpoint, logKey }: Witnessed): Seen {
  const parsed = parseNote(note);
  const line = parsed.ok ? parsed.value.signatures.find((one) => isSignatureOf(one, logKey)) : undefined;
  if (!line) throw new Error("an opened checkpoint has no signature of its log");
  return seenOf(checkpoint, line);
}

import { ok } from "@quasarix/shared/result.ts";
import type { Client } from "./client.ts";
import { type Answer, badInput } from "./refusal.ts";
import type { Witnessed } from "./trusted-log.ts";
import { type Progress, publishedSince, readWholeLog } from "./whole-log.ts";

export interface LogReport {
  readonly origin: string;
  /** Where this check began: the size that the last one ended at, 0 on the first day. */
  readonly from: number;
  readonly size: number;
  readonly root: Witnessed["checkpoint"]["root"];
  /** Published checkpoints verified, each consistent with the one before. */
  readonly checkpoints: number;
  /** Entries read and hashed anew; 0 unless everything was asked for. */
  readonly entries: number;
  readonly cosigners: readonly string[];
}

/** Not the checkpoint that everyday calls remember: those prove their two ends, this proves all that lies between. */
const KEPT = "log-checked";

/**
 * From where the last check ended to the newest: every published one between them is verified and continues the one
 * before. `everything` also reads all entries and tiles from the start.
 */
export async function checkLog(client: Client, everything: boolean, progress: Progress): Promise<Answer<LogReport>> {
  const { log, routes } = client;
  const kept = await client.keep.read(KEPT);
  const before = kept === null ? ok(null) : await log.open((JSON.parse(kept) as { note: string }).note);
  if (!before.ok) return before;
  const last = await log.advance();
  if (!last.ok) return last;
  if (last.value === null) return badInput("the log has published no checkpoint yet");
  // Before any proof is built from tiles: a spoilt one is named as such, and not as a split view.
  const whole = everything ? await readWholeLog(routes, log, last.value, progress) : null;
  if (whole && !whole.ok) return whole;
  const { origin, size, root } = last.value.checkpoint;
  const from = before.value?.checkpoint.size ?? 0;
  const between = await publishedSince(routes, log, from, last.value);
  if (!between.ok) return between;
  let previous = before.value;
  for (const [i, checkpoint] of between.value.entries()) {
    const continues = previous === null ? ok(true) : await log.consistent(previous, checkpoint);
    if (!continues.ok) return continues;
    previous = checkpoint;
    progress("checkpoints", i + 1, between.value.length);
  }
  const reached = previous === null ? ok(true) : await log.consistent(previous, last.value);
  if (!reached.ok) return reached;
  await client.keep.write(KEPT, JSON.stringify({ note: last.value.note }));
  const entries = whole?.value.size ?? 0;
  const { cosigners } = last.value;
  return ok({ origin, from, size, root, checkpoints: between.value.length, entries, cosigners });
}

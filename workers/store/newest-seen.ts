import type { Sequencing } from "@quasarix/shared/log/append.ts";
import { parseSignedCheckpoint } from "@quasarix/shared/log/checkpoint.ts";
import type { Seen } from "@quasarix/shared/statement/claims.ts";
import { seenOf } from "@quasarix/shared/statement/seen.ts";

/** The platform states `seen` like every author; null before the log has published anything. */
export async function newestSeen({
  sequencer,
  origin,
}: {
  readonly sequencer: Pick<Sequencing, "latestPublished">;
  readonly origin: string;
}): Promise<Seen | null> {
  const text = await sequencer.latestPublished();
  if (text === null) return null;
  const parsed = parseSignedCheckpoint(text);
  const signature = parsed.ok ? parsed.value.note.signatures.find(({ name }) => name === origin) : undefined;
  if (!parsed.ok || !signature) throw new Error("the sequencer published a note that does not parse");
  return seenOf(parsed.value.checkpoint, signature);
}

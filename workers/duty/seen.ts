import { parseCheckpoint } from "@quasarix/shared/log/checkpoint.ts";
import { parseNote } from "@quasarix/shared/log/note.ts";
import { type Seen, seenOf } from "@quasarix/shared/statement/seen.ts";
import type { DutyPorts } from "./ports.ts";

/** The platform states `seen` like every author; null before the log has published anything. */
export async function newestSeen({ sequencer, origin }: DutyPorts): Promise<Seen | null> {
  const text = await sequencer.latestPublished();
  if (text === null) return null;
  const note = parseNote(text);
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
  const signature = note.ok ? note.value.signatures.find(({ name }) => name === origin) : undefined;
  if (!checkpoint.ok || !signature) throw new Error("the sequencer published a note that does not parse");
  return seenOf(checkpoint.value, signature);
}

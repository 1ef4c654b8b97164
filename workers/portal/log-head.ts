import { base64 } from "@quasarix/shared/base64.ts";
import { parseSignedCheckpoint } from "@quasarix/shared/log/checkpoint.ts";

/** Asks this deployment's own public routes, as a reader outside would. `path` begins with a slash. */
export type FetchOwn = (path: string) => Promise<Response>;

export interface LogHead {
  readonly origin: string;
  readonly size: number;
  /** b64, as on the checkpoint. */
  readonly root: string;
}

/** Null while nothing is published, or where what is published does not read as a checkpoint. */
export async function logHead(fetchOwn: FetchOwn): Promise<LogHead | null> {
  const answer = await fetchOwn("/log/checkpoint");
  if (!answer.ok) return null;
  const parsed = parseSignedCheckpoint(await answer.text());
  if (!parsed.ok) return null;
  const { origin, size, root } = parsed.value.checkpoint;
  return { origin, size, root: base64(root) };
}

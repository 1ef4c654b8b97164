import { KEYS_VERSION } from "@quasarix/shared/registry/project-keys.ts";
import { enterAgain } from "../store/site-index.ts";
import type { DutyPorts } from "./ports.ts";

/** How far the index holds this version's keys. `after`: a log index; null: all of it. */
export interface Indexed {
  readonly version: number;
  readonly after: number | null;
}

/** Sites of one look. */
const AT_ONCE = 2_000;

/**
 * One step towards an index of all sites under the keys of this version: those opened before there was one are found too.
 * What is opened meanwhile enters by itself, and entering twice changes nothing.
 */
export async function indexOlderSites(
  { db, scope }: Pick<DutyPorts, "db" | "scope">,
  done: Indexed | null,
  limit = AT_ONCE,
): Promise<Indexed> {
  const isOfThis = done?.version === KEYS_VERSION;
  if (isOfThis && done.after === null) return done;
  const after = isOfThis && done.after !== null ? done.after : -1;
  return { version: KEYS_VERSION, after: await enterAgain(db, scope, after, limit) };
}

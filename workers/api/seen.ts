import type { VerifierKey } from "@quasarix/shared/log/vkey.ts";
import type { VerifyEd25519 } from "@quasarix/shared/ports.ts";
import type { Seen } from "@quasarix/shared/statement/claims.ts";
import { verifySeen } from "@quasarix/shared/statement/seen.ts";
import type { Statement } from "@quasarix/shared/statement/statement.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import type { PublishedSizes } from "./published.ts";

/** How many claims an isolate remembers. */
const KEPT = 4096;

/** Which `seen` claims held, letter by letter: the statements of a bulk carry one and the same. One that did not is judged again. */
export class HeldSeen {
  readonly #held = new Set<string>();

  has(seen: Seen): boolean {
    return this.#held.has(nameOf(seen));
  }

  add(seen: Seen): void {
    if (this.#held.size >= KEPT) this.#held.clear();
    this.#held.add(nameOf(seen));
  }
}

const nameOf = ({ size, root, sig }: Seen): string => `${size} ${root} ${sig}`;

export interface SeenPorts {
  readonly desk: { readonly published: PublishedSizes; readonly held: HeldSeen; readonly logKey: VerifierKey };
  readonly verify: VerifyEd25519;
}

/** FORMATS 1. `since`: the log index from which the author's key stands; null for a first key. */
export async function seenRefusal(ports: SeenPorts, seen: Seen | undefined, since: number | null) {
  if (seen !== undefined) return heldRefusal(ports, seen);
  const isMissing = since !== null && (await ports.desk.published.holds(since));
  return isMissing ? ({ reason: "seen-missing" } satisfies Failure) : null;
}

async function heldRefusal({ desk, verify }: SeenPorts, seen: Seen): Promise<Failure | null> {
  if (desk.held.has(seen)) return null;
  // Before the sequencer is asked: a stranger's thousand inventions are no thousand questions to the one writer of order.
  const signed = await verifySeen(seen, desk.logKey, verify);
  if (!signed.ok) return { reason: "invalid-statement", step: "seen", why: signed.failure };
  // A root that this log never published, under its own signature, is what a split view looks like.
  if (!(await desk.published.has(seen.size, seen.root))) return { reason: "seen-unknown", size: seen.size };
  desk.held.add(seen);
  return null;
}

/** Each claim that several of a batch carry, once, so that its statements, judged side by side, find it held. */
export async function judgeShared(ports: SeenPorts, statements: readonly Statement[]): Promise<void> {
  const met = new Set<string>();
  const shared = new Map<string, Seen>();
  for (const { claims } of statements) {
    if (!claims.seen) continue;
    const name = nameOf(claims.seen);
    if (met.has(name)) shared.set(name, claims.seen);
    met.add(name);
  }
  for (const seen of shared.values()) await heldRefusal(ports, seen);
}

import { bytes32 } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { checkpointKey } from "@quasarix/shared/log/bucket.ts";
import { coalescer } from "@quasarix/shared/log/coalesce.ts";
import { type VerifierKey, verifierKey } from "@quasarix/shared/log/vkey.ts";
import type { FoundingKeys } from "@quasarix/shared/registry/project.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import type { ApiSlice } from "../env.ts";
import type { CommitPorts } from "../store/commit.ts";
import { ReceiptQueue } from "../store/receipt-queue.ts";
import type { Vault } from "../store/vault.ts";
import { cursorKey } from "./cursor.ts";
import { PublishedSizes } from "./published.ts";
import { HeldSeen } from "./seen.ts";
import { sequencerOf } from "./sequencer.ts";
import { vaultOf } from "./vault.ts";

/** What an isolate keeps between requests: secrets imported once, the coalescer, the queue to each receipts chain, and which checkpoints were published. */
export interface Desk {
  readonly vault: Vault;
  readonly append: CommitPorts["append"];
  readonly receipts: ReceiptQueue;
  readonly published: PublishedSizes;
  readonly held: HeldSeen;
  readonly founding: FoundingKeys;
  readonly platformKid: string;
  readonly logKey: VerifierKey;
  readonly origin: string;
  /** Signs key challenges. */
  readonly challengeKey: Bytes;
}

const desks = new WeakMap<ApiSlice, Desk>();

/** Requires bindings that `wrangler.toml` and the secrets set: throws on a deployment without them. */
export function deskOf(env: ApiSlice): Desk {
  const kept = desks.get(env);
  if (kept) return kept;
  const desk = makeDesk(env);
  desks.set(env, desk);
  return desk;
}

function makeDesk(env: ApiSlice): Desk {
  const platformX = env.PLATFORM_X;
  return {
    vault: vaultOf(env),
    append: coalescer({
      append: (items) => sequencerOf(env).append(items),
      wait: (milliseconds) => scheduler.wait(milliseconds),
    }),
    receipts: new ReceiptQueue(),
    published: new PublishedSizes({
      list: (after, limit) => sequencerOf(env).published(after, limit),
      written: async (size) => (await env.LOG_BUCKET.get(checkpointKey(size)))?.text() ?? null,
    }),
    held: new HeldSeen(),
    founding: { operatorX: env.GENESIS_KEY, platformX },
    platformKid: thumbprint(bytes32(platformX, "PLATFORM_X")),
    logKey: verifierKey(env.ORIGIN, 1, bytes32(env.LOG_X, "LOG_X")),
    origin: env.ORIGIN,
    challengeKey: cursorKey(env),
  };
}

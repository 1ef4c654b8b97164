import { DurableObject } from "cloudflare:workers";
import { bytes32 } from "@quasarix/shared/base64.ts";
import type { AppendItem, Sequencing, TreeHead } from "@quasarix/shared/log/append.ts";
import type { Signer } from "@quasarix/shared/ports.ts";
import { webSigner } from "@quasarix/shared/webcrypto.ts";
import { privateJwk, type SequencerEnv } from "../env.ts";
import { SequencerCore } from "./core.ts";
import { fault } from "./fault.ts";

/** The only writer of order, one per log, named by its origin. */
export class SequencerObject extends DurableObject<SequencerEnv> implements Sequencing {
  readonly #core: SequencerCore;

  constructor(ctx: DurableObjectState, env: SequencerEnv) {
    super(ctx, env);
    this.#core = new SequencerCore({
      storage: ctx.storage,
      bucket: env.LOG_BUCKET,
      anchor: () => env.anchor().then(treeHeadOf),
      signer: signerOf(env.LOG_KEY),
      origin: env.ORIGIN,
      now: () => Date.now(),
      wait: (milliseconds) => scheduler.wait(milliseconds),
      wakeAt: (time) => ctx.waitUntil(ctx.storage.setAlarm(time)),
      fault,
    });
  }

  async append(items: readonly AppendItem[]) {
    return this.#core.append(items);
  }

  async proof(index: number, size?: number) {
    return this.#core.proof(index, size);
  }

  async consistency(from: number, to: number) {
    return this.#core.consistency(from, to);
  }

  async published(after: number, limit: number) {
    return this.#core.published(after, limit);
  }

  async latestPublished() {
    return this.#core.latestPublished();
  }

  async status() {
    return this.#core.status();
  }

  override async alarm() {
    return this.#core.publish();
  }
}

function treeHeadOf(anchor: { size: number; root: string } | null): TreeHead | null {
  if (!anchor) return null;
  return { size: anchor.size, root: bytes32(anchor.root, "the anchor's root") };
}

/** The import waits for no one: it is done by the first signature. */
function signerOf(secret: string): Signer {
  const jwk = privateJwk(secret);
  const imported = webSigner(crypto, jwk);
  const publicKey = bytes32(jwk.x, "`x` of LOG_KEY");
  return { publicKey, sign: (message) => imported.then((signer) => signer.sign(message)) };
}

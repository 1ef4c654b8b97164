import type { Bytes } from "@quasarix/shared/bytes.ts";
import { checkpointKey, LATEST_KEY } from "@quasarix/shared/log/bucket.ts";
import { encodeEntries, entriesPath, tilePath } from "@quasarix/shared/log/tile.ts";
import type { Fault } from "./fault.ts";
import type { Ledger, TileReader } from "./ledger.ts";
import type { Outbox, Publication } from "./outbox.ts";

const WIDTH = 256;
/** Entries uploaded in one step: 514 objects at most, well below the 1,000 subrequests of one invocation. */
const STEP = 65_536;
/** Puts in flight at once; bounds the memory held for them. */
const PARALLEL = 32;

export interface PublishPorts {
  readonly bucket: R2Bucket;
  readonly ledger: Ledger;
  readonly outbox: Outbox;
  readonly fault: Fault;
  readonly now: () => number;
}

type Upload = readonly [path: string, bytes: () => Bytes];

/**
 * One step of the publication under way. Tiles go before the checkpoint that needs them. Every put is idempotent, so a
 * crash anywhere is mended by taking the step again. `step` is a multiple of 256.
 */
export async function publishStep(ports: PublishPorts, publication: Publication, step = STEP): Promise<void> {
  const { size, uploaded } = publication;
  const complete = size - (size % WIDTH);
  const to = Math.min(complete, uploaded + step);
  await ports.fault.pause("full-tiles");
  await upload(ports, fullObjects(ports.ledger, uploaded, to));
  if (to < complete) return ports.outbox.uploaded(size, to);
  await ports.fault.pause("partial-tiles");
  await upload(ports, partialObjects(ports.ledger, size));
  await ports.fault.pause("checkpoint");
  await writeCheckpoint(ports, size);
  ports.outbox.published(size, ports.now());
}

/** The full tiles of every level and the bundles that end after entry `from` and not after `to`. */
function fullObjects(ledger: Ledger, from: number, to: number): Upload[] {
  const tiles = ledger.tiles();
  const uploads: Upload[] = [];
  for (let level = 0, span = WIDTH; span <= to; level++, span *= WIDTH) {
    for (let n = Math.floor(from / span); n < Math.floor(to / span); n++) {
      uploads.push([tilePath(level, n), () => tiles(level, n, WIDTH)]);
    }
  }
  for (let n = from / WIDTH; n < to / WIDTH; n++) {
    uploads.push([entriesPath(n), () => encodeEntries(ledger.entries(n * WIDTH, (n + 1) * WIDTH))]);
  }
  return uploads;
}

/** tlog-tiles: the partial tiles of exactly this size, one a level, and the partial bundle. */
function partialObjects(ledger: Ledger, size: number): Upload[] {
  const tiles: TileReader = ledger.tiles();
  const uploads: Upload[] = [];
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / WIDTH)) {
    const width = count % WIDTH;
    const index = Math.floor(count / WIDTH);
    if (width > 0) uploads.push([tilePath(level, index, width), () => tiles(level, index, width)]);
  }
  const width = size % WIDTH;
  const bundle = () => encodeEntries(ledger.entries(size - width, size));
  if (width > 0) uploads.push([entriesPath((size - width) / WIDTH, width), bundle]);
  return uploads;
}

async function upload({ bucket, fault }: PublishPorts, uploads: Upload[]): Promise<void> {
  for (let first = 0; first < uploads.length; first += PARALLEL) {
    const some = uploads.slice(first, first + PARALLEL);
    await fault.pause("upload");
    await Promise.all(some.map(([path, bytes]) => bucket.put(`log/${path}`, bytes())));
  }
}

/** Never over another: a second text at one size would be a split view. */
async function writeCheckpoint({ bucket, fault, ledger }: PublishPorts, size: number): Promise<void> {
  const committed = ledger.checkpoint(size);
  if (!committed) throw new Error(`no checkpoint was committed at size ${size}`);
  const key = checkpointKey(size);
  await fault.pause("checkpoint-once");
  const written = await bucket.put(key, committed.note, { onlyIf: { etagDoesNotMatch: "*" } });
  if (!written) {
    await fault.pause("checkpoint-read");
    const there = await bucket.get(key);
    await fault.pause("checkpoint-text");
    const text = await there?.text();
    if (text !== committed.note) throw new Error(`another checkpoint was published at size ${size}`);
  }
  await fault.pause("checkpoint-latest");
  await bucket.put(LATEST_KEY, committed.note);
}

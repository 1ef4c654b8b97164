import { readFileSync } from "node:fs";
import { fromUtf8 } from "@quasarix/shared/bytes.ts";
import { parseCheckpoint } from "@quasarix/shared/log/checkpoint.ts";
import { edgeFromTiles, rootOf } from "@quasarix/shared/log/edge.ts";
import { parseNote, verifyNote } from "@quasarix/shared/log/note.ts";
import { consistencyPath, inclusionPath, verifyConsistency, verifyInclusion } from "@quasarix/shared/log/proof.ts";
import { decodeEntries, encodeEntries, entriesPath, splitHashes, tilePath } from "@quasarix/shared/log/tile.ts";
import { leafHash } from "@quasarix/shared/log/tree.ts";
import { parseVkey } from "@quasarix/shared/log/vkey.ts";
import { webVerify } from "@quasarix/shared/webcrypto.ts";
import { describe, expect, test } from "vitest";
import { sharedPath } from "../shared-data.ts";

const VKEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
const folder = sharedPath("vectors", "tessera-log");
const read = (name: string) => new Uint8Array(readFileSync(`${folder}/${name}`));
const tiles = (level: number, index: number, width: number) => read(tilePath(level, index, width));

async function checkpointAt(name: string) {
  const note = parseNote(read(name));
  const key = parseVkey(VKEY);
  if (!note.ok || !key.ok) throw new Error("a note or key of the vectors does not parse");
  const verified = await verifyNote(note.value, [key.value], webVerify(crypto));
  expect(verified.ok).toBe(true);
  const checkpoint = parseCheckpoint(note.value.text);
  if (!checkpoint.ok) throw new Error(checkpoint.failure.reason);
  return checkpoint.value;
}

describe.skipIf(!folder)("the log that another implementation wrote", () => {
  test.each(Array.from({ length: 16 }, (_, size) => size))(
    "at size %i: checkpoint, tile, bundle and every proof",
    async (size) => {
      const checkpoint = await checkpointAt(`checkpoint.${size}`);
      expect(checkpoint.size).toBe(size);
      expect(rootOf(edgeFromTiles(size, tiles))).toEqual(checkpoint.root);
      if (size === 0) return;
      const bundle = read(entriesPath(0, size));
      const entries = decodeEntries(bundle);
      if (!entries.ok) throw new Error(entries.failure.reason);
      expect(encodeEntries(entries.value)).toEqual(bundle);
      const leaves = entries.value.map(leafHash);
      expect(leaves).toEqual(splitHashes(tiles(0, 0, size)));
      for (const [index, leaf] of leaves.entries()) {
        const path = inclusionPath(index, size, tiles);
        expect(verifyInclusion(leaf, index, size, path, checkpoint.root).ok).toBe(true);
      }
      for (let m = 1; m <= size; m++) {
        const past = await checkpointAt(`checkpoint.${m}`);
        expect(verifyConsistency(m, size, consistencyPath(m, size, tiles), past.root, checkpoint.root).ok).toBe(true);
      }
    },
  );

  test("the latest checkpoint is that of size 15", () => {
    expect(fromUtf8(read("checkpoint"))).toBe(fromUtf8(read("checkpoint.15")));
  });
});

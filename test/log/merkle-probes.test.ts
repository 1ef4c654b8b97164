import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fromBase64 } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { verifyConsistency, verifyInclusion } from "@quasarix/shared/log/proof.ts";
import { expect, test } from "vitest";
import { sharedPath } from "../shared-data.ts";

interface Probe {
  desc: string;
  wantErr: boolean;
  proof: string[] | null;
}
interface InclusionProbe extends Probe {
  leafIdx: bigint;
  treeSize: bigint;
  leafHash: string;
  root: string;
}
interface ConsistencyProbe extends Probe {
  size1: bigint;
  size2: bigint;
  root1: string;
  root2: string;
}

const folder = sharedPath("vectors", "merkle", "testdata");

/** Sizes above 2^53 occur, so every number is read as a BigInt before JSON could round it. */
function probesIn<P>(kind: string): P[] {
  const root = path.join(folder as string, kind);
  const names = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
  return names.map((name) => {
    const text = readFileSync(path.join(root, name), "utf8").replace(/: (\d+)(,?)$/gm, ': "int $1"$2');
    const revive = (_: string, value: unknown) =>
      typeof value === "string" && value.startsWith("int ") ? BigInt(value.slice(4)) : value;
    return JSON.parse(text, revive) as P;
  });
}

const bytes = (text: string): Bytes => fromBase64(text) ?? new Uint8Array(0);
const pathOf = (probe: Probe): Bytes[] => (probe.proof ?? []).map(bytes);

test.skipIf(!folder)("all 196 probes of inclusion and consistency get the verdict they want", () => {
  const inclusion = probesIn<InclusionProbe>("inclusion");
  for (const probe of inclusion) {
    const verdict = verifyInclusion(
      bytes(probe.leafHash),
      probe.leafIdx,
      probe.treeSize,
      pathOf(probe),
      bytes(probe.root),
    );
    expect([probe, verdict.ok]).toEqual([probe, !probe.wantErr]);
  }
  const consistency = probesIn<ConsistencyProbe>("consistency");
  for (const probe of consistency) {
    const { size1, size2, root1, root2 } = probe;
    const verdict = verifyConsistency(size1, size2, pathOf(probe), bytes(root1), bytes(root2));
    expect([probe, verdict.ok]).toEqual([probe, !probe.wantErr]);
  }
  expect(inclusion.length + consistency.length).toBe(196);
  expect([...inclusion, ...consistency].filter((probe) => !probe.wantErr).length).toBeGreaterThan(5);
});

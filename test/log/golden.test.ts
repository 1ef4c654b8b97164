import { readFileSync } from "node:fs";
import { base64, base64url, fromHex, hex } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { checkpointText, parseCheckpoint, signCheckpoint } from "@quasarix/shared/log/checkpoint.ts";
import { cosignedAt, signCosignature } from "@quasarix/shared/log/cosignature.ts";
import { verifyChain, verifyWalk } from "@quasarix/shared/log/dossier.ts";
import * as entry from "@quasarix/shared/log/entry.ts";
import { formatNote, isSignatureOf, parseNote, signatureLine, signatureText } from "@quasarix/shared/log/note.ts";
import { openCheckpoint } from "@quasarix/shared/log/open-checkpoint.ts";
import {
  consistencyPath,
  inclusionPath,
  memoTiles,
  verifyConsistency,
  verifyInclusion,
} from "@quasarix/shared/log/proof.ts";
import type { TlogPolicy } from "@quasarix/shared/log/tlog-policy.ts";
import { parseTlogPolicy } from "@quasarix/shared/log/tlog-policy.ts";
import { formatTlogProof, parseTlogProof } from "@quasarix/shared/log/tlog-proof.ts";
import { leafHash, rootOfLeaves } from "@quasarix/shared/log/tree.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { webSigner, webVerify } from "@quasarix/shared/webcrypto.ts";
import { describe, expect, test } from "vitest";
import { sharedPath } from "../shared-data.ts";
import { append, emptyLog, tilesOf } from "./memory-log.ts";

interface GoldenWalk {
  desc: string;
  kind: "walk";
  K: string;
  subject: string;
  opening: number;
  commitment: string | null;
  walk: { seq: number; index: number; admittedAt: number; header: string; nonce: string }[];
  entries: string[];
  want: { reason?: string };
}
interface Golden {
  origin: string;
  dossierRoot: string;
  keys: { who: string; seed: string; jwk: { x: string } }[];
  subjects: { id: string; subject: string; K: string; commitment: string }[];
  entries: Record<
    "subject" | "prev" | "statementHash" | "tag" | "nonce" | "header" | "commit" | "entry" | "leaf",
    string
  >[] &
    { seq: number; admittedAt: number }[];
  tree: {
    roots: string[];
    inclusion: { index: number; size: number; path: string[] }[];
    consistency: { size1: number; size2: number; path: string[] }[];
  };
  checkpoints: { size: number; body: string; note: string }[];
  policy: { text: string; sha256: string };
  proofs: { index: number; text: string }[];
  good: (GoldenWalk | { kind: "bundle" | "statement" })[];
  spoilt: (
    | GoldenWalk
    | { kind: "policy"; desc: string; text: string; want: { reason: string } }
    | { kind: "checkpoint"; desc: string; note: string; policy: string; want: { reason: string } }
    | { kind: "bundle" | "statement" }
  )[];
}

const file = sharedPath("vectors", "quasarix", "golden-public.json");
const golden = (file ? JSON.parse(readFileSync(file, "utf8")) : null) as Golden;
const verify = webVerify(crypto);
const bytes = (text: string): Bytes => fromHex(text) as Bytes;
const ok = <T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};
const policyOf = (text: string): TlogPolicy => ok(parseTlogPolicy(text));
const signerOf = (who: string) => {
  const key = golden.keys.find((one) => one.who === who) as Golden["keys"][number];
  return webSigner(crypto, { x: key.jwk.x, d: base64url(bytes(key.seed)) });
};

describe.skipIf(!file)("the golden vectors of FORMATS 2 and 4", () => {
  test("subjects: hash, dossier key and commitment", () => {
    for (const row of golden.subjects) {
      const K =
        row.id === golden.origin ? entry.consortiumKey(row.id) : entry.dossierKey(bytes(golden.dossierRoot), row.id);
      expect(hex(entry.subjectHash(row.id))).toBe(row.subject);
      expect(hex(K)).toBe(row.K);
      expect(hex(entry.dossierCommitment(K))).toBe(row.commitment);
    }
  });

  test("entries: tag, nonce, header, commit and leaf, sealed and read back", () => {
    for (const row of golden.entries) {
      const subject = golden.subjects.find((one) => one.id === row.subject) as Golden["subjects"][number];
      const facts = {
        seq: row.seq,
        prev: bytes(row.prev),
        statementHash: bytes(row.statementHash),
        subject: bytes(subject.subject),
      };
      const sealed = entry.sealEntry(bytes(subject.K), facts, row.admittedAt);
      const shown = {
        entry: hex(sealed.entry),
        nonce: hex(sealed.nonce),
        header: hex(sealed.header),
        leaf: hex(sealed.leaf),
      };
      expect(shown).toEqual({ entry: row.entry, nonce: row.nonce, header: row.header, leaf: row.leaf });
      expect(ok(entry.decodeHeader(sealed.header))).toEqual(facts);
      const decoded = ok(entry.decodeEntry(sealed.entry));
      expect(decoded.admittedAt).toBe(row.admittedAt);
      expect([hex(decoded.tag), hex(decoded.commit)]).toEqual([row.tag, row.commit]);
    }
  });

  test("the tree: roots, every inclusion path, every consistency path", () => {
    const leaves = golden.entries.map((row) => leafHash(bytes(row.entry)));
    const log = emptyLog();
    for (const leaf of leaves) append(log, [leaf]);
    const tiles = memoTiles(tilesOf(log));
    const roots = golden.tree.roots.map(bytes);
    for (const [size, root] of roots.entries()) expect(rootOfLeaves(leaves.slice(0, size))).toEqual(root);
    for (const { index, size, path } of golden.tree.inclusion) {
      const ours = inclusionPath(index, size, tiles);
      expect(ours.map(hex)).toEqual(path);
      expect(verifyInclusion(leaves[index] as Bytes, index, size, ours, roots[size] as Bytes).ok).toBe(true);
    }
    for (const { size1, size2, path } of golden.tree.consistency) {
      const ours = consistencyPath(size1, size2, tiles);
      expect(ours.map(hex)).toEqual(path);
      expect(verifyConsistency(size1, size2, ours, roots[size1] as Bytes, roots[size2] as Bytes).ok).toBe(true);
    }
    expect(golden.tree.inclusion.length + golden.tree.consistency.length).toBe(420);
  });

  test("the policy: text, SHA-256 and keys", () => {
    const policy = policyOf(golden.policy.text);
    expect(hex(sha256(utf8(policy.text)))).toBe(golden.policy.sha256);
    expect(policy.logs.map((key) => key.name)).toEqual([golden.origin]);
    expect([...policy.witnesses.keys()]).toEqual(["north", "south", "east"]);
    expect(policy.groups.get("members")).toEqual({ threshold: 2, members: ["north", "south", "east"] });
    expect(policy.quorum).toBe("members");
  });

  test("checkpoints: opened under the policy, signed and cosigned again to the same bytes", async () => {
    const policy = policyOf(golden.policy.text);
    for (const row of golden.checkpoints) {
      const opened = ok(await openCheckpoint(row.note, policy, verify));
      expect(opened.checkpoint).toEqual({
        origin: golden.origin,
        size: row.size,
        root: bytes(golden.tree.roots[row.size] as string),
      });
      expect(opened.cosigners).toEqual(["north", "south", "east"]);
      expect(checkpointText(opened.checkpoint)).toBe(row.body);
      expect(ok(parseCheckpoint(row.body))).toEqual(opened.checkpoint);
      expect(await signedAgain(row.note, policy, opened.checkpoint)).toBe(row.note);
    }
  });

  test("tlog-proofs: parsed, rewritten, and their entries included under the checkpoint", async () => {
    const policy = policyOf(golden.policy.text);
    for (const row of golden.proofs) {
      const proof = ok(parseTlogProof(row.text));
      expect(formatTlogProof(proof)).toBe(row.text);
      expect(proof.index).toBe(row.index);
      const { checkpoint } = ok(await openCheckpoint(proof.note, policy, verify));
      const extra = ok(entry.decodeExtra(proof.extra));
      const logged = ok(entry.decodeEntry(extra.entry));
      expect(entry.commitOf(extra.nonce, extra.header)).toEqual(logged.commit);
      const leaf = leafHash(extra.entry);
      expect(verifyInclusion(leaf, proof.index, checkpoint.size, proof.path, checkpoint.root).ok).toBe(true);
      expect(entry.encodeExtra(extra.entry, extra.nonce, extra.header)).toEqual(proof.extra);
    }
  });

  test("walks: each whole dossier holds, each spoilt one is refused for the reason named", () => {
    const walks = [...golden.good, ...golden.spoilt].filter((row): row is GoldenWalk => row.kind === "walk");
    expect(walks).toHaveLength(6);
    for (const row of walks) {
      const verdict = walkOf(row);
      expect([row.desc, verdict.ok ? undefined : verdict.failure.reason]).toEqual([row.desc, row.want.reason]);
    }
  });

  test("spoilt policies and checkpoints are refused for the reason named", async () => {
    let count = 0;
    for (const row of golden.spoilt) {
      if (row.kind !== "policy" && row.kind !== "checkpoint") continue;
      const verdict =
        row.kind === "policy"
          ? parseTlogPolicy(row.text)
          : await openCheckpoint(row.note, policyOf(row.policy), verify);
      expect([row.desc, verdict.ok ? null : verdict.failure.reason]).toEqual([row.desc, row.want.reason]);
      count++;
    }
    expect(count).toBe(6);
  });
});

/** The same note from the same keys: Ed25519 has no dice. */
async function signedAgain(
  note: string,
  policy: TlogPolicy,
  checkpoint: { origin: string; size: number; root: Bytes },
) {
  const parsed = ok(parseNote(note));
  const ours = await signCheckpoint(await signerOf("log"), checkpoint);
  const lines = await Promise.all(
    [...policy.witnesses].map(async ([name, key]) => {
      const line = parsed.signatures.find((one) => isSignatureOf(one, key));
      const time = cosignedAt(line?.blob as Bytes) as number;
      return signCosignature(await signerOf(name), key.name, time, parsed.text);
    }),
  );
  const key = policy.logs[0];
  const line = key && parsed.signatures.find((one) => isSignatureOf(one, key));
  expect(line && signatureText(line)).toBe(base64(bytes(hex(sliceOfLine(ours)))));
  expect(formatNote(parsed.text, parsed.signatures)).toBe(note);
  return ours + lines.map(signatureLine).join("");
}

const sliceOfLine = (note: string): Bytes => {
  const [signature] = ok(parseNote(note)).signatures;
  return new Uint8Array([...(signature?.id ?? []), ...(signature?.blob ?? [])]);
};

function walkOf(row: GoldenWalk) {
  const walk = row.walk.map((line) => ({
    ...line,
    header: base64url(bytes(line.header)),
    nonce: base64url(bytes(line.nonce)),
  }));
  const chain = { K: bytes(row.K), subject: row.subject, openingIndex: row.opening, walk };
  if (row.want.reason === undefined) {
    const entries = ok(verifyChain(chain));
    expect(entries.map((one) => hex(one.entry))).toEqual(row.walk.map((line) => row.entries[line.index]));
  }
  return verifyWalk({
    ...chain,
    commitment: row.commitment === null ? null : bytes(row.commitment),
    entries: row.entries.map(bytes).entries(),
  });
}

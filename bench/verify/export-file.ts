import { auditOf } from "@quasarix/client/drafts.ts";
import { newKey, nodeHost, nodeSigner } from "@quasarix/client/node/host.ts";
import { base64url } from "@quasarix/shared/base64.ts";
import { type Bytes, utf8 } from "@quasarix/shared/bytes.ts";
import { signCheckpoint } from "@quasarix/shared/log/checkpoint.ts";
import { emptyEdge, grow, partialTiles, rootOf } from "@quasarix/shared/log/edge.ts";
import {
  consortiumKey,
  encodeExtra,
  NO_PREV,
  type SealedEntry,
  sealEntry,
  subjectHash,
} from "@quasarix/shared/log/entry.ts";
import { inclusionPath, memoTiles } from "@quasarix/shared/log/proof-path.ts";
import { policyOf } from "@quasarix/shared/log/tlog-policy.ts";
import { formatTlogProof } from "@quasarix/shared/log/tlog-proof.ts";
import { HASH_LENGTH } from "@quasarix/shared/log/tree.ts";
import { formatVkey } from "@quasarix/shared/log/vkey.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { exportOf, formatExport } from "@quasarix/shared/statement/export.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { keyringClaims, keyringTree, rowJson } from "@quasarix/shared/statement/keyring.ts";
import { contentOf } from "../append/content.ts";

const ORIGIN = "log.quasarix.example/bench";
const { random } = nodeHost();
const idOf = (prefix: string) => `${prefix}_${base64url(random(16))}`;

/** An export of whole audits by one auditor, about sites of a log of their own. */
export async function exportFile(count: number): Promise<{ file: string; policy: string; publicKey: Bytes }> {
  const [log, platform, auditor] = await Promise.all([1, 2, 3].map(() => nodeSigner(newKey())));
  if (!log || !platform || !auditor) throw new Error("no keys");
  const org = idOf("org");
  const texts: string[] = [];
  const sealed: SealedEntry[] = [];
  const append = (text: string, sub: string, K: Bytes, seq: number) => {
    const statementHash = sha256(utf8(text.slice(0, text.indexOf("~"))));
    sealed.push(sealEntry(K, { seq, prev: NO_PREV, statementHash, subject: subjectHash(sub) }, Date.now()));
    texts.push(text);
  };
  for (let at = 0; at < count; at++) {
    const site = idOf("site");
    const saying = auditOf(site, "auditor-signed", contentOf(at));
    append(await issueStatement({ signer: auditor, random }, { ...saying, iss: org, iat: 1 }), site, random(32), 0);
  }
  const rowOf = (publicKey: Bytes, owner: string, use: string) => {
    const kid = thumbprint(publicKey);
    return { kid, x: base64url(publicKey), org: owner, use, from: 0, until: null, loss: null };
  };
  const tree = keyringTree([rowOf(platform.publicKey, ORIGIN, "platform"), rowOf(auditor.publicKey, org, "record")]);
  const draft = { iss: ORIGIN, iat: 1, vct: vctOf("keyring"), sub: ORIGIN, claims: keyringClaims(tree, count) };
  append(await issueStatement({ signer: platform, random }, draft), ORIGIN, consortiumKey(ORIGIN), 0);
  const proofOf = await proofsOf(sealed, log);
  const keyring = {
    statement: texts[count] as string,
    proof: proofOf(count),
    rows: tree.rows.map((row, index) => ({ row: rowJson(row), index, path: tree.pathOf(index).map(base64url) })),
  };
  const policy = policyOf(formatVkey(ORIGIN, 1, log.publicKey));
  const bundles = texts
    .slice(0, count)
    .map((presentation, at) => ({ presentation, proof: proofOf(at), keyring, policy, erasures: [] }));
  return { file: formatExport(exportOf(bundles, [])), policy, publicKey: auditor.publicKey };
}

async function proofsOf(sealed: readonly SealedEntry[], log: Awaited<ReturnType<typeof nodeSigner>>) {
  const { edge, full } = grow(
    emptyEdge,
    sealed.map(({ leaf }) => leaf),
  );
  const tiles = new Map([...full, ...partialTiles(edge)].map((tile) => [`${tile.level}/${tile.index}`, tile.hashes]));
  const source = memoTiles((level, index, width) =>
    (tiles.get(`${level}/${index}`) as Bytes).subarray(0, width * HASH_LENGTH),
  );
  const note = await signCheckpoint(log, { origin: ORIGIN, size: edge.size, root: rootOf(edge) });
  return (index: number): string => {
    const { entry, nonce, header } = sealed[index] as SealedEntry;
    const extra = encodeExtra(entry, nonce, header);
    return formatTlogProof({ extra, index, path: inclusionPath(index, edge.size, source), note });
  };
}

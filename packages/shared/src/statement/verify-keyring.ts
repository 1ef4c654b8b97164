import { fromBase64url } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { utf8 } from "../bytes.ts";
import type { LogReason, OpenedCheckpoint } from "../log/open-checkpoint.ts";
import { openCheckpoint } from "../log/open-checkpoint.ts";
import type { ProofReason } from "../log/proof.ts";
import { verifyInclusion } from "../log/proof.ts";
import type { TlogPolicy } from "../log/tlog-policy.ts";
import { leafHash } from "../log/tree.ts";
import type { VerifyEd25519 } from "../ports.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { BundleKeyring, BundleRow } from "./bundle.ts";
import { vctOf } from "./catalogue.ts";
import { isHashText } from "./id.ts";
import type { KeyRefusal } from "./key.ts";
import { admitKey } from "./key.ts";
import type { KeyRow } from "./keyring.ts";
import { parseRow, standingAt } from "./keyring.ts";
import type { SeenRefusal, SeenRoots } from "./seen.ts";
import { isOneHistory, isSeenBefore, knownRoots, verifySeen } from "./seen.ts";
import { verifySignature } from "./signature.ts";
import type { SignedPart, SignedPartReason } from "./statement.ts";
import { readSignedPart } from "./statement.ts";
import type { LocateReason } from "./verify-entry.ts";
import { hasOpenKeys, locate } from "./verify-entry.ts";

/** A row that the keyring holds, its key admitted. */
export interface TrustedRow {
  readonly row: KeyRow;
  readonly publicKey: Bytes;
}

/** What the bundles of one export share, verified once: policy, checkpoint with its quorum, keyring rows. */
export interface Trusted {
  readonly policy: TlogPolicy;
  /** The checkpoint note; every proof has to carry these very bytes. */
  readonly note: string;
  readonly opened: OpenedCheckpoint;
  /** The log size the keyring speaks of. */
  readonly covers: number;
  readonly signerKid: string;
  readonly rows: ReadonlyMap<string, TrustedRow>;
  /** Verdicts on `seen` claims: the thousands of statements of an export name a handful of checkpoints. */
  readonly seen: Map<string, Result<true, SeenRefusal>>;
  /** Of all `seen` claims so far, and of the checkpoint itself. */
  readonly roots: SeenRoots;
}

export type KeyringReason =
  | SignedPartReason
  | "not-a-keyring"
  | "keyring-claims"
  | "row-form"
  | "row-kid"
  | "row-order"
  | "row-path"
  | KeyRefusal
  | "keyring-signer"
  | "bad-signature"
  | LocateReason
  | "open-keys"
  | "covers"
  | LogReason
  | "origin"
  | ProofReason
  | SeenRefusal
  | "keyring-key-standing";

interface KeyringClaims {
  readonly covers: number;
  readonly size: number;
  readonly root: Bytes;
}

const KEYRING = vctOf("keyring");
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function readKeyringClaims({ claims }: SignedPart): KeyringClaims | null {
  const { covers, size, root } = claims as Readonly<Record<string, unknown>>;
  if (!isCount(covers) || !isCount(size) || !isHashText(root)) return null;
  return { covers, size, root: fromBase64url(root) as Bytes };
}

/** FORMATS 5: rows ascend, each with its path to the signed root. */
function readRows(
  rows: readonly BundleRow[],
  { size, root }: KeyringClaims,
): Result<Map<string, TrustedRow>, KeyringReason> {
  const read = new Map<string, TrustedRow>();
  for (const [at, { row, index, path }] of rows.entries()) {
    const parsed = parseRow(row);
    if (!parsed.ok) return parsed;
    if (at > 0 && (rows[at - 1] as BundleRow).index >= index) return fail("row-order");
    const hashes = path.map((hash) => fromBase64url(hash) as Bytes);
    if (!verifyInclusion(leafHash(utf8(row)), index, size, hashes, root).ok) return fail("row-path");
    const key = admitKey(parsed.value.x);
    if (!key.ok) return key;
    read.set(parsed.value.kid, { row: parsed.value, publicKey: key.value });
  }
  return ok(read);
}

/** The platform key of this very log signed the keyring. */
async function checkSigner(
  keyring: SignedPart,
  signer: TrustedRow | undefined,
  verify: VerifyEd25519,
): Promise<Result<TrustedRow, KeyringReason>> {
  if (signer?.row.use !== "platform" || signer.row.org !== keyring.claims.iss) return fail("keyring-signer");
  const isSigned = await verifySignature(verify, signer.publicKey, keyring.signature, keyring.signed);
  return isSigned ? ok(signer) : fail("bad-signature");
}

/** The keyring as a statement: in the log, under a checkpoint of the policy, at a time when its signer's key was good. */
async function openLogged(
  keyring: SignedPart,
  proof: string,
  covers: number,
  signer: TrustedRow,
  policy: TlogPolicy,
  verify: VerifyEd25519,
): Promise<Result<Pick<Trusted, "note" | "opened" | "roots">, KeyringReason>> {
  const located = locate(proof, keyring);
  if (!located.ok) return located;
  const { index, path, leaf, note } = located.value;
  if (!hasOpenKeys(located.value, keyring.claims.iss)) return fail("open-keys");
  if (covers > index) return fail("covers");
  const opened = await openCheckpoint(note, policy, verify);
  if (!opened.ok) return fail(opened.failure.reason);
  const { checkpoint, logKey } = opened.value;
  if (checkpoint.origin !== keyring.claims.iss) return fail("origin");
  const included = verifyInclusion(leaf, index, checkpoint.size, path, checkpoint.root);
  if (!included.ok) return fail(included.failure.reason);
  const { seen } = keyring.claims;
  if (!isSeenBefore(seen, index)) return fail("seen-later");
  const isSeen = seen ? await verifySeen(seen, logKey, verify) : ok(true);
  if (!isSeen.ok) return isSeen;
  const roots = knownRoots(checkpoint);
  if (seen && !isOneHistory(roots, seen)) return fail("split-view");
  if (standingAt(signer.row, index) !== "good") return fail("keyring-key-standing");
  return ok({ note, opened: opened.value, roots });
}

/** Step `keyring` of FORMATS 5: everything that the statements of one export stand on. */
export async function openKeyring(
  keyring: BundleKeyring,
  policy: TlogPolicy,
  verify: VerifyEd25519,
): Promise<Result<Trusted, KeyringReason>> {
  const part = readSignedPart(keyring.statement);
  if (!part.ok) return part;
  const { claims, kid, disclosureTexts } = part.value;
  if (claims.vct !== KEYRING || claims.iss !== claims.sub || disclosureTexts.length > 0) return fail("not-a-keyring");
  const said = readKeyringClaims(part.value);
  if (!said) return fail("keyring-claims");
  const rows = readRows(keyring.rows, said);
  if (!rows.ok) return rows;
  const signer = await checkSigner(part.value, rows.value.get(kid), verify);
  if (!signer.ok) return signer;
  const logged = await openLogged(part.value, keyring.proof, said.covers, signer.value, policy, verify);
  if (!logged.ok) return logged;
  return ok({ policy, ...logged.value, covers: said.covers, signerKid: kid, rows: rows.value, seen: new Map() });
}

import type { Checkpoint } from "../log/checkpoint.ts";
import { parseSignedCheckpoint } from "../log/checkpoint.ts";
import type { LogReason } from "../log/open-checkpoint.ts";
import { openCheckpoint } from "../log/open-checkpoint.ts";
import type { ProofReason } from "../log/proof.ts";
import { verifyInclusion } from "../log/proof.ts";
import type { PolicyReason } from "../log/tlog-policy.ts";
import type { VerifyEd25519 } from "../ports.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { Bundle, BundleErasure, BundleRefusal } from "./bundle.ts";
import { vctOf } from "./catalogue.ts";
import type { Standing } from "./keyring.ts";
import { standingAt } from "./keyring.ts";
import type { SectionRefusal } from "./sections.ts";
import type { SeenRefusal } from "./seen.ts";
import { isOneHistory, isSeenBefore, verifySeen } from "./seen.ts";
import { verifySignature } from "./signature.ts";
import type { SignedPart, SignedPartReason, Statement } from "./statement.ts";
import { hashText, readDisclosed, readSignedPart } from "./statement.ts";
import type { Located, LocateReason } from "./verify-entry.ts";
import { hasOpenKeys, locate } from "./verify-entry.ts";
import type { KeyringReason, Trusted, TrustedRow } from "./verify-keyring.ts";

/** FORMATS 5, in this order. */
export const STEPS = [
  "form",
  "policy",
  "keyring",
  "signature",
  "disclosures",
  "entry",
  "inclusion",
  "checkpoint",
  "quorum",
  "seen",
  "standing",
  "pin",
] as const;
export type Step = (typeof STEPS)[number];

export type SignatureReason =
  | SignedPartReason
  | "unknown-key"
  | "not-the-authors-key"
  | "key-use"
  | "bad-signature"
  | "not-an-erasure";

export type VerifyReason =
  | BundleRefusal
  | "row-foreign"
  | PolicyReason
  | KeyringReason
  | SignatureReason
  | SectionRefusal
  | LocateReason
  | "open-keys"
  | ProofReason
  | LogReason
  | "another-checkpoint"
  | SeenRefusal
  | "key-not-in-force";

/** What a verified presentation says. */
export interface Finding {
  readonly statement: Statement;
  readonly index: number;
  /** Unix milliseconds, the log's time. */
  readonly admittedAt: number;
  readonly standing: Exclude<Standing, "not-in-force">;
  /** Keys of the statement and of its erasures. */
  readonly kids: readonly string[];
  readonly sections: Readonly<Record<string, "disclosed" | "withheld" | "erased">>;
}

/** A refusal of one statement, with the step it belongs to. */
export interface StepRefusal {
  readonly step: Step;
  readonly reason: VerifyReason;
}

/** A statement of the bundle, its signature checked, with the row of its key. */
interface Signed {
  readonly part: SignedPart;
  readonly key: TrustedRow;
}

type Check<T> = Result<T, StepRefusal>;

const ERASURE = vctOf("erasure");

const refuse = (step: Step, reason: VerifyReason): Check<never> => fail({ step, reason });

async function checkSignature(text: string, trusted: Trusted, verify: VerifyEd25519): Promise<Check<Signed>> {
  const part = readSignedPart(text);
  if (!part.ok) return refuse("signature", part.failure);
  const { kid, claims, signature, signed } = part.value;
  const key = trusted.rows.get(kid);
  if (!key) return refuse("signature", "unknown-key");
  if (key.row.org !== claims.iss) return refuse("signature", "not-the-authors-key");
  const use = claims.iss === trusted.opened.checkpoint.origin ? "platform" : "record";
  if (key.row.use !== use) return refuse("signature", "key-use");
  if (!(await verifySignature(verify, key.publicKey, signature, signed))) return refuse("signature", "bad-signature");
  return ok({ part: part.value, key });
}

/** An erasure speaks of this statement, in the same dossier. */
const isErasureOf = (erasure: SignedPart, statement: SignedPart): boolean =>
  erasure.claims.vct === ERASURE &&
  erasure.claims.re === hashText(statement) &&
  erasure.claims.sub === statement.claims.sub &&
  erasure.disclosureTexts.length === 0;

function checkEntry(proof: string, { part }: Signed, trusted: Trusted): Check<Located> {
  const located = locate(proof, part);
  if (!located.ok) return refuse("entry", located.failure);
  const { origin } = trusted.opened.checkpoint;
  if (part.claims.sub === origin && !hasOpenKeys(located.value, origin)) return refuse("entry", "open-keys");
  return located;
}

/** The checkpoint that a proof speaks of; null where its note cannot be read, which the step `checkpoint` names. */
function claimedCheckpoint(note: string, trusted: Trusted): Checkpoint | null {
  if (note === trusted.note) return trusted.opened.checkpoint;
  const parsed = parseSignedCheckpoint(note);
  return parsed.ok ? parsed.value.checkpoint : null;
}

function checkInclusion({ leaf, index, path, note }: Located, trusted: Trusted): Check<true> {
  const checkpoint = claimedCheckpoint(note, trusted);
  if (!checkpoint) return ok(true);
  const included = verifyInclusion(leaf, index, checkpoint.size, path, checkpoint.root);
  return included.ok ? included : refuse("inclusion", included.failure.reason);
}

/** FORMATS 5: all proofs carry one note, byte for byte; the keyring's has been opened. Another one still gets its reason. */
async function checkCheckpoint({ note }: Located, trusted: Trusted, verify: VerifyEd25519): Promise<Check<true>> {
  if (note === trusted.note) return ok(true);
  const opened = await openCheckpoint(note, trusted.policy, verify);
  return refuse("checkpoint", opened.ok ? "another-checkpoint" : opened.failure.reason);
}

async function checkSeen(
  { part }: Signed,
  { index }: Located,
  trusted: Trusted,
  verify: VerifyEd25519,
): Promise<Check<true>> {
  const { seen } = part.claims;
  if (!isSeenBefore(seen, index)) return refuse("seen", "seen-later");
  if (!seen) return ok(true);
  const name = `${seen.size} ${seen.root} ${seen.sig}`;
  const verified = trusted.seen.get(name) ?? (await verifySeen(seen, trusted.opened.logKey, verify));
  trusted.seen.set(name, verified);
  if (!verified.ok) return refuse("seen", verified.failure);
  return isOneHistory(trusted.roots, seen) ? verified : refuse("seen", "split-view");
}

function checkStanding({ key }: Signed, { index }: Located): Check<"good" | "disputed"> {
  const standing = standingAt(key.row, index);
  return standing === "not-in-force" ? refuse("standing", "key-not-in-force") : ok(standing);
}

function sectionStates(statement: Statement, erasures: readonly Signed[]): Finding["sections"] {
  const erased = new Set(erasures.flatMap(({ part }) => part.claims["erased"] ?? []));
  const states = [...statement.sections].map(([name, { state }]) => {
    if (state === "complete") return [name, "disclosed"] as const;
    return [name, erased.has(name) ? "erased" : "withheld"] as const;
  });
  return Object.fromEntries(states);
}

async function checkErasures(
  erasures: readonly BundleErasure[],
  main: Signed,
  trusted: Trusted,
  verify: VerifyEd25519,
): Promise<Check<Signed[]>> {
  const checked: Signed[] = [];
  for (const { statement } of erasures) {
    const erasure = await checkSignature(statement, trusted, verify);
    if (!erasure.ok) return erasure;
    if (!isErasureOf(erasure.value.part, main.part)) return refuse("signature", "not-an-erasure");
    checked.push(erasure.value);
  }
  return ok(checked);
}

/** The value of every check, or the first refusal. */
async function all<T, U>(
  items: readonly T[],
  check: (item: T, at: number) => Check<U> | Promise<Check<U>>,
): Promise<Check<U[]>> {
  const values: U[] = [];
  for (const [at, item] of items.entries()) {
    const checked = await check(item, at);
    if (!checked.ok) return checked;
    values.push(checked.value);
  }
  return ok(values);
}

/**
 * Steps `signature` to `standing` of FORMATS 5 for one presentation and its erasures, which go through every step of
 * proof together with it. `trusted` is shared by all presentations under one keyring.
 */
export async function verifyPresentation(
  { presentation, proof, erasures }: Pick<Bundle, "presentation" | "proof" | "erasures">,
  trusted: Trusted,
  verify: VerifyEd25519,
): Promise<Check<Finding>> {
  const main = await checkSignature(presentation, trusted, verify);
  if (!main.ok) return main;
  const erased = await checkErasures(erasures, main.value, trusted, verify);
  if (!erased.ok) return erased;
  const statement = readDisclosed(main.value.part);
  if (!statement.ok) return refuse("disclosures", statement.failure);

  const signed = [main.value, ...erased.value];
  const proofs = [proof, ...erasures.map((erasure) => erasure.proof)];
  const located = await all(signed, (one, at) => checkEntry(proofs[at] as string, one, trusted));
  if (!located.ok) return located;
  const included = await all(located.value, (one) => checkInclusion(one, trusted));
  if (!included.ok) return included;
  const checkpoints = await all(located.value, (one) => checkCheckpoint(one, trusted, verify));
  if (!checkpoints.ok) return checkpoints;
  const seen = await all(signed, (one, at) => checkSeen(one, located.value[at] as Located, trusted, verify));
  if (!seen.ok) return seen;
  const standings = await all(signed, (one, at) => checkStanding(one, located.value[at] as Located));
  if (!standings.ok) return standings;

  const { index, admittedAt } = located.value[0] as Located;
  const standing = standings.value[0] as Finding["standing"];
  const kids = signed.map(({ part }) => part.kid);
  return ok({
    statement: statement.value,
    index,
    admittedAt,
    standing,
    kids,
    sections: sectionStates(statement.value, erased.value),
  });
}

import { hex } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { utf8 } from "../bytes.ts";
import { parseTlogPolicy } from "../log/tlog-policy.ts";
import type { VerifyEd25519 } from "../ports.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { sha256 } from "../sha256.ts";
import type { ExportHead, ExportStatement } from "./export.ts";
import { parseExport } from "./export.ts";
import type { Trusted } from "./verify-keyring.ts";
import { openKeyring } from "./verify-keyring.ts";
import type { Finding, StepRefusal } from "./verify-presentation.ts";
import { verifyPresentation } from "./verify-presentation.ts";

/** Keyring and checkpoint of an export, verified once. */
export interface OpenExport {
  readonly trusted: Trusted;
  /** Lower-case hex SHA-256 of the policy inside. */
  readonly policyHash: string;
  readonly isPinned: boolean;
}

/** The steps that all statements of an export share: policy, keyring, checkpoint, quorum, pin. */
export async function openExport(
  { keyring, policy }: ExportHead,
  pins: readonly string[],
  verify: VerifyEd25519,
): Promise<Result<OpenExport, StepRefusal>> {
  const parsed = parseTlogPolicy(policy);
  if (!parsed.ok) return fail({ step: "policy", reason: parsed.failure.reason });
  const trusted = await openKeyring(keyring, parsed.value, verify);
  if (!trusted.ok) return fail({ step: "keyring", reason: trusted.failure });
  const policyHash = hex(sha256(utf8(policy)));
  return ok({ trusted: trusted.value, policyHash, isPinned: pins.includes(policyHash) });
}

/** The steps of one statement. Its proofs get the note that the export carries once. */
export function verifyExported(
  { presentation, proof, erasures }: ExportStatement,
  { trusted }: OpenExport,
  verify: VerifyEd25519,
): Promise<Result<Finding, StepRefusal>> {
  const whole = (cut: string) => cut + trusted.note;
  const erased = erasures.map((erasure) => ({ statement: erasure.statement, proof: whole(erasure.proof) }));
  return verifyPresentation({ presentation, proof: whole(proof), erasures: erased }, trusted, verify);
}

export interface ExportVerdict {
  /** As of a bundle (FORMATS 5), the worst of all: 1 refused, 3 unpinned, 4 a key is disputed, 0 valid. */
  readonly exit: 0 | 1 | 3 | 4;
  readonly policyHash: string;
  readonly asOf?: number;
  readonly findings: readonly Finding[];
  /** The first line that does not hold, counted from 1, and why. */
  readonly refused?: StepRefusal & { readonly line: number };
}

const refused = (line: number, refusal: StepRefusal, policyHash = ""): ExportVerdict => ({
  exit: 1,
  policyHash,
  findings: [],
  refused: { ...refusal, line },
});

/** A whole export, offline. The walk is the caller's next step: it takes K and the log's entries (`verifyWalk`). */
export async function verifyExport(
  input: string | Bytes,
  pins: readonly string[],
  verify: VerifyEd25519,
): Promise<ExportVerdict> {
  const read = parseExport(input);
  if (!read.ok) return refused(read.failure.line, { step: "form", reason: "not-exact" });
  const opened = await openExport(read.value.head, pins, verify);
  if (!opened.ok) return refused(1, opened.failure);
  const { trusted, policyHash, isPinned } = opened.value;
  const findings: Finding[] = [];
  for (const [at, statement] of read.value.statements.entries()) {
    const finding = await verifyExported(statement, opened.value, verify);
    if (!finding.ok) return refused(at + 2, finding.failure, policyHash);
    findings.push(finding.value);
  }
  // FORMATS 5: a row that nobody here needs would tell the reader of someone else's key.
  const needed = new Set([trusted.signerKid, ...findings.flatMap(({ kids }) => kids)]);
  if ([...trusted.rows.keys()].some((kid) => !needed.has(kid)))
    return refused(1, { step: "keyring", reason: "row-foreign" }, policyHash);
  const isDisputed = findings.some(({ standing }) => standing === "disputed");
  return { exit: !isPinned ? 3 : isDisputed ? 4 : 0, policyHash, asOf: trusted.covers, findings };
}

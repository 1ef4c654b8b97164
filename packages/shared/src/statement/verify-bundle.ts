import { hex } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { utf8 } from "../bytes.ts";
import { parseTlogPolicy } from "../log/tlog-policy.ts";
import type { VerifyEd25519 } from "../ports.ts";
import { sha256 } from "../sha256.ts";
import type { Bundle } from "./bundle.ts";
import { parseBundle } from "./bundle.ts";
import type { Claims } from "./claims.ts";
import type { Json } from "./json.ts";
import type { Statement } from "./statement.ts";
import type { Trusted } from "./verify-keyring.ts";
import { openKeyring } from "./verify-keyring.ts";
import type { Finding, Step, VerifyReason } from "./verify-presentation.ts";
import { STEPS, verifyPresentation } from "./verify-presentation.ts";

export type { Finding, Step, VerifyReason } from "./verify-presentation.ts";
export { STEPS } from "./verify-presentation.ts";

export interface StepReport {
  readonly step: Step;
  readonly ok: boolean;
  readonly detail?: string;
}

export interface Verdict {
  /** 0 valid, 1 refused, 3 consistent under an unpinned policy, 4 sound but the key is disputed. */
  readonly exit: 0 | 1 | 3 | 4;
  readonly steps: readonly StepReport[];
  readonly refused?: { readonly step: Step; readonly reason: VerifyReason };
  /** Lower-case hex SHA-256 of the policy inside; empty where there is none to read. */
  readonly policyHash: string;
  /** The log size that the keyring covers: what the verdict on the key is "as of". */
  readonly asOf?: number;
  readonly statementHash?: string;
  readonly index?: number;
  readonly admittedAt?: number;
  readonly claims?: Claims;
  readonly sections?: Finding["sections"];
  /** Members of the disclosed sections; "" holds the top-level ones. */
  readonly content?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly cosigners?: readonly string[];
  readonly ignored?: readonly string[];
}

/** Steps before the refused one held. */
function refused(step: Step, reason: VerifyReason, policyHash: string): Verdict {
  const held = STEPS.slice(0, STEPS.indexOf(step)).map((name) => ({ step: name, ok: true }));
  return { exit: 1, steps: [...held, { step, ok: false, detail: reason }], refused: { step, reason }, policyHash };
}

function contentOf({ sections, top }: Statement): NonNullable<Verdict["content"]> {
  const open = [...sections].filter(([, { state }]) => state === "complete");
  const content = open.map(([name, { members }]) => [name, members] as const);
  const atTop = Object.fromEntries(top.map(({ name, value }) => [name as string, value]));
  return Object.fromEntries(top.length > 0 ? [["", atTop] as const, ...content] : content);
}

/** FORMATS 5: a row that nobody here needs would tell the reader of someone else's key. */
const hasForeignRow = ({ rows, signerKid }: Trusted, { kids }: Finding): boolean =>
  [...rows.keys()].some((kid) => kid !== signerKid && !kids.includes(kid));

function detailsOf(trusted: Trusted, finding: Finding, policyHash: string, isPinned: boolean): readonly StepReport[] {
  const { checkpoint, cosigners, ignored } = trusted.opened;
  const details: Partial<Record<Step, string>> = {
    keyring: `as of log size ${trusted.covers}`,
    inclusion: `index ${finding.index} of ${checkpoint.size}`,
    checkpoint: checkpoint.origin,
    quorum: ignored.length > 0 ? `${cosigners.join(", ")}; ignored: ${ignored.join(", ")}` : cosigners.join(", "),
    standing: finding.standing,
    pin: isPinned ? policyHash : `consistent, but under an unpinned policy ${policyHash}`,
  };
  return STEPS.map((step) => {
    const detail = details[step];
    return { step, ok: step !== "pin" || isPinned, ...(detail !== undefined && { detail }) };
  });
}

function judged(trusted: Trusted, finding: Finding, policyHash: string, isPinned: boolean): Verdict {
  const { statement, index, admittedAt, sections, standing } = finding;
  return {
    // A forger brings his own log: an unpinned policy weighs more than what is said under it.
    exit: !isPinned ? 3 : standing === "disputed" ? 4 : 0,
    steps: detailsOf(trusted, finding, policyHash, isPinned),
    policyHash,
    asOf: trusted.covers,
    statementHash: hex(statement.hash),
    index,
    admittedAt,
    claims: statement.claims,
    sections,
    content: contentOf(statement),
    cosigners: trusted.opened.cosigners,
    ignored: trusted.opened.ignored,
  };
}

async function verifyParsed(
  bundle: Bundle,
  policyHash: string,
  isPinned: boolean,
  verify: VerifyEd25519,
): Promise<Verdict> {
  const policy = parseTlogPolicy(bundle.policy);
  if (!policy.ok) return refused("policy", policy.failure.reason, policyHash);
  const trusted = await openKeyring(bundle.keyring, policy.value, verify);
  if (!trusted.ok) return refused("keyring", trusted.failure, policyHash);
  const finding = await verifyPresentation(bundle, trusted.value, verify);
  if (!finding.ok) return refused(finding.failure.step, finding.failure.reason, policyHash);
  if (hasForeignRow(trusted.value, finding.value)) return refused("keyring", "row-foreign", policyHash);
  return judged(trusted.value, finding.value, policyHash, isPinned);
}

/** FORMATS 5, offline. `pins` are the SHA-256 of policies one trusts, in lower-case hex. */
export async function verifyBundle(
  input: string | Bytes,
  pins: readonly string[],
  verify: VerifyEd25519,
): Promise<Verdict> {
  const bundle = parseBundle(input);
  if (!bundle.ok) return refused("form", bundle.failure, "");
  const policyHash = hex(sha256(utf8(bundle.value.policy)));
  return verifyParsed(bundle.value, policyHash, pins.includes(policyHash), verify);
}

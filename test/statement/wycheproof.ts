import { fromHex } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import type { VerifyEd25519 } from "@quasarix/shared/ports.ts";
import { verifySignature } from "@quasarix/shared/statement/signature.ts";

interface Wycheproof {
  numberOfTests: number;
  testGroups: {
    publicKey: { pk: string };
    tests: { tcId: number; comment: string; msg: string; sig: string; result: "valid" | "invalid" }[];
  }[];
}

export interface WycheproofOutcome {
  cases: number;
  valid: number;
  /** Cases on which our rule and Wycheproof disagree. */
  disagreements: string[];
}

const bytes = (hex: string): Bytes => fromHex(hex) as Bytes;

/** All Ed25519 cases through the one signature rule; the file's text comes from outside, as workerd has no disk. */
export async function runWycheproof(text: string, verify: VerifyEd25519): Promise<WycheproofOutcome> {
  const outcome: WycheproofOutcome = { cases: 0, valid: 0, disagreements: [] };
  for (const { publicKey, tests } of (JSON.parse(text) as Wycheproof).testGroups) {
    for (const { tcId, comment, msg, sig, result } of tests) {
      const isValid = await verifySignature(verify, bytes(publicKey.pk), bytes(sig), bytes(msg));
      outcome.cases++;
      if (isValid) outcome.valid++;
      if (isValid !== (result === "valid")) outcome.disagreements.push(`${tcId} ${comment}`);
    }
  }
  return outcome;
}

import { readFileSync } from "node:fs";
import { hex } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import type { VerifyEd25519 } from "@quasarix/shared/ports.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { verifyBundle } from "@quasarix/shared/statement/verify-bundle.ts";
import { webVerify } from "@quasarix/shared/webcrypto.ts";
import { expect, test } from "vitest";
import { sharedPath } from "../shared-data.ts";

const bundlePath = sharedPath("vectors", "quasarix", "example-public.quasarix.json");
const policyPath = sharedPath("vectors", "quasarix", "example-public.tlog-policy");

/** The unchanged signatures are asked about again with every bit; only the question of one flipped bit is new. */
function remembering(verify: VerifyEd25519): VerifyEd25519 {
  const answers = new Map<string, boolean | Promise<boolean>>();
  return (key, signature, message) => {
    const name = `${hex(key)} ${hex(signature)} ${hex(sha256(message))}`;
    const known = answers.get(name);
    if (known !== undefined) return known;
    const answer = verify(key, signature, message);
    if (answers.size < 1000) answers.set(name, answer);
    return answer;
  };
}

// A stride that is a prime meets every bit of a byte alike.
const STRIDE = process.env["LONG"] === "1" ? 1 : 61;

test.skipIf(!bundlePath || !policyPath)(
  "no flipped bit of the example leaves it valid",
  async () => {
    const bytes = new Uint8Array(readFileSync(bundlePath as string));
    const policy = readFileSync(policyPath as string, "utf8");
    const pin = hex(sha256(utf8(policy)));
    const verify = remembering(webVerify(crypto));
    expect((await verifyBundle(bytes, [pin], verify)).exit).toBe(0);

    const text = new TextDecoder().decode(bytes);
    const policyAt = new TextEncoder().encode(text.slice(0, text.indexOf('"policy":"'))).length + '"policy":"'.length;
    const comment = { from: policyAt, to: policyAt + policy.indexOf("\n") };
    // Raising the quorum from 2 to 3 of 3 is a policy that holds, and that nobody has pinned. Line feeds are two bytes in JSON.
    const threshold = bytes.length - '2 north south east\\nquorum members\\n"}'.length;

    const exits = { 1: 0, 3: 0 };
    const wrong: string[] = [];
    for (let bit = 0; bit < bytes.length * 8; bit += STRIDE) {
      const at = bit >> 3;
      const flipped = bytes.with(at, (bytes[at] as number) ^ (1 << (bit & 7)));
      const { exit, refused, steps } = await verifyBundle(flipped, [pin], verify);
      const isNamed = refused !== undefined && steps.at(-1)?.step === refused.step;
      const isUnpinned = exit === 3 && ((at >= comment.from && at < comment.to) || at === threshold);
      if ((exit === 1 && isNamed) || isUnpinned) exits[exit as 1 | 3]++;
      else wrong.push(`bit ${bit & 7} of byte ${at}: exit ${exit}`);
    }
    console.info(
      `flipped ${exits[1] + exits[3]} of ${bytes.length * 8} bits: ${exits[1]} refused, ${exits[3]} unpinned`,
    );
    expect(wrong).toEqual([]);
  },
  600_000,
);

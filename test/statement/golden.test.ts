import { hex } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { admitKey, thumbprint } from "@quasarix/shared/statement/key.ts";
import { verifySignature } from "@quasarix/shared/statement/signature.ts";
import { hashText, isComplete, parseStatement } from "@quasarix/shared/statement/statement.ts";
import { webVerify } from "@quasarix/shared/webcrypto.ts";
import { describe, expect, test } from "vitest";
import { golden, statementCases } from "./golden.ts";

const verify = webVerify(crypto);

/** What `verify` says of a lone statement under the key `x`: form, then signature, then disclosures. */
async function judge(text: string, x: string) {
  const key = admitKey(x);
  if (!key.ok) return { exit: 1, step: "signature", reason: key.failure };
  const statement = parseStatement(text);
  if (!statement.ok) return { exit: 1, ...statement.failure };
  const { kid, signature, signed } = statement.value;
  const isSigned = kid === thumbprint(key.value) && (await verifySignature(verify, key.value, signature, signed));
  return isSigned ? { exit: 0 } : { exit: 1, step: "signature", reason: "bad-signature" };
}

describe.skipIf(!golden)("golden statements", () => {
  test.each(statementCases)("$desc: exit $want.exit", async ({ text, x, want }) => {
    expect(await judge(text, x)).toEqual(want);
  });

  test.each(golden?.statements ?? [])("$name has its hash and its disclosures", (one) => {
    const statement = parseStatement(one.text);
    if (!statement.ok) throw new Error(statement.failure.reason);
    expect(hex(statement.value.hash)).toBe(one.statementHash);
    expect(hashText(statement.value)).toBe(one.statementHashB64url);
    expect(isComplete(statement.value)).toBe(true);
    const bySection = Map.groupBy(one.disclosures, ({ where }) => where.split("/")[0] ?? "");
    for (const [name, { disclosures }] of statement.value.sections) {
      expect(disclosures).toEqual(bySection.get(name)?.map(({ disclosure }) => disclosure));
    }
  });

  test("the keys have their thumbprints", () => {
    for (const { jwk, kid } of golden?.keys ?? []) {
      const key = admitKey(jwk.x);
      if (key.ok) expect(thumbprint(key.value as Bytes)).toBe(kid);
    }
  });
});

import { verifyBundle } from "@quasarix/shared/statement/verify-bundle.ts";
import { webVerify } from "@quasarix/shared/webcrypto.ts";
import { describe, expect, test } from "vitest";
import { bundleCases, golden } from "./golden.ts";

const verify = webVerify(crypto);

/** FORMATS gives `seen` a step of its own; the vector, which says that it is a proposal, names it under `signature`. */
const stepOf = (reason: string | undefined, step: string | undefined) => (reason === "seen-later" ? "seen" : step);

describe.skipIf(!golden)("golden bundles", () => {
  test.each(bundleCases)("$desc: exit $want.exit", async ({ text, pins, want }) => {
    const verdict = await verifyBundle(text, pins, verify);
    expect({ exit: verdict.exit, ...verdict.refused }).toEqual({
      ...want,
      ...(want.step && { step: stepOf(want.reason, want.step) }),
    });
  });
});

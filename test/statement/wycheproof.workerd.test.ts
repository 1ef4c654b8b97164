import { webVerify } from "@quasarix/shared/webcrypto.ts";
import { expect, inject, test } from "vitest";
import { runWycheproof } from "./wycheproof.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The text of the vectors: workerd has no disk. Null where they are absent. */
    wycheproof: string | null;
  }
}

const text = inject("wycheproof");

test.skipIf(!text)("all 151 Ed25519 results of Wycheproof hold in workerd", async () => {
  const outcome = await runWycheproof(text as string, webVerify(crypto));
  expect(outcome.disagreements).toEqual([]);
  expect(outcome.cases).toBe(151);
  expect(outcome.valid).toBeGreaterThan(50);
});

import { readFileSync } from "node:fs";
import { webVerify } from "@quasarix/shared/webcrypto.ts";
import { expect, test } from "vitest";
import { sharedPath } from "../shared-data.ts";
import { runWycheproof } from "./wycheproof.ts";

const path = sharedPath("vectors", "wycheproof", "ed25519_test.json");

test.skipIf(!path)("all 151 Ed25519 results of Wycheproof hold in Node", async () => {
  const outcome = await runWycheproof(readFileSync(path as string, "utf8"), webVerify(crypto));
  expect(outcome.disagreements).toEqual([]);
  expect(outcome.cases).toBe(151);
  expect(outcome.valid).toBeGreaterThan(50);
});

import { useHashEngine } from "@quasarix/shared/sha256.ts";
import { describe, expect, test } from "vitest";
import { workerHashes } from "../../workers/hashes.ts";
import { built, POOL_HASH, POOL_INPUTS, pool } from "./small-release.ts";

useHashEngine(workerHashes);

describe("in workerd, with its own hashes, where releases are made", () => {
  test("the release of the small pool has the same bytes and commitments as in Node", () => {
    const { hash, inputs } = built(pool());
    expect({ hash, inputs }).toEqual({ hash: POOL_HASH, inputs: POOL_INPUTS });
  });
});

import { describe, expect, test } from "vitest";
import { built, POOL_HASH, POOL_INPUTS, pool } from "./small-release.ts";

describe("in Node, where auditors make releases again", () => {
  test("the release of the small pool has the bytes and the commitments that it always had", () => {
    const { hash, inputs } = built(pool());
    expect({ hash, inputs }).toEqual({ hash: POOL_HASH, inputs: POOL_INPUTS });
  });
});

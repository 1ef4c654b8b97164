import { describe, expect, test } from "vitest";
import { durationMs } from "../workers/env.ts";

describe("a var of seconds", () => {
  test.each([
    { text: undefined, ms: 3_600_000 },
    { text: "1", ms: 1_000 },
    { text: "0.5", ms: 500 },
  ])("$text is $ms ms", ({ text, ms }) => {
    expect(durationMs(text, 3_600)).toBe(ms);
  });

  test.each(["", "0", "-1", "an hour", "Infinity"])("`%s` is refused", (text) => {
    expect(() => durationMs(text, 3_600)).toThrow("is no number of seconds");
  });
});

import path from "node:path";
import { expect, test } from "vitest";
import { PAUSES } from "../../workers/store/fault.ts";
import { codeLines, pausesIn, unguarded } from "../pauses.ts";

const FILES = [
  "store/commit.ts",
  "duty/intake.ts",
  "duty/outbox.ts",
  "duty/receipt-heads.ts",
  "duty/delivery.ts",
  "duty/openings.ts",
  "duty/joints.ts",
];
const linesOf = (file: string): string[] => codeLines(path.resolve(import.meta.dirname, "../../workers", file));

test.each(FILES)("workers/%s pauses before every await", (file) => {
  expect(unguarded(linesOf(file))).toEqual([]);
});

test("these files pause at every name, and at no other", () => {
  expect(pausesIn(FILES.flatMap(linesOf))).toEqual(new Set(PAUSES));
});

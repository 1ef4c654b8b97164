import path from "node:path";
import { expect, test } from "vitest";
import { PAUSES } from "../../workers/benchmark/fault.ts";
import { codeLines, pausesIn, unguarded } from "../pauses.ts";

/** What the alarm does; a proposal that dies has kept nothing. */
const FILES = ["round.ts", "gather.ts", "publish.ts"];
const linesOf = (file: string): string[] =>
  codeLines(path.resolve(import.meta.dirname, "../../workers/benchmark", file));

test.each(FILES)("workers/benchmark/%s pauses before every await", (file) => {
  expect(unguarded(linesOf(file))).toEqual([]);
});

test("these files pause at every name, and at no other", () => {
  expect(pausesIn(FILES.flatMap(linesOf))).toEqual(new Set(PAUSES));
});

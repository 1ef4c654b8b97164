import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { PAUSES } from "../../workers/sequencer/fault.ts";
import { codeLines, pausesIn, unguarded } from "../pauses.ts";

const folder = path.resolve(import.meta.dirname, "../../workers/sequencer");
const files = readdirSync(folder).filter((name) => name.endsWith(".ts"));
const linesOf = (file: string): string[] => codeLines(path.join(folder, file));

describe("the sequencer's source", () => {
  test.each(files)("%s pauses before every await", (file) => {
    expect(unguarded(linesOf(file))).toEqual([]);
  });

  test("pauses at every name, and at no other", () => {
    const source = files.filter((file) => file !== "fault.ts").flatMap(linesOf);
    expect(pausesIn(source)).toEqual(new Set(PAUSES));
  });

  test("plants no fault of its own", () => {
    const planting = files
      .filter((file) => file !== "fault.ts")
      .flatMap(linesOf)
      .filter((line) => /plantFault/.test(line));
    expect(planting).toEqual([]);
  });

  test.each([
    ["an await without a pause", ["const a = 1;", "await b();"], 1],
    ["a pause two lines before", ['await fault.pause("sign");', "b();", "await c();"], 1],
    ["a pause and a call on one line", ['await fault.pause("sign"); await c();'], 1],
    ["a pause right before", ['await this.#ports.fault.pause("sign");', "return await c();"], 0],
  ])("%s: the rule finds %s", (_name, lines, found) => {
    expect(unguarded(lines)).toHaveLength(found);
  });
});

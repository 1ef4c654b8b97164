import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { PAUSES } from "../../workers/sequencer/fault.ts";

const folder = path.resolve(import.meta.dirname, "../../workers/sequencer");
const files = readdirSync(folder).filter((name) => name.endsWith(".ts"));
const linesOf = (file: string): string[] =>
  readFileSync(path.join(folder, file), "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^(\/\/|\/\*|\*)/.test(line));

const PAUSE = /^await (?:[\w.#]*\.)?fault\.pause\("[\w-]+"\);$/;
const AWAIT = /\bawait\b/;

/** Awaits whose line before is no pause. */
const unguarded = (lines: readonly string[]): string[] =>
  lines.filter((line, i) => AWAIT.test(line) && !PAUSE.test(line) && !PAUSE.test(lines[i - 1] ?? ""));

describe("the sequencer's source", () => {
  test.each(files)("%s pauses before every await", (file) => {
    expect(unguarded(linesOf(file))).toEqual([]);
  });

  test("pauses at every name, and at no other", () => {
    const source = files.filter((file) => file !== "fault.ts").flatMap(linesOf);
    const names = source.flatMap((line) => [...line.matchAll(/pause\("([\w-]+)"\)/g)]);
    expect(new Set(names.map((match) => match[1]))).toEqual(new Set(PAUSES));
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

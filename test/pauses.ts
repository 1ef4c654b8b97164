import { readFileSync } from "node:fs";

/** A file's lines without the empty ones and the comments. */
export const codeLines = (file: string): string[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^(\/\/|\/\*|\*)/.test(line));

const PAUSE = /^await (?:[\w.#]*\.)?fault\.pause\("[\w-]+"\);$/;
const AWAIT = /\bawait\b/;

/** Awaits whose line before is no pause. */
export const unguarded = (lines: readonly string[]): string[] =>
  lines.filter((line, i) => AWAIT.test(line) && !PAUSE.test(line) && !PAUSE.test(lines[i - 1] ?? ""));

export const pausesIn = (lines: readonly string[]): Set<string> =>
  new Set(lines.flatMap((line) => [...line.matchAll(/pause\("([\w-]+)"\)/g)].map((match) => match[1] as string)));

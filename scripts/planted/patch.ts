import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A mistake that somebody could make, and the test that is there to notice it. */
export interface Planted {
  readonly name: string;
  /** In one line. */
  readonly bug: string;
  /** The tests' file, from the root. */
  readonly file: string;
  /** Part of the tests' names; empty: all of the file. */
  readonly tests: string;
  /** Absolute. */
  readonly patch: string;
}

const HEAD = /^bug: (?<bug>.+)\ntest: (?<file>\S+)(?: -t (?<tests>.+))?\n/;

/** A patch begins with two lines that `git apply` passes over: `bug: WHAT` and `test: FILE -t NAME`. */
export function plantedIn(folder: string): Planted[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".patch"));
  return names.toSorted().map((name) => readPlanted(path.join(folder, name)));
}

function readPlanted(patch: string): Planted {
  const name = path.basename(patch, ".patch");
  const head = HEAD.exec(readFileSync(patch, "utf8"))?.groups;
  if (!head) throw new Error(`${name}: the first two lines have to be \`bug: WHAT\` and \`test: FILE -t NAME\``);
  return { name, bug: head["bug"] ?? "", file: head["file"] ?? "", tests: head["tests"] ?? "", patch };
}

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "./architecture.ts";

const folder = path.join(root, "test");

/** `door/replay` of `door/replay.workerd.test.ts`. */
const nameOf = (file: string): string => file.replaceAll(path.sep, "/").replace(/(\.workerd)?\.test\.ts$/, "");

const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".test.ts"));
const here = new Set(files.map(nameOf));
const rows = readFileSync(path.join(folder, "README.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| "));
/** Of the last column alone: the first speaks of promises. */
const named = new Set(
  rows.flatMap((row) => [...(row.split(" | ").at(-1) ?? "").matchAll(/`([^`]+)`/g)].map((m) => m[1])),
);

test("every file of tests has its row in test/README.md", () => {
  expect([...here].filter((name) => !named.has(name))).toEqual([]);
});

test("every row of test/README.md names files that are there", () => {
  expect([...named].filter((name) => !here.has(name ?? ""))).toEqual([]);
});

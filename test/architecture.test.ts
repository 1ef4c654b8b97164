import { describe, expect, test } from "vitest";
import { breaches, importsOf, misshapen, sourcesUnder } from "./architecture.ts";

const sources = sourcesUnder("packages/shared/src", "packages/client/src", "workers");

test("the code keeps to the import table of DESIGN 4", () => {
  expect(sources.length).toBeGreaterThan(200);
  expect(sources.flatMap((source) => [...breaches(source)])).toEqual([]);
});

test("tests, scripts and bench are short and named for what they hold", () => {
  const others = sourcesUnder("test", "scripts", "bench");
  expect(others.flatMap((source) => [...misshapen(source)])).toEqual([]);
});

test("every relative import names a file that is there", () => {
  const files = new Set(sources.map(({ file }) => file));
  const ours = sources.flatMap((source) => importsOf(source).map(({ target }) => ({ file: source.file, target })));
  const lost = ours.filter(({ target }) => /^(packages|workers)\//.test(target) && !files.has(target));
  expect(lost).toEqual([]);
});

describe("a planted breach is named", () => {
  test.each([
    ["packages/shared/src/log/x.ts", 'import { readFile } from "node:fs/promises";', "imports `node:fs/promises`"],
    ["packages/shared/src/log/x.ts", 'import type { Context } from "hono";', "imports types of `hono`"],
    ["packages/shared/src/log/x.ts", "const at = Date.now();", ":1 uses `Date.now`"],
    ["packages/shared/src/log/x.ts", "const at = new Date();", ":1 uses `new Date()`"],
    ["packages/shared/src/log/x.ts", "\nconst now: Clock = Date.now;", ":2 uses `Date.now`"],
    ["packages/shared/src/log/x.ts", "const n = Math.random();", ":1 uses `Math.random`"],
    ["packages/shared/src/log/x.ts", "await crypto.subtle.digest(a, b);", ":1 uses `crypto`"],
    ["packages/shared/src/log/x.ts", "const page = await fetch(url);", ":1 uses `fetch`"],
    ["packages/shared/src/log/x.ts", "console.log(key);", ":1 uses `console.`"],
    ["packages/client/src/x.ts", 'import path from "node:path";', "imports `node:path`"],
    ["packages/client/src/x.ts", 'import { Duty } from "../../../workers/duty/object.ts";', "`workers/duty/object.ts`"],
    ["workers/store/x.ts", 'import { Hono } from "hono";', "imports `hono`"],
    ["workers/store/x.ts", 'import { c } from "../api/context.ts";', "imports `workers/api/context.ts`"],
    ["workers/sequencer/x.ts", 'import { db } from "../store/db.ts";', "imports `workers/store/db.ts`"],
    ["workers/api/x.ts", 'import { Core } from "../sequencer/core.ts";', "imports `workers/sequencer/core.ts`"],
    ["workers/api/x.ts", 'import {\n  type Core,\n  core,\n} from "../sequencer/core.ts";', "imports `workers/seq"],
    ["workers/api/x.ts", 'const { home } = await import("../portal/home.tsx");', "imports `workers/portal/home.tsx`"],
    ["workers/api/x.ts", 'export * from "../door/body.ts";', "imports `workers/door/body.ts`"],
    ["workers/api/x.ts", 'import "../portal/home.tsx";', "imports `workers/portal/home.tsx`"],
    ["workers/portal/x.ts", 'import { db } from "../store/db.ts";', "imports `workers/store/db.ts`"],
    ["workers/duty/x.ts", 'import worker from "../index.ts";', "imports workers/index.ts, which nobody may"],
    ["workers/witness/x.ts", 'import type { Env } from "../env.ts";', "imports types of `workers/env.ts`"],
    ["workers/gossip/x.ts", "export {};", "stands in a folder that the table does not have"],
    ["workers/api/x.ts", "const scope = mintRead(all);", "uses `mintRead`"],
    ["workers/store/x.ts", 'const scope = mintSystem("rebuild");', "uses `mintSystem`"],
    ["packages/shared/src/policy/walk.ts", "mintWrite({});", "uses `mintWrite`"],
    ["packages/shared/src/policy/scope.ts", "export const mintAll = 1;", "has `mintAll`"],
    ["workers/api/date-utils.ts", "export {};", "has a name that says nothing"],
  ])("in %s: %j", (file, text, says) => {
    const found = [...breaches({ file, text })];
    expect(found).not.toEqual([]);
    expect(found.join("\n")).toContain(says);
  });
});

test("a file of 301 lines is named", () => {
  expect([...breaches({ file: "workers/api/x.ts", text: "//\n".repeat(301) })]).toEqual([
    "workers/api/x.ts has 301 lines",
  ]);
});

test.each([
  ["workers/api/x.ts", 'import type { Core } from "../sequencer/core.ts";'],
  ["workers/api/x.ts", 'import { type Core, type Head } from "../sequencer/core.ts";'],
  ["packages/shared/src/log/x.ts", '// Date.now() is the caller\'s\nconst says = "fetch it";'],
  [
    "packages/shared/src/log/x.ts",
    "interface Host { fetch: Fetch; crypto?: HostCrypto }\nhost.fetch(a); host.crypto.subtle;",
  ],
])("in %s, allowed: %j", (file, text) => {
  expect([...breaches({ file, text })]).toEqual([]);
});

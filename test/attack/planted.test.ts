import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { plantedIn } from "../../scripts/planted/patch.ts";
import { root } from "../architecture.ts";

const bugs = plantedIn(path.join(root, "test/attack/planted"));

test("bugs are planted for each structural test and for the statistical ones", () => {
  const names = new Set(bugs.map(({ file }) => path.basename(file).replace(/-.*/, "")));
  for (const name of ["s1", "s2", "s3", "s4", "s6", "s7", "s8", "s9", "s10", "s11", "small", "r1", "r2", "r6"])
    expect([...names]).toContain(name);
});

describe("`npm run attack:planted` can plant", () => {
  test.each(bugs)("$name: $bug", ({ patch, file }) => {
    expect(existsSync(path.join(root, file))).toBe(true);
    expect(() => execFileSync("git", ["apply", "--check", patch], { cwd: root, stdio: "pipe" })).not.toThrow();
  });
});

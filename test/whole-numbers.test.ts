import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");

/** `file:line` of everything that the house's lint rule for whole numbers finds, in a folder that has these files alone. */
function found(files: Readonly<Record<string, readonly string[]>>): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), "quasarix-lint-"));
  try {
    for (const name of ["biome.json", "lint"])
      cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
    for (const [file, lines] of Object.entries(files)) {
      mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(folder, file), `${lines.join("\n")}\n`);
    }
    const args = [biome, "lint", "--vcs-enabled=false", "--reporter=github", "--max-diagnostics=none", "packages"];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    expect(`${stdout}${stderr}`).not.toContain("errored");
    const lines = [...stdout.matchAll(/title=plugin,file=(?:[^,]*\/)?(?<file>packages\/[^,]+),line=(?<line>\d+)/g)];
    return [...new Set(lines.map(({ groups }) => `${groups?.["file"]}:${groups?.["line"]}`))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const BREACHES = [
  "export const third = 1 / 3;",
  `export const inText = \`\${third / 2}\`;`,
  "export const half = 0.5;",
  "export const short = .5;",
  "export const small = 1e-3;",
  "export const whole = 5.0;",
  "export const dice = Math.random();",
  "export const log = Math.log(2);",
  "export const passed = [4].map(Math.sqrt);",
  'export const named = Math["exp"](1);',
  "export const { exp } = Math;",
  "export const all = Math;",
  'export const read = parseFloat("1");',
  'export const readToo = Number.parseFloat("1");',
  "export const floats = new Float64Array(1);",
  "export const few = new Float32Array(1);",
  "export const view = (bytes: DataView) => bytes.getFloat64(0);",
  "export const shown = dice.toFixed(2);",
  "export const tiny = Number.EPSILON;",
  "export const root = third ** half;",
  "export const nested = Math.floor(third * (1 / 3));",
  "export const inside = Math.floor(third / (third / 2));",
  "export let quotient = 4; quotient /= 3;",
];

const ALLOWED = [
  "export const third = Math.floor(7 / 3);",
  "export const days = Math.trunc(7_000 / 1000);",
  "export const most = Math.max(1, Math.min(2, Math.abs(-3)));",
  "export const square = third ** 2;",
  "export const rest = 7 % 3;",
  "export const word = 0x1_0000_0000;",
  "export const pattern = /a/;",
  "// 1 / 2, 0.5 and Math.random() in words",
  'export const text = "1 / 2 and 0.5";',
  "export const version = `0.5`;",
];

test("every way to a fraction in benchmark/ is found by the linter", () => {
  const file = "packages/shared/src/benchmark/planted.ts";
  expect(found({ [file]: BREACHES })).toEqual(BREACHES.map((_, i) => `${file}:${i + 1}`));
});

test("whole numbers are let through, and so is anything in benchmark/use/ and outside", () => {
  const files = {
    "packages/shared/src/benchmark/whole.ts": ALLOWED,
    "packages/shared/src/benchmark/use/shown.ts": BREACHES,
    "packages/shared/src/registry/other.ts": BREACHES,
  };
  expect(found(files)).toEqual([]);
});

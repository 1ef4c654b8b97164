import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sharedPath } from "../shared-data.ts";

const root = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(os.tmpdir(), "quasarix-pack-"));
const bundle = sharedPath("vectors", "quasarix", "example-public.quasarix.json");
const policy = sharedPath("vectors", "quasarix", "example-public.tlog-policy");

const versionOf = (node: string): string => spawnSync(node, ["--version"], { encoding: "utf8" }).stdout?.trim() ?? "";

/** The Node that came with this machine, where it is 20: behind the launcher the first one in PATH is the packaged one. */
function node20(): string | null {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter).map((place) => path.join(place, "node"));
  const places = [process.env["npm_node_execpath"] ?? "", ...folders];
  return places.find((place) => path.isAbsolute(place) && versionOf(place).startsWith("v20.")) ?? null;
}

const old = node20();
if (!old) console.warn("skipped: no Node 20 on this machine");

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/pack.ts", "--out", path.join(folder, "dist")], { cwd: root });
  const tarball = readdirSync(path.join(folder, "dist")).find((name) => name.endsWith(".tgz"));
  writeFileSync(path.join(folder, "package.json"), '{"name":"reader","version":"1.0.0","type":"module"}');
  const install = ["install", "--offline", "--no-audit", "--no-fund", `./dist/${tarball}`];
  execFileSync("npm", install, { cwd: folder, stdio: "ignore" });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A command of the installed package, with nothing of this repository in sight. */
function quasarix(node: string, ...args: string[]) {
  const env = { PATH: path.dirname(node), HOME: folder };
  const { status, stdout, stderr } = spawnSync(node, ["node_modules/.bin/quasarix", ...args], {
    cwd: folder,
    encoding: "utf8",
    env,
  });
  return { status, says: stdout.split("\n")[0], stderr };
}

test("the package brings its licences and needs no other package", () => {
  expect(readdirSync(path.join(folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["@quasarix"]);
  const place = path.join(folder, "node_modules/@quasarix/client");
  expect(readdirSync(place)).toEqual(expect.arrayContaining(["LICENSE", "README.md", "THIRD-PARTY-NOTICES"]));
  const notices = readFileSync(path.join(place, "THIRD-PARTY-NOTICES"), "utf8");
  for (const name of ["zod", "@noble/curves", "@noble/hashes"]) expect(notices).toContain(`${name} `);
});

describe.each([
  ["Node 20", old],
  ["the packaged Node", process.execPath],
])("%s, in an empty folder", (_, node) => {
  const on = test.skipIf(node === null || bundle === null || policy === null);

  on("verifies the example bundle under its pinned policy", () => {
    const { status, says, stderr } = quasarix(node ?? "", "verify", bundle ?? "", "--policy", policy ?? "");
    expect({ status, says, stderr }).toEqual({ status: 0, says: "valid", stderr: "" });
  });

  on("says 3 under a policy that was not pinned", () => {
    const { status, says } = quasarix(node ?? "", "verify", bundle ?? "", "--policy", "0".repeat(64));
    expect(status).toBe(3);
    expect(says).toMatch(/^consistent, but under an unpinned policy [0-9a-f]{64}$/);
  });

  on("refuses a bundle with one byte changed", () => {
    const spoilt = path.join(folder, "spoilt.json");
    writeFileSync(spoilt, readFileSync(bundle ?? "", "utf8").replace("eyJ", "eyK"));
    expect(quasarix(node ?? "", "verify", spoilt, "--policy", policy ?? "").status).toBe(1);
  });

  on("gives the SDK to a program", () => {
    writeFileSync(
      path.join(folder, "reader.js"),
      `import { readFileSync } from "node:fs";
       import { verifyBundle } from "@quasarix/client";
       import { nodeVerify } from "@quasarix/client/node";
       const { exit } = await verifyBundle(readFileSync(process.argv[2]), [], nodeVerify());
       console.log(String(exit));`,
    );
    expect(spawnSync(node ?? "", ["reader.js", bundle ?? ""], { cwd: folder, encoding: "utf8" }).stdout).toBe("3\n");
  });
});

const compile = (text: string) => {
  writeFileSync(path.join(folder, "reader.ts"), text);
  const compiler = path.join(root, "node_modules/typescript/bin/tsc");
  const flags =
    "--noEmit --pretty false --strict --module nodenext --target es2024 --lib es2024,dom --types node --typeRoots".split(
      " ",
    );
  const types = path.join(root, "node_modules/@types");
  return spawnSync(process.execPath, [compiler, ...flags, types, "reader.ts"], { cwd: folder, encoding: "utf8" })
    .stdout;
};

test("its types compile in a program that has nothing else", () => {
  const text = `import { type Client, type Verdict, connect, grantOf, refusalSays, verifyBundle } from "@quasarix/client";
    import { nodeVerify } from "@quasarix/client/node";
    export const verdict: Promise<Verdict> = verifyBundle(new Uint8Array(0), [], nodeVerify());
    export const says = (client: ReturnType<typeof connect>): Client | string =>
      client.ok ? client.value : refusalSays(client.failure);
    export const grant = (claims: Parameters<typeof grantOf>[1]): string => claims.site;`;
  expect(compile(text)).toBe("");
});

test("its types are not of any kind: a wrong use does not compile", () => {
  const text = `import { verifyBundle, type grantOf } from "@quasarix/client";
    verifyBundle(7, [], null);
    export const site = (claims: Parameters<typeof grantOf>[1]): number => claims.site;`;
  expect(compile(text)).toMatch(/reader\.ts\(2,[\s\S]*reader\.ts\(3,/);
});

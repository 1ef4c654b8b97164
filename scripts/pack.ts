import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs, promisify } from "node:util";
import { bundleClient } from "./pack/bundle.ts";
import { emitTypes } from "./pack/types.ts";

const root = path.resolve(import.meta.dirname, "..");
const { values } = parseArgs({ options: { out: { type: "string", default: path.join(root, "dist") } } });
const out = path.resolve(values.out);
const folder = path.join(out, "package");

/** What the packed package says of itself: no dependency, since all of it is bundled. */
async function writeManifest(): Promise<void> {
  const { name, version, license } = JSON.parse(
    await readFile(path.join(root, "packages/client/package.json"), "utf8"),
  );
  const manifest = {
    name,
    version,
    description: "Command line and SDK of Quasarix Trace: signed audits, read under grants, verified offline.",
    license,
    type: "module",
    engines: { node: ">=20" },
    bin: { quasarix: "cli.mjs" },
    exports: {
      ".": { types: "./types/client/src/index.d.ts", default: "./index.mjs" },
      "./node": { types: "./types/client/src/node/index.d.ts", default: "./node.mjs" },
    },
  };
  await writeFile(path.join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const notices = await bundleClient(root, folder);
await emitTypes(root, path.join(folder, "types"));
await writeManifest();
await writeFile(path.join(folder, "THIRD-PARTY-NOTICES"), notices);
await copyFile(path.join(root, "LICENSE"), path.join(folder, "LICENSE"));
await copyFile(path.join(root, "packages/client/README.md"), path.join(folder, "README.md"));
await chmod(path.join(folder, "cli.mjs"), 0o755);
const packed = await promisify(execFile)("npm", ["pack", "--json", "--pack-destination", out], { cwd: folder });
const [{ filename, size }] = JSON.parse(packed.stdout) as [{ filename: string; size: number }];
console.log(`${path.join(out, filename)} (${Math.round(size / 1024)} KiB)`);

import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

/** Bundles the command line and both entries of the SDK for Node 20. Gives the licences of all that went in. */
export async function bundleClient(root: string, folder: string): Promise<string> {
  const source = path.join(root, "packages/client/src");
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: {
      cli: path.join(source, "cli/main.ts"),
      index: path.join(source, "index.ts"),
      node: path.join(source, "node/index.ts"),
    },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    chunkNames: "parts/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    banner: { js: "#!/usr/bin/env node" },
    metafile: true,
    legalComments: "none",
    logLevel: "warning",
  });
  return noticesOf(root, Object.keys(metafile.inputs));
}

const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

async function noticesOf(root: string, inputs: readonly string[]): Promise<string> {
  const packages = new Set(inputs.flatMap((input) => PACKAGE.exec(input)?.[1] ?? []));
  const notices = await Promise.all([...packages].sort().map((place) => noticeOf(path.join(root, place))));
  return notices.join(`\n${"-".repeat(80)}\n\n`);
}

async function noticeOf(place: string): Promise<string> {
  const { name, version } = JSON.parse(await readFile(path.join(place, "package.json"), "utf8"));
  const file = (await readdir(place)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} comes without its licence`);
  return `${name} ${version}\n\n${await readFile(path.join(place, file), "utf8")}`;
}

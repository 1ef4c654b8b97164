#!/usr/bin/env node
// Runs a command with a Node new enough for wrangler and vitest. Plain JavaScript: it has to start on Node 20.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";

const NEEDED = [22, 18];
const root = path.resolve(import.meta.dirname, "..");

// npm 10 drops the link in node_modules/.bin when several platform packages name the same bin, so the package is
// found by its name instead.
function packagedNode() {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return path.join(path.dirname(manifest), "bin");
  } catch {
    return null;
  }
}

function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

const bin = packagedNode();
if (!bin && !isNewEnough(process.versions.node)) {
  console.error(
    `Node ${process.versions.node} is too old and no packaged Node exists for ${process.platform}-${process.arch}. ` +
      `Install Node ${NEEDED.join(".")} or later and run this again.`,
  );
  process.exit(2);
}

const [command, ...args] = process.argv.slice(2);
if (!command) {
  console.error("usage: with-node.mjs COMMAND [ARGUMENT...]");
  process.exit(2);
}
const folders = [bin, path.join(root, "node_modules/.bin"), process.env.PATH].filter(Boolean);
const child = spawn(command === "node" && bin ? path.join(bin, "node") : command, args, {
  stdio: "inherit",
  env: { ...process.env, PATH: folders.join(path.delimiter) },
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`cannot run \`${command}\`: ${error.message}`);
  process.exit(2);
});
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

#!/usr/bin/env node
// Starts the command line with a Node that runs TypeScript. Plain JavaScript: it has to start on Node 20.
import { spawn } from "node:child_process";
import path from "node:path";
import process from "node:process";

const root = path.resolve(import.meta.dirname, "..");
const child = spawn(
  process.execPath,
  [
    path.join(root, "bin/with-node.mjs"),
    "node",
    path.join(root, "packages/client/src/cli/main.ts"),
    ...process.argv.slice(2),
  ],
  { stdio: "inherit" },
);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** The tree as it stands, committed or not, in a folder of its own; `@quasarix/*` leads to the copy's own packages. */
export function copyOfTree(root: string): string {
  const copy = mkdtempSync(path.join(os.tmpdir(), "planted-"));
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  for (const file of listed
    .toString()
    .split("\0")
    .filter((name) => name !== "")) {
    const from = path.join(root, file);
    if (existsSync(from)) cpSync(from, path.join(copy, file));
  }
  linkModules(root, copy);
  return copy;
}

function linkModules(root: string, copy: string): void {
  const own = path.join(copy, "node_modules");
  mkdirSync(path.join(own, "@quasarix"), { recursive: true });
  for (const name of readdirSync(path.join(root, "node_modules")))
    if (name !== "@quasarix" && !name.startsWith(".vite"))
      symlinkSync(path.join(root, "node_modules", name), path.join(own, name));
  for (const name of readdirSync(path.join(copy, "packages")))
    symlinkSync(path.join(copy, "packages", name), path.join(own, "@quasarix", name));
}

/** Puts one file of the copy back, or takes away what the tree does not have. */
export function restore(root: string, copy: string, file: string): void {
  const from = path.join(root, file);
  if (existsSync(from)) cpSync(from, path.join(copy, file));
  else rmSync(path.join(copy, file), { force: true });
}

/** The files that the patch changes; null where it does not apply. */
export function apply(copy: string, patch: string): string[] | null {
  try {
    const listed = execFileSync("git", ["apply", "--numstat", patch], { cwd: copy, stdio: "pipe" }).toString();
    execFileSync("git", ["apply", patch], { cwd: copy, stdio: "pipe" });
    return listed
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t")[2] ?? "");
  } catch {
    return null;
  }
}

import { execFile } from "node:child_process";
import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

/** Declarations of client and shared below `folder`, with those of zod beside them, so that they need no other package. */
export async function emitTypes(root: string, folder: string): Promise<void> {
  const compiler = path.join(root, "node_modules/typescript/bin/tsc");
  await promisify(execFile)(process.execPath, [compiler, "-p", "tsconfig.types.json", "--outDir", folder], {
    cwd: root,
  });
  for (const file of await declarationsIn(folder)) await rewrite(folder, file);
  await copyZod(root, path.join(folder, "zod"));
}

async function declarationsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith(".d.ts")).map((name) => path.join(folder, name));
}

// Not behind a quote: `"from" | "until"` is a type, and no import.
const SPECIFIER = /(?<!")(\bfrom\s*|\bimport\s*\(?\s*)"([^"]+)"/g;

async function rewrite(folder: string, file: string): Promise<void> {
  const text = await readFile(file, "utf8");
  await writeFile(
    file,
    text.replace(SPECIFIER, (_, before: string, specifier: string) => `${before}"${plain(folder, file, specifier)}"`),
  );
}

/** As a reader outside this repository resolves it: relative, and ending in `.js`. */
function plain(folder: string, file: string, specifier: string): string {
  const to = (target: string) => {
    const way = path.relative(path.dirname(file), path.join(folder, target)).replaceAll(path.sep, "/");
    return way.startsWith(".") ? way : `./${way}`;
  };
  const own = specifier.replace(/\.ts$/, ".js");
  if (own.startsWith(".") || own.startsWith("node:")) return own;
  if (own === "zod") return to("zod/index.js");
  const [, name, rest] = /^@quasarix\/(shared|client)\/(.+)$/.exec(own) ?? [];
  if (name === undefined) throw new Error(`${file} names \`${specifier}\`, whose types are not packed`);
  return to(`${name}/src/${rest}`);
}

const copyZod = (root: string, folder: string): Promise<void> =>
  cp(path.join(root, "node_modules/zod"), folder, {
    recursive: true,
    filter: (source) => {
      const inside = path.relative(path.join(root, "node_modules/zod"), source);
      if (inside === "" || inside === "index.d.ts" || inside === "v4") return true;
      return (
        /^v4[\\/](classic|core|locales)([\\/]|$)/.test(inside) &&
        (inside.endsWith(".d.ts") || path.extname(inside) === "")
      );
    },
  });

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "..");

/** What a folder may name in an import. A trailing `/` stands for everything below; `type:` allows types alone. */
export interface Rule {
  readonly folder: string;
  readonly may: readonly string[];
}

const WORKER = ["cloudflare:workers", "workers/env.ts", "packages/shared/src/"];
const HONO = ["hono", "zod", "@hono/zod-openapi"];

/** DESIGN 4. The first rule whose folder fits a file holds for it; every folder may import itself. */
export const TABLE: readonly Rule[] = [
  { folder: "packages/shared/src/", may: ["zod", "@noble/"] },
  { folder: "packages/client/src/node/", may: ["packages/shared/src/", "packages/client/src/", "zod", "node:"] },
  { folder: "packages/client/src/cli/", may: ["packages/shared/src/", "packages/client/src/", "zod", "node:"] },
  { folder: "packages/client/src/", may: ["packages/shared/src/", "zod"] },
  { folder: "workers/store/", may: [...WORKER, "drizzle-orm"] },
  {
    folder: "workers/door/",
    may: [...WORKER, "workers/store/", "hono", "jose", "openid-client", "@simplewebauthn/server"],
  },
  { folder: "workers/duty/", may: [...WORKER, "workers/store/", "type:workers/sequencer/"] },
  { folder: "workers/sequencer/", may: WORKER },
  { folder: "workers/benchmark/", may: [...WORKER, "workers/store/"] },
  {
    folder: "workers/api/",
    may: [...WORKER, ...HONO, "workers/store/", "type:workers/sequencer/", "type:workers/benchmark/"],
  },
  { folder: "workers/portal/", may: [...WORKER, "packages/client/src/", "hono", "zod"] },
  { folder: "workers/witness/", may: ["cloudflare:workers", "packages/shared/src/"] },
  { folder: "workers/env.ts", may: ["packages/shared/src/"] },
  { folder: "workers/hashes.ts", may: ["node:crypto", "packages/shared/src/"] },
  {
    folder: "workers/index.ts",
    may: ["cloudflare:workers", "workers/", "packages/shared/src/", "packages/client/src/"],
  },
];

/** Where each kind of leave may be minted (DESIGN 4), as beginnings of paths. */
const MINTS: Readonly<Record<string, readonly string[]>> = {
  mintRead: ["packages/shared/src/policy/decide"],
  mintWrite: ["packages/shared/src/policy/admit"],
  mintSystem: [
    "packages/shared/src/policy/operator.ts",
    "workers/index.ts",
    "workers/duty/",
    "workers/benchmark/object.ts",
  ],
  mintWalk: ["packages/shared/src/policy/walk.ts"],
  mintReserve: ["packages/shared/src/policy/reserve.ts"],
};
const MINTING = "packages/shared/src/policy/scope.ts";

const FORBIDDEN_NAME = /(^|-)(utils?|helpers?|manager|service|common|misc)(-|\.|$)/;
const LONGEST = 300;

export interface Source {
  /** From the root, with `/`. */
  readonly file: string;
  readonly text: string;
}

export function sourcesUnder(...folders: readonly string[]): Source[] {
  return folders
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
        path.join(folder, name).replaceAll(path.sep, "/"),
      ),
    )
    .filter((file) => /\.tsx?$/.test(file) && !file.includes("node_modules/"))
    .map((file) => ({ file, text: readFileSync(path.join(root, file), "utf8") }));
}

interface Import {
  readonly target: string;
  readonly isType: boolean;
}

const STATEMENT =
  /^[ \t]*(?:import|export)(?<type>\s+type\b)?(?<names>[^;"'`()]*?)\bfrom\s*["'](?<from>[^"']+)["']|^[ \t]*import\s*["'](?<bare>[^"']+)["']|\b(?:import|require)\s*\(\s*["'`](?<call>[^"'`]+)["'`]/gm;

/** `{ type A, type B }` brings nothing at run time either. */
const onlyTypes = (names: string): boolean => {
  const listed = /^\s*\{(?<inside>[^}]*)\}\s*$/.exec(names)?.groups?.["inside"];
  const each = listed?.split(",").filter((name) => name.trim() !== "") ?? [];
  return each.length > 0 && each.every((name) => /^\s*type\s/.test(name));
};

export function importsOf({ file, text }: Source): Import[] {
  return [...text.matchAll(STATEMENT)].map(({ groups = {} }) => ({
    target: resolved(file, groups["from"] ?? groups["bare"] ?? groups["call"] ?? ""),
    isType: groups["type"] !== undefined || onlyTypes(groups["names"] ?? ""),
  }));
}

/** A path from the root for our own files, the specifier as it stands for all others. */
function resolved(file: string, specifier: string): string {
  if (specifier.startsWith(".")) return path.posix.join(path.posix.dirname(file), specifier);
  return specifier.replace(/^@quasarix\/(shared|client)\//, "packages/$1/src/");
}

const fits = (target: string, allowed: string): boolean =>
  /[/:]$/.test(allowed) || allowed.endsWith(".ts")
    ? target === allowed || target.startsWith(allowed)
    : target === allowed || target.startsWith(`${allowed}/`);

function mayImport(rule: Rule, { target, isType }: Import): boolean {
  if (rule.folder.endsWith("/") && target.startsWith(rule.folder)) return true;
  return rule.may.some((allowed) =>
    allowed.startsWith("type:") ? isType && fits(target, allowed.slice(5)) : fits(target, allowed),
  );
}

/** Only strings and comments can hold a word that is no use of it. */
const codeOf = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/gm, (found) =>
    found.replace(/[^\n]/g, " "),
  );

/** A host's word in code of its own right; `host.fetch`, `fetch:` and `fetch?:` are a member's name. */
const GLOBALS =
  /(?<![.\w$"])(?:Date\.now|Math\.random|performance\.|process\.|console\.|(?:crypto|fetch|setTimeout|setInterval|caches|navigator)\b(?!\??:))/g;
const NEW_DATE = /\bnew Date\(\s*\)/g;

const lineAt = (text: string, index: number): number => text.slice(0, index).split("\n").length;

function* impurities({ file, text }: Source): Generator<string> {
  const code = codeOf(text);
  for (const pattern of [GLOBALS, NEW_DATE])
    for (const found of code.matchAll(pattern)) yield `${file}:${lineAt(code, found.index)} uses \`${found[0]}\``;
}

/** Every way in which one file breaks the table, a sentence each. */
export function* breaches(source: Source): Generator<string> {
  const { file } = source;
  const rule = TABLE.find(({ folder }) => file.startsWith(folder));
  if (!rule) yield `${file} stands in a folder that the table does not have`;
  for (const one of importsOf(source)) {
    if (rule && !mayImport(rule, one)) yield `${file} imports ${one.isType ? "types of " : ""}\`${one.target}\``;
    if (one.target === "workers/index.ts") yield `${file} imports workers/index.ts, which nobody may`;
  }
  if (file.startsWith("packages/shared/src/")) yield* impurities(source);
  yield* mintsOutOfPlace(source);
  yield* misshapen(source);
}

/** What holds for tests, scripts and bench too. */
export function* misshapen({ file, text }: Source): Generator<string> {
  if (FORBIDDEN_NAME.test(path.posix.basename(file))) yield `${file} has a name that says nothing`;
  const lines = text.trimEnd().split("\n").length;
  if (lines > LONGEST) yield `${file} has ${lines} lines`;
}

function* mintsOutOfPlace({ file, text }: Source): Generator<string> {
  if (file === MINTING) {
    for (const [, name = ""] of text.matchAll(/\b(mint[A-Z]\w*)/g))
      if (!(name in MINTS)) yield `${file} has \`${name}\`, which the table of mints does not name`;
    return;
  }
  for (const [name, places] of Object.entries(MINTS))
    if (new RegExp(`\\b${name}\\b`).test(text) && !places.some((place) => file.startsWith(place)))
      yield `${file} uses \`${name}\``;
}

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import type { Settings } from "./settings.ts";

/** Bindings that exist only in this run: secrets and overrides of vars, as text. */
export type TextBindings = Readonly<Record<string, string>>;

export interface ConfigPlan {
  readonly settings: Settings;
  readonly bindings: TextBindings;
  /** The folder that gets `config.capnp` and its modules; `index.js` and `admin.js` are there already. */
  readonly folder: string;
  readonly state: string;
  /** 0 lets the system choose; the address is reported on the control pipe. */
  readonly port: number;
  readonly adminToken: string;
  /** Sockets for Workers in other processes: the gate to the objects, one by the name of each database and bucket. */
  readonly hasFronts: boolean;
}

const INTERNAL_DATE = "2023-07-24";
const ADMIN = "quasarix-admin";
/** Socket, and host of its RPC, by which other processes reach the objects (state.ts). */
export const GATE = "gate";

// Escapes of JSON and Cap'n Proto text differ only in \u, which Cap'n Proto does not know.
export const text = (value: string) => {
  const quoted = JSON.stringify(value);
  if (quoted.includes("\\u")) throw new Error("a binding holds a control character");
  return quoted;
};
export const list = (items: readonly string[]) => `[${items.join(", ")}]`;
export const module = (name: string, file: string) => `(name = ${text(name)}, esModule = embed ${text(file)})`;
export const bindText = (name: string, value: string) => `(name = ${text(name)}, text = ${text(value)})`;
const disk = (name: string, folder: string, writable: boolean) =>
  `(name = ${text(name)}, disk = (path = ${text(folder)}, writable = ${writable}))`;

// Internal Workers of miniflare: the same emulation of D1 and R2 that `wrangler dev` runs.
const EMULATION = {
  "d1-entry.js": "d1/entry.worker.js",
  "d1-object.js": "d1/database.worker.js",
  "r2-entry.js": "shared/object-entry.worker.js",
  "r2-object.js": "r2/bucket.worker.js",
  "mf-shared.js": "shared/index.worker.js",
  "mf-zod.js": "shared/zod.worker.js",
} as const;

const entryName = (kind: "d1" | "r2", id: string) => `${kind}-entry:${id}`;

function entryService(kind: "d1" | "r2", id: string, className: string): string {
  const flags = kind === "d1" ? list([text("enhanced_error_serialization")]) : "[]";
  return `(name = ${text(entryName(kind, id))}, worker = (compatibilityDate = ${text(INTERNAL_DATE)}, compatibilityFlags = ${flags},
      modules = [${module("entry.js", `${kind}-entry.js`)}],
      bindings = [${bindText("MINIFLARE_NAMESPACE", id)},
        (name = "MINIFLARE_OBJECT", durableObjectNamespace = (serviceName = "${kind}", className = "${className}"))]))`;
}

function objectService(kind: "d1" | "r2", className: string): string {
  return `(name = "${kind}", worker = (compatibilityDate = ${text(INTERNAL_DATE)}, compatibilityFlags = ["nodejs_compat", "experimental"],
      modules = [${module("object.js", `${kind}-object.js`)}],
      durableObjectNamespaces = [(className = "${className}", uniqueKey = "miniflare-${className}", enableSql = true)],
      durableObjectStorage = (localDisk = "${kind}-disk"),
      bindings = [(name = "MINIFLARE_BLOBS", service = "${kind}-disk"), (name = "MINIFLARE_LOOPBACK", service = "nothing")]))`;
}

export const d1Binding = (binding: string, service: string) =>
  `(name = ${text(binding)}, wrapped = (moduleName = "cloudflare-internal:d1-api", innerBindings = [(name = "fetcher", service = ${text(service)})]))`;

function mainBindings({ settings, bindings }: ConfigPlan): string[] {
  const texts = { ...settings.vars, ...bindings };
  return [
    ...Object.entries(texts).map(([name, value]) => bindText(name, value)),
    ...settings.objects.map((o) => `(name = ${text(o.binding)}, durableObjectNamespace = ${text(o.className)})`),
    ...settings.databases.map((d1) => d1Binding(d1.binding, entryName("d1", d1.id))),
    ...settings.buckets.map((r2) => `(name = ${text(r2.binding)}, r2Bucket = ${text(entryName("r2", r2.name))})`),
    ...settings.selves.map(({ binding, entrypoint }) => {
      const target = entrypoint ? `(name = "main", entrypoint = ${text(entrypoint)})` : '"main"';
      return `(name = ${text(binding)}, service = ${target})`;
    }),
    ...(settings.assets ? [`(name = ${text(settings.assets.binding)}, service = "assets")`] : []),
  ];
}

function mainService(plan: ConfigPlan): string {
  const { settings } = plan;
  const objects = settings.objects.map(
    (o) => `(className = ${text(o.className)}, uniqueKey = ${text(`main-${o.className}`)}, enableSql = ${o.sqlite})`,
  );
  return `(name = "main", worker = (compatibilityDate = ${text(settings.compatibilityDate)},
      compatibilityFlags = ${list(settings.compatibilityFlags.map(text))},
      modules = [${module("index.js", "index.js")}],
      durableObjectNamespaces = ${list(objects)}, durableObjectStorage = (localDisk = "main-disk"),
      bindings = [
        ${mainBindings(plan).join(",\n        ")}]))`;
}

function adminService({ settings, adminToken }: ConfigPlan): string {
  const databases = settings.databases.map((d1) => d1Binding(d1.binding, entryName("d1", d1.id)));
  return `(name = "${ADMIN}", worker = (compatibilityDate = ${text(settings.compatibilityDate)},
      modules = [${module("admin.js", "admin.js")}],
      bindings = ${list([...databases, bindText("ADMIN_TOKEN", adminToken)])}))`;
}

function farSockets({ settings }: ConfigPlan): string {
  const socket = (name: string, http: string, service: string) =>
    `,\n    (name = ${text(name)}, address = "127.0.0.1:0", http = ${http}, service = ${service})`;
  return [
    socket(GATE, `(capnpConnectHost = "${GATE}")`, `(name = "main", entrypoint = "Gate")`),
    ...settings.databases.map((d1) => socket(d1.binding, "()", text(entryName("d1", d1.id)))),
    ...settings.buckets.map((r2) => socket(r2.binding, "()", text(entryName("r2", r2.name)))),
  ].join("");
}

function configText(plan: ConfigPlan): string {
  const { settings, state } = plan;
  const services = [
    mainService(plan),
    adminService(plan),
    objectService("d1", "D1DatabaseObject"),
    objectService("r2", "R2BucketObject"),
    ...settings.databases.map((d1) => entryService("d1", d1.id, "D1DatabaseObject")),
    ...settings.buckets.map((r2) => entryService("r2", r2.name, "R2BucketObject")),
    ...["main", "d1", "r2"].map((name) => disk(`${name}-disk`, path.join(state, name), true)),
    ...(settings.assets ? [disk("assets", settings.assets.directory, false)] : []),
    `(name = "nothing", worker = (compatibilityDate = ${text(INTERNAL_DATE)}, modules = [(name = "nothing.js",
      esModule = "export default { fetch: () => new Response(null, { status: 404 }) }")]))`,
  ];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    ${services.join(",\n    ")}],
  sockets = [
    (name = "http", address = "127.0.0.1:${plan.port}", http = (), service = "main"),
    (name = "admin", address = "127.0.0.1:0", http = (), service = "${ADMIN}")${plan.hasFronts ? farSockets(plan) : ""}],
  extensions = [(modules = [${module("miniflare:shared", "mf-shared.js")}, ${module("miniflare:zod", "mf-zod.js")}])]);
`;
}

async function copyEmulation(folder: string): Promise<void> {
  const require = createRequire(createRequire(import.meta.url).resolve("wrangler/package.json"));
  const workers = path.join(path.dirname(require.resolve("miniflare")), "workers");
  for (const [name, source] of Object.entries(EMULATION)) {
    // workerd refuses a source map that it cannot find beside the module.
    const script = await readFile(path.join(workers, source), "utf8");
    await writeFile(path.join(folder, name), script.replace(/^\/\/# sourceMappingURL.*$/gm, ""));
  }
}

/** Writes `config.capnp` (0600: it holds the secrets) with every module it embeds; gives its path. */
export async function writeConfig(plan: ConfigPlan): Promise<string> {
  for (const name of ["main", "d1", "r2"]) await mkdir(path.join(plan.state, name), { recursive: true });
  await copyEmulation(plan.folder);
  const file = path.join(plan.folder, "config.capnp");
  await writeFile(file, configText(plan), { mode: 0o600 });
  return file;
}

import path from "node:path";
import { unstable_readConfig } from "wrangler";

/** What plain workerd needs to know of a `wrangler.toml`; the rest is the deployment's business. */
export interface Settings {
  readonly entry: string;
  readonly compatibilityDate: string;
  readonly compatibilityFlags: readonly string[];
  readonly vars: Readonly<Record<string, string>>;
  readonly objects: readonly { readonly binding: string; readonly className: string; readonly sqlite: boolean }[];
  readonly databases: readonly { readonly binding: string; readonly id: string }[];
  readonly buckets: readonly { readonly binding: string; readonly name: string }[];
  /** Bindings of the Worker to itself, by named entrypoint or its default one. */
  readonly selves: readonly { readonly binding: string; readonly entrypoint: string | null }[];
  readonly assets: { readonly binding: string; readonly directory: string } | null;
}

// wrangler's own type for this leans on a package that it does not ship, and comes out as `any`.
interface Config {
  readonly name?: string;
  readonly main?: string;
  readonly compatibility_date?: string;
  readonly compatibility_flags: readonly string[];
  readonly vars: Readonly<Record<string, unknown>>;
  readonly durable_objects: { readonly bindings: readonly { readonly name: string; readonly class_name: string }[] };
  readonly migrations: readonly { readonly new_sqlite_classes?: readonly string[] }[];
  readonly d1_databases: readonly { readonly binding: string; readonly database_id?: string }[];
  readonly r2_buckets: readonly { readonly binding: string; readonly bucket_name?: string }[];
  readonly services?: readonly { readonly binding: string; readonly service: string; readonly entrypoint?: string }[];
  readonly assets?: { readonly binding?: string; readonly directory?: string };
}

/** Throws on a binding that plain workerd cannot serve, since a bench without it would measure another Worker. */
export function readSettings(wranglerToml: string): Settings {
  const config: Config = unstable_readConfig({ config: wranglerToml });
  if (!config.main) throw new Error(`\`${wranglerToml}\` has no \`main\``);
  if (!config.compatibility_date) throw new Error(`\`${wranglerToml}\` has no \`compatibility_date\``);
  return {
    entry: config.main,
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: config.compatibility_flags,
    vars: textVars(config.vars),
    objects: objectsOf(config),
    databases: config.d1_databases.map((d1) => ({ binding: d1.binding, id: d1.database_id ?? d1.binding })),
    buckets: config.r2_buckets.map((r2) => ({ binding: r2.binding, name: r2.bucket_name ?? r2.binding })),
    selves: selvesOf(config),
    assets: assetsOf(config, path.dirname(wranglerToml)),
  };
}

function textVars(vars: Config["vars"]): Record<string, string> {
  const text: Record<string, string> = {};
  for (const [name, value] of Object.entries(vars)) {
    if (typeof value !== "string") throw new Error(`var \`${name}\` is not a string`);
    text[name] = value;
  }
  return text;
}

function objectsOf(config: Config): Settings["objects"] {
  const sqlite = new Set(config.migrations.flatMap((migration) => migration.new_sqlite_classes ?? []));
  return config.durable_objects.bindings.map((object) => ({
    binding: object.name,
    className: object.class_name,
    sqlite: sqlite.has(object.class_name),
  }));
}

function selvesOf(config: Config): Settings["selves"] {
  return (config.services ?? []).map((service) => {
    if (service.service !== config.name) throw new Error(`service \`${service.binding}\` is another Worker`);
    return { binding: service.binding, entrypoint: service.entrypoint ?? null };
  });
}

function assetsOf(config: Config, root: string): Settings["assets"] {
  const { binding, directory } = config.assets ?? {};
  return binding && directory ? { binding, directory: path.resolve(root, directory) } : null;
}

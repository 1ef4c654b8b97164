import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../..");

/** Where a local deployment keeps what it makes. */
export interface Folders {
  readonly secrets: string;
  /** Durable Objects, D1 and R2. */
  readonly state: string;
  readonly log: string;
  /** The process group that serves `state`, while it does. */
  readonly group: string;
  /** The command line's home. */
  readonly home: string;
}

/** Everything below the checkout, or below `QUASARIX_FOLDER`; all of it is ignored by git. */
export function foldersOf(env: NodeJS.ProcessEnv): Folders {
  const base = path.resolve(ROOT, env["QUASARIX_FOLDER"] ?? ".");
  return {
    secrets: path.join(base, ".dev.vars"),
    state: path.join(base, ".wrangler/state"),
    log: path.join(base, ".wrangler/start.log"),
    group: path.join(base, ".wrangler/start.pid"),
    home: env["QUASARIX_HOME"] ? path.resolve(env["QUASARIX_HOME"]) : path.join(base, ".quasarix"),
  };
}

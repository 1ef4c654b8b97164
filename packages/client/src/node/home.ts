import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** `QUASARIX_HOME`, else `./.quasarix` where it is there, else `~/.quasarix`. */
export function homeFolder(env: NodeJS.ProcessEnv, cwd: string, user: string = os.homedir()): string {
  const named = env["QUASARIX_HOME"];
  if (named !== undefined && named !== "") return path.resolve(cwd, named);
  const here = path.join(cwd, ".quasarix");
  return existsSync(here) ? here : path.join(user, ".quasarix");
}

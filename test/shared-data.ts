import { existsSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const shared = path.resolve(root, process.env["QUASARIX_SHARED"] ?? "../shared");

/** The path of real input that stays outside the repository, or null (with the reason printed) where it is absent. With CI=true its absence is a failure. */
export function sharedPath(...parts: string[]): string | null {
  const file = path.join(shared, ...parts);
  if (existsSync(file)) return file;
  const reason = `${path.join(...parts)} is absent: set QUASARIX_SHARED to the folder of real input`;
  if (process.env["CI"] === "true") throw new Error(reason);
  console.warn(`skipped: ${reason}`);
  return null;
}

import { existsSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../start/folders.ts";

/** The folder of labelled data, or null where there is none: it is no part of the repository. */
export function dataFolder(): string | null {
  const folder = path.resolve(ROOT, process.env["QUASARIX_SHARED"] ?? "../shared", "data");
  return existsSync(path.join(folder, "labelled-pairs")) ? folder : null;
}

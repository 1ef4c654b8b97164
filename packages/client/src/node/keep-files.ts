import path from "node:path";
import type { Keep } from "../ports.ts";
import { readText, writePrivate } from "./private-file.ts";

/** One file a name: `log` is `<home>/log.json`. Names are our own and never hold a separator. */
export function keepFiles(home: string): Keep {
  const fileOf = (name: string) => path.join(home, `${name}.json`);
  return {
    read: (name) => readText(fileOf(name)),
    write: (name, text) => writePrivate(fileOf(name), text),
  };
}

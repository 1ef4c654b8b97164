import path from "node:path";
import * as z from "zod";
import { type OverlapStore, SETTLED } from "../overlap-store.ts";
import { readText, writePrivate } from "./private-file.ts";

const unsettled = z.strictObject({ held: z.array(z.string()), waiting: z.array(z.string()) });

/** One file an identity, 0600. */
export function overlapStore(home: string, handle: string): OverlapStore {
  const file = path.join(home, "imports", `${handle}.overlap.json`);
  return {
    read: async () => {
      const text = await readText(file);
      return text === null ? SETTLED : unsettled.parse(JSON.parse(text));
    },
    write: (state) => writePrivate(file, `${JSON.stringify(state)}\n`),
  };
}

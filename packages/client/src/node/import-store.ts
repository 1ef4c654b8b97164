import { appendFile, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { type ImportJournal, journalFrom, journalLine } from "../import/journal.ts";
import type { Held, ImportStore } from "../import-run.ts";
import { readText, writePrivate } from "./private-file.ts";

/** Journal and held batch of one identity and one mapping. The held batch has disclosures in it, so it is 0600. */
export async function importStore(
  home: string,
  handle: string,
  mapping: string,
): Promise<{ store: ImportStore; journal: ImportJournal }> {
  const base = path.join(home, "imports", `${handle}.${mapping}`);
  const heldFile = `${base}.held.jsonl`;
  const journalFile = `${base}.journal`;
  await mkdir(path.dirname(base), { recursive: true, mode: 0o700 });
  const journal = journalFrom((await readText(journalFile)) ?? "");
  const hold = (rows: readonly Held[]) =>
    writePrivate(heldFile, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const store: ImportStore = {
    held: async () => heldIn((await readText(heldFile)) ?? "").filter(({ key }) => journal.find(key) === null),
    hold,
    acknowledge: async (rows, left) => {
      await appendFile(journalFile, rows.map(journalLine).join(""), { mode: 0o600, flush: true });
      for (const { key, digest } of rows) journal.add(key, digest);
      await (left.length > 0 ? hold(left) : rm(heldFile, { force: true }));
    },
  };
  return { store, journal };
}

/** The file is replaced as a whole, so each line is one of ours. */
const heldIn = (text: string): Held[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Held);

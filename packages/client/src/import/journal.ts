/** What is known of rows that were acknowledged before, by any run. */
export interface ImportJournal {
  /** The digest under which a key was acknowledged, or null. */
  find(key: string): string | null | Promise<string | null>;
}

export const emptyJournal: ImportJournal = { find: () => null };

const LINE = /^([A-Za-z0-9_-]{43}) ([A-Za-z0-9_-]{43})$/;

/** Append it to the journal file once the receipt of the row is safe, and flush before the next batch is sent. */
export const journalLine = (draft: { readonly key: string; readonly digest: string }): string =>
  `${draft.key} ${draft.digest}\n`;

/** Reads a journal file. A torn last line is what a crash leaves: its row counts as not acknowledged and is sent again, which is idempotent. */
export function journalFrom(
  text: string,
): ImportJournal & { readonly size: number; add(key: string, digest: string): void } {
  const rows = new Map<string, string>();
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  for (const line of whole.split("\n")) {
    const parts = LINE.exec(line);
    if (parts) rows.set(parts[1] as string, parts[2] as string);
  }
  return {
    find: (key) => rows.get(key) ?? null,
    add: (key, digest) => void rows.set(key, digest),
    get size() {
      return rows.size;
    },
  };
}

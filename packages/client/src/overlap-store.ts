/** What makes a run resumable: listings that were signed and perhaps not sent, and those whose round is not over. */
export interface Unsettled {
  /** Statements, written down before they are sent. */
  readonly held: readonly string[];
  /** statementHash of listings that are in the log, with proposals that have not become sites yet. */
  readonly waiting: readonly string[];
}

export const SETTLED: Unsettled = { held: [], waiting: [] };

/** Kept by the member's machine: statements have the places in them. */
export interface OverlapStore {
  read(): Promise<Unsettled>;
  write(state: Unsettled): Promise<void>;
}

/** For one process only. */
export function memoryStore(): OverlapStore {
  let state = SETTLED;
  return {
    read: async () => state,
    write: async (next) => {
      state = next;
    },
  };
}

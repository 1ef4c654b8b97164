import type { Bytes } from "@quasarix/shared/bytes.ts";

/** How an operator may cheat, one lie at a time. Absent members tell the truth. */
export interface Lies {
  /** The K that an entry is sealed with. */
  sealK?: (subject: string) => Bytes | null;
  /** The K that a dossier hands out. */
  servedK?: (subject: string) => Bytes | null;
  seq?: (seq: number) => number;
  prev?: Bytes;
  /** Line of the answer, as JSON. */
  answer?: (answer: Record<string, unknown>) => Record<string, unknown>;
  /** Of the consortium, as served. */
  statement?: (text: string, seq: number) => string;
  lines?: (lines: Record<string, unknown>[]) => Record<string, unknown>[];
  row?: (row: Record<string, unknown>) => Record<string, unknown> | null;
}

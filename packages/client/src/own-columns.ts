import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { type ColumnBook, openColumns, type PrivateColumns, sealColumns } from "@quasarix/shared/duplicate/columns.ts";
import type { Sealer } from "@quasarix/shared/ports.ts";
import { ok } from "@quasarix/shared/result.ts";
import type { Keep } from "./ports.ts";
import { type Answer, badInput, broken, type Refusal } from "./refusal.ts";
import type { Routes } from "./routes.ts";

export interface ColumnParts {
  readonly routes: Pick<Routes, "ownColumns" | "keepColumns">;
  readonly keep: Keep;
  readonly sealer: Sealer;
  readonly org: string;
  /** 32 bytes that never leave the member's own machines. */
  readonly key: Bytes;
}

interface Read {
  readonly book: ColumnBook;
  readonly etag: string | null;
}

const keptName = (org: string): string => `columns-${org}`;
const isProblem = (refusal: Refusal, status: number): boolean =>
  refusal.reason === "problem" && refusal.problem.status === status;

/** What one has kept; an older state than the last one seen here is refused, since only the server could bring it back. */
export async function readColumns(parts: ColumnParts): Promise<Answer<Read>> {
  const answer = await parts.routes.ownColumns();
  const seen = Number((await parts.keep.read(keptName(parts.org))) ?? "-1");
  if (!answer.ok) {
    if (!isProblem(answer.failure, 404)) return answer;
    if (seen >= 0) return broken("private columns", "gone");
    return ok({ book: { version: 1, revision: 0, rows: [] }, etag: null });
  }
  const { sealed, etag } = answer.value;
  const opened = await openColumns(parts.sealer, parts, fromBase64url(sealed) ?? new Uint8Array(0));
  if (!opened.ok) return opened.failure === "another-key" ? badInput(ANOTHER_KEY) : badInput(ANOTHER_VERSION);
  if (opened.value.revision < seen) return broken("private columns", "an older state", opened.value.revision);
  await parts.keep.write(keptName(parts.org), String(opened.value.revision));
  return ok({ book: opened.value, etag });
}

const ANOTHER_KEY =
  "the private columns do not open: they were sealed with another key. A colleague who has it exports it with `quasarix site columns key`";
const ANOTHER_VERSION = "the private columns were written by a newer version of this software";
const TOO_LARGE = "the private columns are too many for one blob of 1 MiB";
const ATTEMPTS = 5;

/** Each site's row in place of what was kept of it; a row with nothing but its site is taken away. A colleague's change in between is kept. */
export async function mergeColumns(parts: ColumnParts, rows: readonly PrivateColumns[]): Promise<Answer<ColumnBook>> {
  for (let attempt = 1; ; attempt++) {
    const read = await readColumns(parts);
    if (!read.ok) return read;
    const { book, etag } = read.value;
    const next: ColumnBook = { version: 1, revision: book.revision + 1, rows: merged(book.rows, rows) };
    const sealed = await sealColumns(parts.sealer, parts, next);
    if (!sealed.ok) return badInput(TOO_LARGE);
    const kept = await parts.routes.keepColumns(base64url(sealed.value), etag);
    if (kept.ok) {
      await parts.keep.write(keptName(parts.org), String(next.revision));
      return ok(next);
    }
    // Also where our own first attempt arrived and its answer did not: merging the same rows again changes nothing.
    if (!isProblem(kept.failure, 412) || attempt === ATTEMPTS) return kept;
  }
}

function merged(old: readonly PrivateColumns[], changes: readonly PrivateColumns[]): PrivateColumns[] {
  const bySite = new Map(old.map((row) => [row.site, row]));
  for (const row of changes) {
    if (Object.keys(row).length > 1) bySite.set(row.site, row);
    else bySite.delete(row.site);
  }
  return [...bySite.values()].sort((a, b) => (a.site < b.site ? -1 : 1));
}

import { bytes32 } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { readU64be, u64be } from "@quasarix/shared/bytes.ts";
import { macText, openMacText } from "@quasarix/shared/mac-text.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import type { ApiSlice } from "../env.ts";
import type { ApiContext } from "./context.ts";

export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
}

interface PageAsk<R, T> {
  /** The list and every filter that shapes it; the asker is added. A cursor of another list does not open. */
  readonly filter: readonly string[];
  readonly query: { readonly cursor?: string | undefined; readonly limit: number };
  /** Up to `limit` rows whose position is above `after`, ascending. */
  readonly read: (after: number, limit: number) => Promise<readonly R[]>;
  readonly positionOf: (row: R) => number;
  readonly show: (row: R) => T;
}

const BAD: Failure = {
  reason: "invalid-input",
  places: [{ pointer: "/cursor", message: "must be the `next` of a page" }],
};

/** One page, and the cursor of the next where there is one. Positions are log indexes or seqs: -1 lies before the first. */
export async function readPage<R, T>(c: ApiContext, ask: PageAsk<R, T>): Promise<Result<Page<T>, Failure>> {
  const key = cursorKey(c.env);
  const label = labelOf([...ask.filter, c.var.principal.org]);
  const { cursor, limit } = ask.query;
  const payload = cursor === undefined ? null : openMacText(key, label, cursor);
  if (cursor !== undefined && payload?.length !== 8) return fail(BAD);
  const after = payload ? (readU64be(payload, 0) ?? -1) : -1;
  const rows = await ask.read(after, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? macText(key, label, u64be(ask.positionOf(last))) : null;
  return ok({ items: shown.map(ask.show), next });
}

const labelOf = (filter: readonly string[]): string => `quasarix/cursor/v1\n${JSON.stringify(filter)}`;

/** Also signs key challenges, under another label. */
export const cursorKey = ({ CURSOR_KEY }: Pick<ApiSlice, "CURSOR_KEY">): Bytes => bytes32(CURSOR_KEY, "CURSOR_KEY");

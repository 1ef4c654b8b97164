import * as z from "zod";
import type { Bytes } from "../bytes.ts";
import { concat, fromUtf8, u32be, utf8 } from "../bytes.ts";
import type { Sealer } from "../ports.ts";
import { lineText } from "../registry/text.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { siteId } from "../wire/ids.ts";

/** What a member spends with a site, as its own bands from the largest, `A`, down. */
export const SPEND_BANDS = ["A", "B", "C", "D"] as const;
/** How much could go wrong there, as the member itself sees it. */
export const RISK_BANDS = ["low", "medium", "high"] as const;

/** What a member keeps beside a site of its list, for itself alone: never in a statement, and sealed wherever it lies. */
export const privateColumns = z.strictObject({
  site: siteId,
  /** The supplier's number in the member's own systems. */
  erp: lineText(80).optional(),
  category: lineText(120).optional(),
  owner: lineText(120).optional(),
  spend: z.enum(SPEND_BANDS).optional(),
  strategic: z.boolean().optional(),
  risk: z.enum(RISK_BANDS).optional(),
  /** Deliveries on time, per cent. */
  delivery: z.number().min(0).max(100).optional(),
  /** Defects in a million parts. */
  defects: z.number().min(0).max(1_000_000).optional(),
});
export type PrivateColumns = z.infer<typeof privateColumns>;

/** All of a member's private columns; `revision` rises with every change, so that an older state is noticed. */
export const columnBook = z.strictObject({
  version: z.literal(1),
  revision: z.int().min(0),
  rows: z.array(privateColumns).max(50_000),
});
export type ColumnBook = z.infer<typeof columnBook>;

export const SMALLEST_BLOB = 4_096;
/** One row of the server's store holds 2 MB, and base64 takes a third more. */
export const LARGEST_BLOB = 1_048_576;

/** iv and tag (FORMATS 7), and the length of what is no padding. */
const SEALED_MORE = 12 + 16;
const FRAME = 4;

const TAG = utf8("quasarix/own-columns/v1\n");
const aadOf = (org: string): Bytes => concat(TAG, utf8(org));

export const isBlobLength = (length: number): boolean =>
  length >= SMALLEST_BLOB && length <= LARGEST_BLOB && Number.isInteger(Math.log2(length));

/**
 * Sealed under the member's key, for this organisation alone. Its length is a power of two, so that it tells no more than
 * the order of magnitude. Refused where the columns are too many for one blob.
 */
export async function sealColumns(
  sealer: Sealer,
  { key, org }: { readonly key: Bytes; readonly org: string },
  book: ColumnBook,
): Promise<Result<Bytes, "too-large">> {
  const text = utf8(JSON.stringify(book));
  let length = SMALLEST_BLOB;
  while (length < text.length + FRAME + SEALED_MORE) length *= 2;
  if (length > LARGEST_BLOB) return fail("too-large");
  const padding = new Uint8Array(length - SEALED_MORE - FRAME - text.length);
  return ok(await sealer.seal(key, aadOf(org), concat(u32be(text.length), text, padding)));
}

export type ColumnsRefusal = "another-key" | "another-version";

/** The inverse. `another-key`: it was sealed with a key that is not this one, or altered. */
export async function openColumns(
  sealer: Sealer,
  { key, org }: { readonly key: Bytes; readonly org: string },
  sealed: Bytes,
): Promise<Result<ColumnBook, ColumnsRefusal>> {
  const plain = isBlobLength(sealed.length) ? await sealer.open(key, aadOf(org), sealed) : null;
  if (!plain) return fail("another-key");
  const length = new DataView(plain.buffer, plain.byteOffset).getUint32(0);
  const read = columnBook.safeParse(jsonOf(fromUtf8(plain.subarray(FRAME, FRAME + length))));
  return read.success ? ok(read.data) : fail("another-version");
}

function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

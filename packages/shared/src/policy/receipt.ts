import * as z from "zod";
import { base64url } from "../base64.ts";
import { utf8 } from "../bytes.ts";
import { sha256 } from "../sha256.ts";
import { hashText } from "../wire/ids.ts";
import type { ReceiptView } from "../wire/receipts.ts";

/**
 * Claims of `receipts`, signed by the platform in the holder's own dossier: how far the chain went that the holder sees.
 * A hash of what it does not see yet would give the reader away: all else of a receipt is easily guessed.
 */
export const receiptsClaims = z.strictObject({ seq: z.int().min(0), hash: hashText });
export type ReceiptsClaims = z.infer<typeof receiptsClaims>;

/** `prev` of a holder's first receipt: 32 zero bytes. */
export const NO_RECEIPT = base64url(new Uint8Array(32));

/** SHA-256 over the compact JSON of a receipt without its hash, members in this order: anyone can walk the chain. */
export function receiptHash(receipt: Omit<ReceiptView, "hash">): string {
  const { seq, at, site, audit, reader, standing, sections, purpose, because, prev } = receipt;
  return base64url(
    sha256(utf8(JSON.stringify({ seq, at, site, audit, reader, standing, sections, purpose, because, prev }))),
  );
}

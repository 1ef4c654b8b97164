import { base64url } from "../base64.ts";
import { utf8 } from "../bytes.ts";
import { sha256 } from "../sha256.ts";
import type { ReceiptView } from "../wire/sharing.ts";

/** `prev` of a holder's first receipt: 32 zero bytes. */
export const NO_RECEIPT = base64url(new Uint8Array(32));

/** SHA-256 over the compact JSON of a receipt without its hash, members in this order: anyone can walk the chain. */
export function receiptHash(receipt: Omit<ReceiptView, "hash">): string {
  const { seq, at, site, audit, reader, standing, sections, purpose, because, prev } = receipt;
  return base64url(
    sha256(utf8(JSON.stringify({ seq, at, site, audit, reader, standing, sections, purpose, because, prev }))),
  );
}

import { csvRow } from "../csv.ts";
import type { ReceiptView } from "../wire/receipts.ts";
import { PURPOSES } from "./purposes.ts";

/** What a person reads beside the ids. Null where the registry has no such name, and for a reader that is a kind. */
export interface ReceiptNames {
  readonly siteName: string | null;
  readonly readerName: string | null;
}

const HEADER = [
  "time",
  "site",
  "site name",
  "audit",
  "reader",
  "reader name",
  "right",
  "sections",
  "purpose",
  "purpose in words",
  "because",
  "seq",
  "prev",
  "hash",
];

export const RECEIPT_CSV_HEADER: string = csvRow(HEADER);

/** A reader without a name of its own: *a member*, *an auditor*. */
const categoryOf = (kind: string): string => `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind.replaceAll("-", " ")}`;

/** One receipt as a row. All that is hashed is in it, so that the chain can be checked from the file too. */
export const receiptCsvRow = (receipt: ReceiptView, { siteName, readerName }: ReceiptNames): string =>
  csvRow([
    new Date(receipt.at).toISOString(),
    receipt.site,
    siteName ?? "",
    receipt.audit,
    receipt.reader,
    readerName ?? (receipt.reader.startsWith("org_") ? "" : categoryOf(receipt.reader)),
    receipt.standing,
    receipt.sections.join(" "),
    receipt.purpose,
    PURPOSES[receipt.purpose],
    receipt.because.join(" "),
    String(receipt.seq),
    receipt.prev,
    receipt.hash,
  ]);

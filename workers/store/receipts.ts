import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { ReceiptNames } from "@quasarix/shared/policy/receipt-csv.ts";
import type { ReceiptView } from "@quasarix/shared/wire/receipts.ts";
import type { Db } from "./db.ts";

/** Which part of one's chain; times in Unix ms, `until` exclusive. */
export interface ReceiptFilter {
  readonly site?: string | undefined;
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

export interface ListedReceipt {
  readonly view: ReceiptView;
  readonly names: ReceiptNames;
}

type Row = Omit<ReceiptView, "sections" | "because"> & ReceiptNames & { sections: string; because: string };

/** `seq` of the first receipt of a chain that its holder does not see yet at `now`; null where it sees all. */
export const firstHidden = (holder: string, now: string): string =>
  `(SELECT min(seq) FROM receipts INDEXED BY receipts_delayed WHERE holder = ${holder} AND shown_from > at AND shown_from > ${now})`;

// Nothing behind a hidden one either: its `prev` would be the hidden one's hash, and a hole in the chain looks like fraud.
export const PAGE = `SELECT r.seq, r.at, r.site, r.audit, r.reader, r.standing, r.sections, r.purpose, r.because, r.prev, r.hash,
    s.name AS siteName, o.name AS readerName
  FROM receipts AS r LEFT JOIN sites AS s ON s.id = r.site LEFT JOIN organisations AS o ON o.id = r.reader
  WHERE r.holder = ?1 AND r.seq > ?2 AND r.seq < ifnull(${firstHidden("?1", "?4")}, 9e15)
    AND (?5 IS NULL OR r.site = ?5) AND (?6 IS NULL OR r.at >= ?6) AND (?7 IS NULL OR r.at < ?7)
  ORDER BY r.seq LIMIT ?3`;

/** Who read what of the asker's, in the order of its own hash chain, as far as the rulebook lets it see by `now`. */
export async function listReceipts(
  db: Db,
  by: Principal,
  { site, from, until }: ReceiptFilter,
  page: { readonly after: number; readonly limit: number; readonly now: number },
): Promise<ListedReceipt[]> {
  const { results } = await db
    .prepare(PAGE)
    .bind(by.org, page.after, page.limit, page.now, site ?? null, from ?? null, until ?? null)
    .all<Row>();
  return results.map(({ siteName, readerName, ...row }) => ({
    view: { ...row, sections: JSON.parse(row.sections), because: JSON.parse(row.because) },
    names: { siteName, readerName },
  }));
}

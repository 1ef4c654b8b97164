import * as z from "zod";
import { AUDIT_SECTIONS } from "../policy/sections.ts";
import { kindCode } from "../registry/kinds.ts";
import { hashText, orgId, siteId } from "./ids.ts";
import { pageOf, pageQuery } from "./registry.ts";
import { purpose } from "./sharing.ts";
import { ownStatement } from "./statement.ts";

export const receiptView = z
  .strictObject({
    seq: z.int(),
    at: z.int(),
    site: siteId,
    audit: hashText,
    reader: z.union([orgId, kindCode]).describe("Who read; its kind alone where the rulebook keeps names back"),
    standing: z.enum(["author", "submitter", "supplier", "grant"]),
    sections: z.array(z.enum(AUDIT_SECTIONS)),
    purpose,
    because: z.array(hashText),
    prev: z.string(),
    hash: z.string(),
  })
  .meta({ id: "ReadReceipt", description: "hash = SHA-256 of the compact JSON of the other members in this order" });
export type ReceiptView = z.infer<typeof receiptView>;

export const receiptPage = pageOf(receiptView);

const moment = z.coerce.number().int().min(0);

/** Filters of both forms of the list. */
const filters = {
  site: siteId.optional(),
  from: moment.optional().describe("Unix ms: reads at or after"),
  until: moment.optional().describe("Unix ms: reads before"),
};

export const receiptQuery = pageQuery.extend(filters);

/** Rows of one file; the `Link` header leads to the rest. */
export const CSV_ROWS = 5_000;
export const receiptCsvQuery = pageQuery.extend({
  ...filters,
  limit: z.coerce.number().int().min(1).max(CSV_ROWS).default(CSV_ROWS),
});

export const receiptHeadView = z
  .strictObject({ head: ownStatement.nullable().describe("Null while the log holds none of yours") })
  .meta({ id: "ReceiptHead", description: "The newest `receipts` statement in your dossier, with its proof" });

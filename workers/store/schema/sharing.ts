import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Projection of `existence` facts and ids; anything else of an audit stays ciphertext (DESIGN 4). */
export const audits = sqliteTable(
  "audits",
  {
    hash: text().primaryKey(),
    site: text().notNull(),
    author: text().notNull(),
    kid: text().notNull(),
    provenance: text().notNull(),
    scheme: text().notNull(),
    schemeVersion: text("scheme_version"),
    auditFrom: text("audit_from").notNull(),
    auditTo: text("audit_to"),
    validUntil: text("valid_until"),
    announcement: text().notNull(),
    kind: text().notNull(),
    /** JSON array. */
    topics: text().notNull(),
    assessorKind: text("assessor_kind"),
    accreditation: text(),
    sharingRight: text("sharing_right").notNull(),
    logIndex: integer("log_index").notNull(),
    admittedAt: integer("admitted_at").notNull(),
    /** Unix ms from which on its supplier is told of it (again). Null: the clock of its reply runs, or it needs none. */
    noticeDue: integer("notice_due"),
  },
  (table) => [
    index("audits_by_notice").on(table.noticeDue).where(sql`notice_due IS NOT NULL`),
    index("audits_by_place").on(table.logIndex),
    index("audits_by_site").on(table.site, table.logIndex),
    index("audits_by_author").on(table.author, table.logIndex),
  ],
);

/** JSON arrays in `sections` and `purposes`; times are Unix ms. */
export const grants = sqliteTable(
  "grants",
  {
    id: text().primaryKey(),
    grantor: text().notNull(),
    grantee: text().notNull(),
    site: text().notNull(),
    audit: text(),
    /** Of that one audit; null where the grant is of all audits of the site. */
    auditIndex: integer("audit_index"),
    sections: text().notNull(),
    purposes: text().notNull(),
    notBefore: integer("not_before").notNull(),
    notAfter: integer("not_after").notNull(),
    logIndex: integer("log_index").notNull(),
    /** Of an answer: the request that it said yes to. */
    request: text(),
    revokedBy: text("revoked_by"),
    revokedIndex: integer("revoked_index"),
  },
  (table) => [
    // Grants of one kind lie side by side, those that stand before those revoked, so that a reader takes one of each kind.
    index("grants_by_kind").on(
      table.grantee,
      table.site,
      table.audit,
      table.revokedBy,
      table.sections,
      table.purposes,
      table.notAfter,
    ),
    index("grants_of_site")
      .on(table.grantee, table.site, table.notAfter)
      .where(sql`audit IS NULL AND revoked_by IS NULL`),
    index("grants_of_one")
      .on(table.grantee, table.auditIndex, table.notAfter)
      .where(sql`audit_index IS NOT NULL AND revoked_by IS NULL`),
    index("grants_by_grantor").on(table.grantor, table.logIndex),
  ],
);

/** Hash chain per holder (`ReceiptNote` in shared/policy/scope.ts): a read without its row here did not happen. */
export const receipts = sqliteTable(
  "receipts",
  {
    holder: text().notNull(),
    seq: integer().notNull(),
    at: integer().notNull(),
    site: text().notNull(),
    audit: text().notNull(),
    /** An organisation's id or only its kind, as the rulebook said: what is hashed is what is shown. */
    reader: text().notNull(),
    standing: text().notNull(),
    /** JSON arrays. */
    sections: text().notNull(),
    purpose: text().notNull(),
    because: text().notNull(),
    prev: text().notNull(),
    hash: text().notNull(),
    /** Unix ms from which on the holder sees it. */
    shownFrom: integer("shown_from").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.holder, table.seq] }),
    index("receipts_of_suppliers").on(table.at).where(sql`standing = 'supplier'`),
    // Where each chain's first hidden receipt stands, without a look at those that are shown at once.
    index("receipts_delayed").on(table.holder, table.shownFrom, table.seq).where(sql`shown_from > at`),
  ],
);

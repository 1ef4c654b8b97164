import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The last by log index is in force. `claims`: JSON, as signed. */
export const rulebooks = sqliteTable(
  "rulebooks",
  {
    statement: text().primaryKey(),
    claims: text().notNull(),
    logIndex: integer("log_index").notNull(),
    admittedAt: integer("admitted_at").notNull(),
  },
  (table) => [index("rulebooks_by_place").on(table.logIndex)],
);

/** A supplier's yes to the pool of one rulebook, for one site. */
export const terms = sqliteTable(
  "terms",
  {
    statement: text().primaryKey(),
    supplier: text().notNull(),
    site: text().notNull(),
    rulebook: text().notNull(),
    logIndex: integer("log_index").notNull(),
    revokedBy: text("revoked_by"),
    revokedIndex: integer("revoked_index"),
  },
  (table) => [index("terms_by_site").on(table.site), index("terms_by_rulebook").on(table.rulebook, table.site)],
);

/** The paying buyer's; never shown to a reader. `sections`: JSON array. */
export const consents = sqliteTable(
  "consents",
  {
    id: text().primaryKey(),
    org: text().notNull(),
    audit: text().notNull(),
    sections: text().notNull(),
    notBefore: integer("not_before").notNull(),
    notAfter: integer("not_after").notNull(),
    logIndex: integer("log_index").notNull(),
    revokedBy: text("revoked_by"),
    revokedIndex: integer("revoked_index"),
  },
  (table) => [index("consents_by_audit").on(table.audit), index("consents_by_org").on(table.org, table.logIndex)],
);

/** JSON arrays in `sections` and `purposes`; `until` in Unix ms. */
export const requests = sqliteTable(
  "requests",
  {
    hash: text().primaryKey(),
    org: text().notNull(),
    site: text().notNull(),
    audit: text(),
    sections: text().notNull(),
    purposes: text().notNull(),
    until: integer().notNull(),
    logIndex: integer("log_index").notNull(),
    admittedAt: integer("admitted_at").notNull(),
  },
  (table) => [
    index("requests_by_org").on(table.org, table.logIndex),
    index("requests_by_site").on(table.site, table.logIndex),
  ],
);

export const answers = sqliteTable(
  "answers",
  {
    hash: text().primaryKey(),
    request: text().notNull(),
    supplier: text().notNull(),
    answer: text().notNull(),
    reason: text(),
    logIndex: integer("log_index").notNull(),
    admittedAt: integer("admitted_at").notNull(),
  },
  (table) => [index("answers_by_request").on(table.request, table.logIndex)],
);

/** What the clock of an audit's reply stands on: `opened` (number 0) or notice 1 to 3. */
export const deliveries = sqliteTable(
  "deliveries",
  {
    audit: text().notNull(),
    event: text().notNull(),
    number: integer().notNull(),
    statement: text().notNull(),
    logIndex: integer("log_index").notNull(),
    admittedAt: integer("admitted_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.audit, table.event, table.number] })],
);

/** Replies, disputes and corrections of audits; what they say stays sealed in their statements. */
export const responses = sqliteTable(
  "responses",
  {
    statement: text().primaryKey(),
    audit: text().notNull(),
    type: text().notNull(),
    /** Of a reply: `accepts`. */
    stance: text(),
    /** Of a correction: the audit that stands in its place. */
    by: text(),
    logIndex: integer("log_index").notNull(),
    admittedAt: integer("admitted_at").notNull(),
  },
  (table) => [index("responses_by_audit").on(table.audit, table.logIndex)],
);

/** What was refused to a signed caller, a row a day for each kind of attempt: the operator's log. */
export const denials = sqliteTable(
  "denials",
  {
    day: text().notNull(),
    org: text().notNull(),
    action: text().notNull(),
    /** The record that was asked for, where it exists; empty where there is none. */
    target: text().notNull(),
    why: text().notNull(),
    times: integer().notNull(),
    firstAt: integer("first_at").notNull(),
    lastAt: integer("last_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.org, table.action, table.target, table.why] })],
);

/** The last head of a holder's receipts that the log holds (DESIGN 8: daily). */
export const receiptHeads = sqliteTable("receipt_heads", {
  holder: text().primaryKey(),
  seq: integer().notNull(),
  statement: text().notNull(),
  admittedAt: integer("admitted_at").notNull(),
});

import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/**
 * One narrow row a statement, since recording its place rewrites it. Staged while `logIndex` is null: that partial index
 * is the outbox. Hashes are b64url text.
 */
export const statements = sqliteTable(
  "statements",
  {
    id: integer().primaryKey(),
    hash: text().notNull(),
    issuer: text().notNull(),
    jti: text().notNull(),
    kid: text().notNull(),
    type: text().notNull(),
    subject: text().notNull(),
    answers: text(),
    stagedAt: integer("staged_at").notNull(),
    logIndex: integer("log_index"),
    seq: integer(),
    admittedAt: integer("admitted_at"),
    prev: text(),
  },
  (table) => [
    uniqueIndex("statements_by_hash").on(table.hash),
    uniqueIndex("statements_by_jti").on(table.issuer, table.jti),
    uniqueIndex("statements_by_log_index").on(table.logIndex),
    index("statements_by_dossier").on(table.subject, table.seq),
    index("statements_by_type").on(table.issuer, table.type, table.logIndex).where(sql`type = 'keyring'`),
    index("outbox").on(table.stagedAt).where(sql`log_index IS NULL`),
  ],
);

/**
 * What a statement says, under the id of its row. `bodies` is JSON `{section: sealed}`, `wrapped` the sealed section keys
 * (FORMATS 7), both b64url: erasing drops both parts. An id may be used again, so a body goes with its statement.
 */
export const statementBodies = sqliteTable("statement_bodies", {
  id: integer()
    .primaryKey()
    .references(() => statements.id, { onDelete: "cascade" }),
  jwt: text().notNull(),
  bodies: text().notNull(),
  wrapped: text(),
  kekVersion: integer("kek_version").notNull(),
});

/** Two statements of one author under one jti: the later one, kept as evidence. */
export const jtiConflicts = sqliteTable("jti_conflicts", {
  hash: text().primaryKey(),
  issuer: text().notNull(),
  jti: text().notNull(),
  first: text().notNull(),
  statement: text().notNull(),
  seenAt: integer("seen_at").notNull(),
});

/** What a member handed to intake. Nothing else in the store says which member holds a report. */
export const submissions = sqliteTable(
  "submissions",
  {
    hash: text().primaryKey(),
    org: text().notNull(),
    site: text().notNull(),
    logIndex: integer("log_index").notNull(),
    /** Unix ms; 0 in rows from before it was kept. */
    admittedAt: integer("admitted_at").notNull().default(0),
    /** The own submission that this one stands in place of. */
    replaces: text(),
    /** 1: a claim without a report (provenance `listed`). */
    listed: integer().notNull().default(0),
    /** The audit that intake issued for it; null until its round. */
    audit: text(),
    /** Null until that audit has its place. */
    auditIndex: integer("audit_index"),
  },
  (table) => [
    index("submissions_by_org").on(table.org, table.logIndex),
    index("submissions_of_reports").on(table.org, table.logIndex).where(sql`listed = 0`),
    index("submissions_by_place").on(table.org, table.auditIndex).where(sql`audit_index IS NOT NULL`),
    index("submissions_waiting").on(table.logIndex).where(sql`audit IS NULL`),
    index("submissions_by_audit").on(table.audit),
    index("submissions_replaced").on(table.replaces).where(sql`replaces IS NOT NULL`),
  ],
);

/** The newest size and root whose projections are in D1 (DESIGN 5). One row, id 1. */
export const anchor = sqliteTable("anchor", {
  id: integer().primaryKey(),
  size: integer().notNull(),
  root: text().notNull(),
});

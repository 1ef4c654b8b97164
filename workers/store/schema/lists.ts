import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * Where a site may be found by: a look-up reads the first rows of a few keys, never the registry. Two numbers a row, since a
 * site has some twenty: 48 bits of the key's hash, and the log index of the site's opening.
 */
export const siteKeys = sqliteTable("site_keys", { key: integer().notNull(), site: integer().notNull() }, (table) => [
  primaryKey({ columns: [table.key, table.site] }),
]);

/** Two ids of one facility. Undone by a `split`; grants stay with the id that they name. */
export const siteMerges = sqliteTable(
  "site_merges",
  {
    statement: text().primaryKey(),
    stays: text().notNull(),
    absorbed: text().notNull(),
    logIndex: integer("log_index").notNull(),
    splitBy: text("split_by"),
    splitIndex: integer("split_index"),
  },
  (table) => [
    index("site_merges_by_absorbed").on(table.absorbed, table.logIndex),
    index("site_merges_by_stays").on(table.stays, table.logIndex),
  ],
);

/** A member's list as its `listing` statements say it: the last line of a site counts. Shown to that member alone. */
export const listings = sqliteTable(
  "listings",
  {
    org: text().notNull(),
    site: text().notNull(),
    /** `current`, `intended` or `dropped`. */
    relation: text().notNull(),
    statement: text().notNull(),
    logIndex: integer("log_index").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.org, table.site, table.logIndex] }),
    index("listings_by_org").on(table.org),
    index("listings_by_site").on(table.site),
  ],
);

/** What each `listing` proposes in its section `places`, sealed there: none, or sites that the registry lacks. */
export const proposals = sqliteTable(
  "proposals",
  {
    listing: text().primaryKey(),
    org: text().notNull(),
    relation: text().notNull(),
    logIndex: integer("log_index").notNull(),
    admittedAt: integer("admitted_at").notNull(),
    /** JSON array of `{number, site}`, one a place; null until its round. */
    sites: text(),
  },
  (table) => [index("proposals_waiting").on(table.listing).where(sql`sites IS NULL`)],
);

/** A member's private columns: one blob that only the member can open, its size padded. */
export const ownColumns = sqliteTable("own_columns", {
  org: text().primaryKey(),
  etag: text().notNull(),
  /** b64url. */
  sealed: text().notNull(),
  updatedAt: integer("updated_at").notNull(),
});

/** What a statement took of its author's allowance of a period; sent again it takes nothing. */
export const allowanceUses = sqliteTable(
  "allowance_uses",
  {
    statement: text().primaryKey(),
    org: text().notNull(),
    kind: text().notNull(),
    /** `2026-Q4`. */
    period: text().notNull(),
    n: integer().notNull(),
  },
  (table) => [index("allowance_uses_by_org").on(table.org, table.kind, table.period)],
);

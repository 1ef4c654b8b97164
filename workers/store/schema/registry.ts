import { index, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** A subject reserved (opening null) or opened; `factsVersion` rises with every change to who may see what of it. */
export const subjects = sqliteTable("subjects", {
  id: text().primaryKey(),
  kind: text().notNull(),
  commitment: text().notNull(),
  reservedBy: text("reserved_by").notNull(),
  reservedAt: integer("reserved_at").notNull(),
  opening: text(),
  openingIndex: integer("opening_index"),
  factsVersion: integer("facts_version").notNull().default(0),
});

export const organisations = sqliteTable("organisations", {
  id: text().primaryKey(),
  kind: text().notNull(),
  name: text().notNull(),
  country: text(),
  isOperator: integer("is_operator", { mode: "boolean" }).notNull().default(false),
  suspended: integer({ mode: "boolean" }).notNull().default(false),
  /** JSON array of the kids that the operator admitted with the opening. */
  admits: text().notNull(),
  statement: text().notNull(),
  logIndex: integer("log_index").notNull(),
});

export const keys = sqliteTable(
  "keys",
  {
    kid: text().primaryKey(),
    x: text().notNull(),
    org: text().notNull(),
    use: text().notNull(),
    custody: text(),
    statement: text().notNull(),
    fromIndex: integer("from_index").notNull(),
    untilIndex: integer("until_index"),
    lossIndex: integer("loss_index"),
    /** Log index of the statement that declared the loss: a keyring that covers less does not know it. */
    lossKnown: integer("loss_known"),
  },
  (table) => [index("keys_by_org").on(table.org)],
);

export const sites = sqliteTable(
  "sites",
  {
    id: text().primaryKey(),
    supplier: text(),
    name: text().notNull(),
    country: text().notNull(),
    address: text(),
    city: text(),
    region: text(),
    postcode: text(),
    latitude: real(),
    longitude: real(),
    sector: text(),
    tier: text(),
    /** JSON array of `{scheme, value}`. */
    identifiers: text().notNull(),
    statement: text().notNull(),
    logIndex: integer("log_index").notNull(),
  },
  (table) => [index("sites_by_supplier").on(table.supplier), index("sites_by_log_index").on(table.logIndex)],
);

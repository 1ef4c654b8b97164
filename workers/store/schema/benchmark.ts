import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Versions of frameworks; the highest version of an id is the newest. `claims`: JSON, as signed. */
export const frameworks = sqliteTable(
  "frameworks",
  {
    statement: text().primaryKey(),
    id: text().notNull(),
    version: integer().notNull(),
    claims: text().notNull(),
    logIndex: integer("log_index").notNull(),
    admittedAt: integer("admitted_at").notNull(),
  },
  (table) => [index("frameworks_by_id").on(table.id, table.version)],
);

/** Release plans that the operator put to the vote. The file itself is with the releases. */
export const releasePlans = sqliteTable(
  "release_plans",
  {
    statement: text().primaryKey(),
    /** SHA-256 of the plan's file. */
    plan: text().notNull(),
    profile: text().notNull(),
    /** JSON array. */
    series: text().notNull(),
    logIndex: integer("log_index").notNull(),
    admittedAt: integer("admitted_at").notNull(),
  },
  (table) => [index("release_plans_by_plan").on(table.plan), index("release_plans_by_index").on(table.logIndex)],
);

/** Every vote; a member's last one on a plan counts. */
export const votes = sqliteTable(
  "votes",
  {
    statement: text().primaryKey(),
    org: text().notNull(),
    plan: text().notNull(),
    choice: text().notNull(),
    logIndex: integer("log_index").notNull(),
    admittedAt: integer("admitted_at").notNull(),
  },
  (table) => [index("votes_by_plan").on(table.plan, table.logIndex)],
);

/** What was published. `claims`: JSON, as signed. */
export const releases = sqliteTable(
  "releases",
  {
    plan: text().notNull(),
    cohort: text().notNull(),
    statement: text().notNull(),
    claims: text().notNull(),
    logIndex: integer("log_index").notNull(),
    admittedAt: integer("admitted_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.plan, table.cohort] }), index("releases_by_index").on(table.logIndex)],
);

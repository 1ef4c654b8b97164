import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Up to which log size a member hears of what others have (`size`), from `closedAt` on. */
export const discoveryBatches = sqliteTable(
  "discovery_batches",
  {
    number: integer().primaryKey(),
    closedAt: integer("closed_at").notNull(),
    size: integer().notNull(),
  },
  (table) => [index("discovery_batches_by_size").on(table.size)],
);

/** A supplier took its site out of discovery; `revoke` puts it back. */
export const discoveryWithdrawals = sqliteTable(
  "discovery_withdrawals",
  {
    statement: text().primaryKey(),
    supplier: text().notNull(),
    site: text().notNull(),
    logIndex: integer("log_index").notNull(),
    revokedBy: text("revoked_by"),
    revokedIndex: integer("revoked_index"),
  },
  (table) => [
    index("discovery_withdrawals_by_site").on(table.site),
    index("discovery_withdrawals_by_supplier").on(table.supplier, table.logIndex),
  ],
);

/** Who asked for the overlap of a site in which batch. The supplier sees sums by quarter, never the rows. */
export const lookUps = sqliteTable(
  "look_ups",
  {
    site: text().notNull(),
    batch: integer().notNull(),
    org: text().notNull(),
    /** `2026-Q4`. */
    quarter: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.site, table.batch, table.org] })],
);

/** Acceptance policies; the newest of a member is in force. `claims`: JSON, as signed. */
export const policies = sqliteTable(
  "policies",
  {
    statement: text().primaryKey(),
    org: text().notNull(),
    claims: text().notNull(),
    logIndex: integer("log_index").notNull(),
    admittedAt: integer("admitted_at").notNull(),
  },
  (table) => [index("policies_by_org").on(table.org, table.logIndex)],
);

/** Audits that members plan. JSON arrays in `schemes` and `topics`; days as YYYY-MM-DD. Why anyway stays sealed. */
export const intents = sqliteTable(
  "intents",
  {
    hash: text().primaryKey(),
    org: text().notNull(),
    site: text().notNull(),
    schemes: text().notNull(),
    topics: text().notNull(),
    windowFrom: text("window_from").notNull(),
    windowUntil: text("window_until").notNull(),
    kind: text().notNull(),
    /** Of a gap audit: the audit that it completes. */
    covers: text(),
    mayJoin: integer("may_join").notNull(),
    /** The plan that it joins. */
    joins: text(),
    anyway: integer().notNull().default(0),
    /** The own earlier intent that it stands in place of. */
    replaces: text(),
    logIndex: integer("log_index").notNull(),
    admittedAt: integer("admitted_at").notNull(),
    revokedBy: text("revoked_by"),
    revokedIndex: integer("revoked_index"),
  },
  (table) => [
    index("intents_by_org").on(table.org, table.logIndex),
    index("intents_by_site").on(table.site, table.logIndex),
    index("intents_by_plan").on(table.joins),
    index("intents_changed").on(table.replaces).where(sql`replaces IS NOT NULL`),
    index("intents_joining").on(table.windowUntil).where(sql`joins IS NOT NULL`),
    index("intents_anyway").on(table.logIndex).where(sql`anyway = 1`),
  ],
);

/** What the platform stated to each joiner of a plan. */
export const joints = sqliteTable(
  "joints",
  {
    statement: text().primaryKey(),
    plan: text().notNull(),
    org: text().notNull(),
    site: text().notNull(),
    /** JSON array. */
    topics: text().notNull(),
    windowFrom: text("window_from").notNull(),
    windowUntil: text("window_until").notNull(),
    /** 1: too few are left, or this joiner withdrew. */
    isOver: integer("is_over").notNull().default(0),
    logIndex: integer("log_index").notNull(),
    admittedAt: integer("admitted_at").notNull(),
  },
  (table) => [
    index("joints_by_plan").on(table.plan, table.logIndex),
    index("joints_by_org").on(table.org, table.logIndex),
    index("joints_by_site").on(table.site),
    index("joints_by_place").on(table.logIndex),
  ],
);

/** A joiner's yes to being named to the others. */
export const jointNames = sqliteTable(
  "joint_names",
  {
    statement: text().primaryKey(),
    plan: text().notNull(),
    org: text().notNull(),
    logIndex: integer("log_index").notNull(),
    revokedBy: text("revoked_by"),
    revokedIndex: integer("revoked_index"),
  },
  (table) => [index("joint_names_by_plan").on(table.plan)],
);

/** What the secretariat recorded of a joint audit's cost, in cents; the first of a plan counts. Shown to nobody else. */
export const jointCosts = sqliteTable(
  "joint_costs",
  {
    statement: text().primaryKey(),
    plan: text().notNull(),
    cents: integer().notNull(),
    currency: text().notNull(),
    split: text().notNull(),
    /** JSON object, joiner to weight; null but for a split by weights. */
    weights: text(),
    logIndex: integer("log_index").notNull(),
    admittedAt: integer("admitted_at").notNull(),
  },
  (table) => [index("joint_costs_by_plan").on(table.plan, table.logIndex)],
);

/** How often which reason was given for ordering anyway, as far as it is shown: counted anew with each batch, never by member. */
export const reasonTotals = sqliteTable("reason_totals", {
  code: text().primaryKey(),
  times: integer().notNull(),
});

/** Each joiner's share, in cents of `currency`. */
export const settlements = sqliteTable(
  "settlements",
  {
    statement: text().primaryKey(),
    plan: text().notNull(),
    org: text().notNull(),
    cents: integer().notNull(),
    currency: text().notNull(),
    split: text().notNull(),
    logIndex: integer("log_index").notNull(),
    admittedAt: integer("admitted_at").notNull(),
  },
  (table) => [index("settlements_by_plan").on(table.plan), index("settlements_by_org").on(table.org, table.logIndex)],
);

/** An existing audit in place of one's own. Days in quarters, money in cents. */
export const recognitions = sqliteTable(
  "recognitions",
  {
    hash: text().primaryKey(),
    org: text().notNull(),
    audit: text().notNull(),
    /** The scheme that one's own audit would have followed. */
    scheme: text().notNull(),
    quarterDays: integer("quarter_days").notNull(),
    cents: integer(),
    currency: text(),
    logIndex: integer("log_index").notNull(),
    admittedAt: integer("admitted_at").notNull(),
    revokedBy: text("revoked_by"),
    revokedIndex: integer("revoked_index"),
  },
  (table) => [
    index("recognitions_by_org").on(table.org, table.logIndex),
    index("recognitions_by_audit").on(table.audit),
  ],
);

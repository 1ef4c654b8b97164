import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";

export type Db = DrizzleD1Database;

/** Reads and writes on the primary: nothing that decides a permission may come from a replica that lags. */
export const primaryDb = (database: D1Database): Db =>
  drizzle(database.withSession("first-primary") as unknown as D1Database);

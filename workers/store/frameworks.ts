import { type FrameworkBook, frameworkBook } from "@quasarix/shared/benchmark/framework/book.ts";
import {
  type Framework,
  frameworkId,
  type PublishedFramework,
} from "@quasarix/shared/benchmark/framework/framework.ts";
import type { SignedPart } from "@quasarix/shared/statement/statement.ts";
import type { Db } from "./db.ts";

interface FrameworkRow {
  readonly statement: string;
  readonly claims: string;
  readonly index: number;
}

export interface ListedFramework extends PublishedFramework {
  readonly index: number;
}

// Two requests at once may both bring version 2: as everywhere, the first in the log counts.
const FIRST = `NOT EXISTS (SELECT 1 FROM frameworks AS e
  WHERE e.id = f.id AND e.version = f.version AND e.log_index < f.log_index)`;
const VERSIONS = `SELECT f.statement, f.claims, f.log_index AS "index" FROM frameworks AS f WHERE ${FIRST}`;

const listed = ({ claims, ...row }: FrameworkRow): ListedFramework => ({
  ...row,
  claims: JSON.parse(claims) as Framework,
});

/** Versions of every framework, in the order of the log. */
export async function listFrameworks(db: Db, after: number, limit: number): Promise<ListedFramework[]> {
  const page = db.prepare(`${VERSIONS} AND f.log_index > ?1 ORDER BY f.log_index LIMIT ?2`);
  return (await page.bind(after, limit).all<FrameworkRow>()).results.map(listed);
}

/** Versions of one, the newest first. */
export async function frameworkVersions(db: Db, id: string, limit: number): Promise<ListedFramework[]> {
  const page = db.prepare(`${VERSIONS} AND f.id = ?1 ORDER BY f.version DESC LIMIT ?2`);
  return (await page.bind(id, limit).all<FrameworkRow>()).results.map(listed);
}

/** Every version that scores may name: a framework has one a year. */
export async function readFrameworkBook(db: Db): Promise<FrameworkBook> {
  const { results } = await db.prepare(`${VERSIONS} ORDER BY f.log_index`).all<FrameworkRow>();
  return frameworkBook(results.map((row) => listed(row).claims));
}

const NEWEST = `${VERSIONS} AND f.id IN (SELECT value FROM json_each(?1))
  AND NOT EXISTS (SELECT 1 FROM frameworks AS n WHERE n.id = f.id AND n.version > f.version)`;

/** What new versions follow. Nothing is asked for a batch that has none. */
export async function newestFrameworksOf(
  db: Db,
  parts: readonly SignedPart[],
): Promise<ReadonlyMap<string, PublishedFramework>> {
  const told = parts
    .filter(({ row }) => row.type === "framework")
    .map(({ claims }) => frameworkId.safeParse(claims["framework"]))
    .flatMap((id) => (id.success ? [id.data] : []));
  if (told.length === 0) return new Map();
  const { results } = await db
    .prepare(NEWEST)
    .bind(JSON.stringify([...new Set(told)]))
    .all<FrameworkRow>();
  return new Map(results.map(listed).map((one) => [one.claims.framework, one]));
}

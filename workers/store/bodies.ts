import { base64url } from "@quasarix/shared/base64.ts";
import type { Db } from "./db.ts";
import type { Staged } from "./stage.ts";

/** Columns of a StoredStatement, and where they are: `s` is the statement, `b` its body. */
export const STORED = "s.hash, b.jwt, b.bodies, b.wrapped, b.kek_version AS kekVersion";
export const WITH_BODY = "statements AS s JOIN statement_bodies AS b ON b.id = s.id";

type Row = readonly [hash: string, jwt: string, bodies: string, wrapped: string | null, kekVersion: number];

/** Five parameters a row, and D1 takes a hundred. */
const ROWS = 20;
/** Characters of one statement's parameters. */
const CHUNK = 1_000_000;

/**
 * To stand behind the insertion into `statements` in its batch. A statement that is not there gets no body, and one that
 * has its place gets none again: what was erased does not come back with a resend.
 */
export const insertBodies = (db: Db, staged: readonly Staged[]): D1PreparedStatement[] =>
  groups(staged.map(rowOf)).map((rows) => db.prepare(insertOf(rows.length)).bind(...rows.flat()));

// Bound values and not `json_each`: what D1 is asked goes as JSON already, and these rows are long.
const insertOf = (rows: number): string =>
  `WITH one (hash, jwt, bodies, wrapped, kek_version) AS (VALUES ${Array(rows).fill("(?, ?, ?, ?, ?)").join(", ")})
  INSERT INTO statement_bodies (id, jwt, bodies, wrapped, kek_version)
  SELECT s.id, one.jwt, one.bodies, one.wrapped, one.kek_version FROM one CROSS JOIN statements AS s ON s.hash = one.hash
  WHERE s.log_index IS NULL ON CONFLICT DO NOTHING`;

function rowOf({ scope, statement, sealed, kekVersion }: Staged): Row {
  const bodies = Object.fromEntries((sealed?.bodies ?? []).map(({ name, sealed }) => [name, base64url(sealed)]));
  const wrapped = sealed ? base64url(sealed.wrapped) : null;
  return [scope.statement, statement.jwt, JSON.stringify(bodies), wrapped, kekVersion];
}

function groups(rows: readonly Row[]): Row[][] {
  const groups: Row[][] = [];
  let length = 0;
  for (const row of rows) {
    const more = row[1].length + row[2].length;
    const group = groups.at(-1);
    if (group && group.length < ROWS && length + more <= CHUNK) {
      group.push(row);
      length += more;
    } else {
      groups.push([row]);
      length = more;
    }
  }
  return groups;
}

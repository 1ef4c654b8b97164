/** Applies migrations to D1 where no wrangler runs. Bound to loopback by the socket, to its starter by the token. */
interface AdminEnv {
  readonly ADMIN_TOKEN: string;
  readonly [database: string]: D1Database | string;
}

export interface MigrationRequest {
  readonly database: string;
  readonly name: string;
  readonly sql: string;
}

// The table of wrangler, so that a state directory may change hands.
const TABLE = `CREATE TABLE IF NOT EXISTS d1_migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)`;

async function migrate(database: D1Database, { name, sql }: MigrationRequest): Promise<boolean> {
  await database.prepare(TABLE).run();
  const known = await database.prepare("SELECT 1 FROM d1_migrations WHERE name = ?").bind(name).first();
  if (known) return false;
  await database.batch([
    database.prepare(sql),
    database.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name),
  ]);
  return true;
}

export default {
  async fetch(request: Request, env: AdminEnv): Promise<Response> {
    if (request.headers.get("authorization") !== `Bearer ${env.ADMIN_TOKEN}`)
      return new Response(null, { status: 404 });
    const migration = await request.json<MigrationRequest>();
    const database = env[migration.database];
    if (!database || typeof database === "string") return new Response("no such database", { status: 400 });
    try {
      return Response.json({ applied: await migrate(database, migration) });
    } catch (error) {
      return new Response(String(error), { status: 422 });
    }
  },
};

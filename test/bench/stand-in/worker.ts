import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";

interface Env {
  readonly COUNTER: DurableObjectNamespace<Counter>;
  readonly DB: D1Database;
  readonly BUCKET: R2Bucket;
  readonly SELF: Service<Greeter>;
  readonly GREETING: string;
  readonly SECRET: string;
}

export class Counter extends DurableObject<Env> {
  add(by: number): number {
    const { sql } = this.ctx.storage;
    sql.exec("CREATE TABLE IF NOT EXISTS count (n INTEGER)");
    sql.exec("INSERT INTO count SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM count)");
    return sql.exec<{ n: number }>("UPDATE count SET n = n + ? RETURNING n", by).one().n;
  }
}

export class Greeter extends WorkerEntrypoint<Env> {
  greet(): string {
    return `${this.env.GREETING}, ${this.env.SECRET}`;
  }
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const by = Number(new URL(request.url).searchParams.get("add"));
    const count = await env.COUNTER.getByName("one").add(by);
    await env.DB.prepare("INSERT INTO seen (body) VALUES (?)").bind(`visit ${count}`).run();
    await env.BUCKET.put(`visit/${count}`, `visit ${count}`, { onlyIf: { etagDoesNotMatch: "*" } });
    const rows = await env.DB.prepare("SELECT body, length FROM seen ORDER BY id").all();
    const { objects } = await env.BUCKET.list({ prefix: "visit/" });
    const keys = objects.map(({ key }) => key);
    return Response.json({ count, rows: rows.results, keys, greeting: await env.SELF.greet() });
  },
};

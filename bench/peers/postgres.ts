import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { quantile } from "../load.ts";
import type { Row } from "../table.ts";
import { Cluster, postgresFolder } from "./postgres-cluster.ts";

// The chain as an application would build it: one locked row is the head, a trigger links each new row to it.
const SCHEMA = `
CREATE TABLE head (one boolean PRIMARY KEY DEFAULT true CHECK (one), seq bigint NOT NULL, hash bytea NOT NULL)
  WITH (fillfactor = 10);
INSERT INTO head (seq, hash) VALUES (-1, decode(repeat('00', 32), 'hex'));
CREATE TABLE entry (seq bigint PRIMARY KEY, body bytea NOT NULL, prev bytea NOT NULL, hash bytea NOT NULL);
CREATE FUNCTION link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT head.seq + 1, head.hash INTO new.seq, new.prev FROM head FOR UPDATE;
  new.hash := sha256(new.prev || new.body);
  UPDATE head SET seq = new.seq, hash = new.hash;
  RETURN new;
END $$;
CREATE TRIGGER entry_link BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION link();`;

const BROKEN_LINKS = `
SELECT count(*) FROM (SELECT prev, hash, body, lag(hash) OVER (ORDER BY seq) AS before, seq FROM entry) AS e
WHERE hash <> sha256(prev || body) OR (seq > 0 AND prev IS DISTINCT FROM before)`;

interface Load {
  readonly clients: number;
  readonly rows: number;
}

const LOADS: readonly Load[] = [
  { clients: 1, rows: 1 },
  { clients: 8, rows: 1 },
  { clients: 64, rows: 1 },
  { clients: 1, rows: 100 },
];

/** PostgreSQL with a hash-chain trigger, fsync on; the reason instead where no server is at hand. */
export async function postgresRows(payloads: readonly Uint8Array[], maxSeconds: number): Promise<Row[] | string> {
  const bin = postgresFolder();
  if (!bin) return "PostgreSQL: no postgres, initdb, psql and pgbench in PATH or /usr/lib/postgresql";
  const cluster = await Cluster.start(bin);
  try {
    await cluster.sql(SCHEMA);
    const rows: Row[] = [];
    for (const load of LOADS) rows.push(await measure(cluster, load, payloads, maxSeconds));
    if ((await cluster.sql(BROKEN_LINKS)).trim() !== "0") throw new Error("the chain in PostgreSQL is broken");
    return rows;
  } finally {
    await cluster.remove();
  }
}

async function measure(cluster: Cluster, load: Load, payloads: readonly Uint8Array[], seconds: number): Promise<Row> {
  const { clients, rows } = load;
  const name = `load-${clients}-${rows}`;
  const script = path.join(cluster.folder, `${name}.sql`);
  const values = Array.from({ length: rows }, (_, i) => literal(payloads[i % payloads.length] as Uint8Array));
  await writeFile(script, `INSERT INTO entry (body) VALUES ${values.join(",")};\n`);
  await cluster.sql("TRUNCATE entry; UPDATE head SET seq = -1, hash = decode(repeat('00', 32), 'hex')");
  // The simple protocol, so that each row's bytes travel every time.
  const shape = ["-n", "-M", "simple", "-c", `${clients}`, "-T", `${seconds}`, "-f", script];
  await cluster.run("pgbench", [...shape, "-l", `--log-prefix=${path.join(cluster.folder, name)}`]);
  const latencies = await logged(cluster.folder, `${name}.`);
  return {
    ...(clients === 8 ? { key: "postgres-8" as const } : {}),
    name: `PostgreSQL hash chain, ${clients} ${clients === 1 ? "client" : "clients"}, ${rows} a statement, ${payloads[0]?.length.toLocaleString("en-GB")} bytes`,
    perSecond: Number(await cluster.sql("SELECT count(*) FROM entry")) / seconds,
    unit: "entries",
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    note: "flushed per commit",
  };
}

const literal = (payload: Uint8Array) => `('\\x${Buffer.from(payload).toString("hex")}')`;

/** pgbench logs a line a transaction, its time in microseconds third; here ascending, in milliseconds. */
async function logged(folder: string, prefix: string): Promise<number[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(prefix) && !name.endsWith(".sql"));
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), "utf8")));
  const lines = texts.flatMap((text) => text.trimEnd().split("\n"));
  return lines.map((line) => Number(line.split(" ")[2]) / 1000).sort((a, b) => a - b);
}

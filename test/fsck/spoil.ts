import { runInDurableObject } from "cloudflare:test";
import { type Bytes, concat } from "@quasarix/shared/bytes.ts";
import { env, sequencerStub } from "../workerd-env.ts";

/** A hand in the sequencer's own SQLite. */
export const inSequencer = (sql: string, ...bound: (number | string | Bytes)[]): Promise<unknown> =>
  runInDurableObject(sequencerStub(), (_object, { storage }) => storage.sql.exec(sql, ...bound).toArray());

export const inDatabase = (sql: string, ...bound: (number | string | null)[]): Promise<unknown> =>
  env.DB.prepare(sql)
    .bind(...bound)
    .run();

/** Flips one bit of an object, `at` bytes from its start. */
export async function flip(key: string, at: number): Promise<void> {
  const object = await env.LOG_BUCKET.get(key);
  if (!object) throw new Error(`the bucket has no \`${key}\``);
  const bytes = new Uint8Array(await object.arrayBuffer());
  const bit = new Uint8Array([(bytes[at] as number) ^ 1]);
  await env.LOG_BUCKET.put(key, concat(bytes.subarray(0, at), bit, bytes.subarray(at + 1)));
}

import path from "node:path";
import * as z from "zod";
import { readText, writePrivate } from "./private-file.ts";

/** What a home remembers for all its identities. */
export const config = z.strictObject({
  api: z.string().optional(),
  /** The handle used where `--as` is absent. */
  identity: z.string().optional(),
});
export type Config = z.infer<typeof config>;

const fileOf = (home: string): string => path.join(home, "config.json");

/** Throws on a file that is not ours: guessing which consortium was meant would be worse. */
export async function readConfig(home: string): Promise<Config> {
  const text = await readText(fileOf(home));
  return text === null ? {} : config.parse(JSON.parse(text));
}

export const writeConfig = (home: string, value: Config): Promise<void> =>
  writePrivate(fileOf(home), `${JSON.stringify(value, null, 2)}\n`);

/** The policy that this home believes; its SHA-256 is what `verify` pins. */
export const policyFile = (home: string): string => path.join(home, "policy.tlog-policy");

export const readPolicy = (home: string): Promise<string | null> => readText(policyFile(home));
export const writePolicy = (home: string, text: string): Promise<void> => writePrivate(policyFile(home), text);

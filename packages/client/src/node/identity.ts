import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { fail, ok, type Result } from "@quasarix/shared/result.ts";
import { hashText, orgId } from "@quasarix/shared/wire/ids.ts";
import * as z from "zod";
import type { FirstKeys } from "../membership.ts";
import { newKey, nodeSigner } from "./host.ts";
import { isExposed, readText, writePrivate } from "./private-file.ts";

const privateKey = z.strictObject({ x: hashText, d: hashText });

/** An organisation on this machine, with the keys that sign for it. `org` is null until the operator has admitted it. */
export const identity = z.strictObject({
  name: z.string().min(1).max(200),
  kind: z.string(),
  country: z.string().optional(),
  org: orgId.nullable(),
  api: z.string(),
  record: privateKey,
  auth: privateKey,
  /** Its own dossier key, once known. */
  K: hashText.optional(),
});
export type Identity = z.infer<typeof identity>;

const HANDLE = /^[a-z0-9][a-z0-9._-]{0,63}$/;
export const isHandle = (text: string): boolean => HANDLE.test(text);

/** The file name of an organisation's name: lower case, dashes, no path. */
export const handleOf = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 64) || "organisation";

const fileOf = (home: string, handle: string): string => path.join(home, "identities", `${handle}.json`);

export const newIdentity = (facts: Pick<Identity, "name" | "kind" | "api" | "org" | "country">): Identity => ({
  ...facts,
  record: newKey(),
  auth: newKey(),
});

/** What signs for it. */
export const keysOf = async ({ record, auth }: Identity): Promise<FirstKeys> => ({
  record: await nodeSigner(record),
  auth: await nodeSigner(auth),
});

export const writeIdentity = (home: string, handle: string, value: Identity): Promise<void> =>
  writePrivate(fileOf(home, handle), `${JSON.stringify(value, null, 2)}\n`);

export const removeIdentity = (home: string, handle: string): Promise<void> =>
  rm(fileOf(home, handle), { force: true });

export type IdentityRefusal = "no-such-identity" | "readable-by-others" | "not-an-identity";

/** A key file that others can read is refused: whoever read it signs as us. */
export async function readIdentity(home: string, handle: string): Promise<Result<Identity, IdentityRefusal>> {
  const text = isHandle(handle) ? await readText(fileOf(home, handle)) : null;
  if (text === null) return fail("no-such-identity");
  if (await isExposed(fileOf(home, handle))) return fail("readable-by-others");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return fail("not-an-identity");
  }
  const read = identity.safeParse(json);
  return read.success ? ok(read.data) : fail("not-an-identity");
}

/** Handles, ascending; a key that is only on its way in is none. */
export async function identitiesIn(home: string): Promise<string[]> {
  const names = await readdir(path.join(home, "identities")).catch(() => []);
  return names
    .filter((name) => name.endsWith(".json") && !name.endsWith(".next.json"))
    .map((name) => name.slice(0, -5))
    .sort();
}

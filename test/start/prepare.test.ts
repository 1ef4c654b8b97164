import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readIdentity, writeIdentity } from "@quasarix/client/node/identity.ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Folders, foldersOf } from "../../scripts/start/folders.ts";
import { prepare } from "../../scripts/start/prepare.ts";
import { genesisKeyIn, newSecrets, secretsText } from "../../scripts/start/secrets.ts";

const API = "http://127.0.0.1:8787";
let folder = "";
let folders: Folders;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "quasarix-prepare-"));
  folders = foldersOf({ QUASARIX_FOLDER: folder });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function operator() {
  const read = await readIdentity(folders.home, "operator");
  if (!read.ok) throw new Error(read.failure);
  return read.value;
}

test("the secrets name the operator's key, and nobody else can read either file", async () => {
  await prepare(folders, API);
  expect(genesisKeyIn(await readFile(folders.secrets, "utf8"))).toBe((await operator()).record.x);
  expect((await stat(folders.secrets)).mode & 0o777).toBe(0o600);
});

test("no two deployments have a secret in common", () => {
  const [a, b] = [newSecrets("x"), newSecrets("x")];
  const { GENESIS_KEY: _, ...own } = a;
  for (const name of Object.keys(own) as (keyof typeof own)[]) expect(a[name]).not.toBe(b[name]);
});

test("a second time changes nothing", async () => {
  await prepare(folders, API);
  const before = await readFile(folders.secrets, "utf8");
  await prepare(folders, API);
  expect(await readFile(folders.secrets, "utf8")).toBe(before);
});

test("keys that were made before the secrets are taken up", async () => {
  await prepare(folders, API);
  const { record } = await operator();
  await rm(folders.secrets);
  await prepare(folders, API);
  expect(genesisKeyIn(await readFile(folders.secrets, "utf8"))).toBe(record.x);
});

describe("refused in words that say what to do", () => {
  const founded = async () => {
    await prepare(folders, API);
    await mkdir(folders.state, { recursive: true });
    await writeIdentity(folders.home, "operator", { ...(await operator()), org: "org_AAAAAAAAAAAAAAAAAAAAAA" });
  };
  const rows: [string, () => Promise<unknown>, RegExp][] = [
    [
      "secrets of another deployment",
      () => writeFile(folders.secrets, secretsText(newSecrets("A".repeat(43))), { mode: 0o600 }),
      /different deployments; to begin again, remove/,
    ],
    ["secrets that others can read", () => chmod(folders.secrets, 0o644), /chmod 600/],
    ["a founded consortium whose secrets are gone", () => rm(folders.secrets), /\.dev\.vars is gone/],
    ["a founded consortium whose data is gone", () => rm(folders.state, { recursive: true }), /state is gone/],
  ];
  test.each(rows)("%s", async (_, spoil, says) => {
    await founded();
    await spoil();
    await expect(prepare(folders, API)).rejects.toThrow(says);
  });
});

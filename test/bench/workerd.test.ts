import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorkerd, type WorkerdOptions } from "../../bench/workerd.ts";

const standIn = path.join(import.meta.dirname, "stand-in");
let state = "";
const options = (): WorkerdOptions => ({
  state,
  bindings: { SECRET: 'a "quoted" \\ secret' },
  wranglerToml: path.join(standIn, "wrangler.toml"),
  migrations: path.join(standIn, "migrations"),
  onLine: () => {},
});

beforeAll(async () => {
  state = await mkdtemp(path.join(tmpdir(), "quasarix-workerd-"));
});
afterAll(() => rm(state, { recursive: true, force: true }));

const visit = async (origin: string) => (await fetch(`${origin}/?add=1`)).json();

test("what was acknowledged before SIGKILL is there after the next start, in all three stores", async () => {
  const first = await startWorkerd(options());
  expect(await visit(first.origin)).toEqual({
    count: 1,
    rows: [{ body: "visit 1", length: 7 }],
    keys: ["visit/1"],
    greeting: 'good "morning" \\ é, a "quoted" \\ secret',
  });
  expect(first.cpuSeconds()).toBeGreaterThan(0);
  await first.kill("SIGKILL");
  await expect(fetch(first.origin)).rejects.toThrow();

  const second = await startWorkerd(options());
  expect(await visit(second.origin)).toMatchObject({ count: 2, keys: ["visit/1", "visit/2"] });
  await second.stop();
  await expect(fetch(second.origin)).rejects.toThrow();
});

test("a migration that fails is named", async () => {
  const migrations = path.join(import.meta.dirname, "broken-migrations");
  await expect(startWorkerd({ ...options(), migrations })).rejects.toThrow("migration `0002_broken.sql`");
});

import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeEach, expect, test } from "vitest";
import { emptyWorld, env } from "../api/small-api.ts";

const stub = () => env.REPLAY.getByName("kid");
const use = (jti: string, until: number): Promise<boolean> => stub().use(jti, until);
const later = () => Date.now() + 60_000;

beforeEach(emptyWorld);

test("a jti is used once, also after the object was evicted", async () => {
  expect(await use("one", later())).toBe(true);
  await evictDurableObject(stub());
  expect(await use("one", later())).toBe(false);
  expect(await use("two", later())).toBe(true);
});

test("of 50 at once exactly one wins", async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => use("one", later())));
  expect(answers.filter(Boolean)).toHaveLength(1);
});

test("the alarm drops what can no longer pass and keeps the rest", async () => {
  await use("old", Date.now() - 1);
  await use("young", later());
  expect(await runDurableObjectAlarm(stub())).toBe(true);
  const kept = await runInDurableObject(stub(), (_object, { storage }) =>
    storage.sql.exec<{ jti: string }>("SELECT jti FROM used").toArray(),
  );
  expect(kept).toEqual([{ jti: "young" }]);
  expect(await runDurableObjectAlarm(stub())).toBe(true);
});

import { abortAllDurableObjects, evictDurableObject } from "cloudflare:test";
import { verifyConsistency } from "@quasarix/shared/log/proof.ts";
import { splitHashes } from "@quasarix/shared/log/tile.ts";
import { describe, expect, test } from "vitest";
import { PAUSES, type Pause, plantFault } from "../../workers/sequencer/fault.ts";
import { struckAt } from "../crash/rows.ts";
import {
  appendSurely,
  emptyLog,
  env,
  essence,
  expectReceipts,
  forgetInterval,
  holdPublication,
  inObject,
  items,
  log,
  openNote,
  publishAll,
  stub,
} from "./log.ts";

interface Disaster {
  /** In the object, at the pause. */
  inside(): Promise<void>;
  /** From outside, while the object is at the pause: no object survives to end its own life. */
  outside?(): Promise<void>;
}

/** An evicted object may end the call it is in; an aborted one never does. */
const disasters: Record<string, Disaster> = {
  "an error": { inside: () => Promise.reject(new Error("planted")) },
  "an abort": { inside: () => new Promise(() => {}), outside: () => abortAllDurableObjects() },
  "an eviction": { inside: () => scheduler.wait(50), outside: () => evictDurableObject(stub()) },
};

/** What the bucket has is read only after a crash between writing a checkpoint and noting it. */
const leadingTo = (name: Pause): readonly Pause[] =>
  name === "checkpoint-read" || name === "checkpoint-text" ? ["checkpoint-latest"] : [];

/** An error at each of the pauses that lead to `name`, then the disaster, once. Await it after the calls it strikes. */
async function strike(name: Pause, { inside, outside }: Disaster): Promise<void> {
  const leading = [...leadingTo(name)];
  let isReached = false;
  plantFault({
    pause: async (at) => {
      if (at === leading[0]) throw new Error(`planted before ${leading.shift()}`);
      if (at !== name || isReached) return;
      isReached = true;
      await inside();
    },
  });
  for (let i = 0; !isReached; i++) {
    if (i === 5_000) throw new Error(`the source never came to \`${name}\``);
    await scheduler.wait(2);
  }
  await outside?.();
}

const rows = struckAt(PAUSES, Object.keys(disasters));

describe("after one disaster every statement is one entry with one receipt", () => {
  test.each(rows)("$what before $name", async ({ name, what }) => {
    await emptyLog();
    await appendSurely(items(250, "before"));
    await publishAll();
    const before = await openNote((await log().latestPublished()) as string);
    await holdPublication();
    await evictDurableObject(stub());

    const struck = strike(name, disasters[what] as Disaster);
    const wanted = items(10, "during");
    const during = await appendSurely(wanted);
    await forgetInterval();
    await publishAll();
    await struck;
    plantFault(null);

    await evictDurableObject(stub());
    const again = await appendSurely(wanted);
    expect(essence(again)).toEqual(essence(during));
    await expectReceipts(wanted, again);
    expect(await inObject(({ sql }) => sql.exec("SELECT count(*) AS n FROM entry").one())).toEqual({ n: 260 });

    const latest = (await log().latestPublished()) as string;
    const after = await openNote(latest);
    expect(after.size).toBe(260);
    expect(await (await env.LOG_BUCKET.get("log/checkpoint"))?.text()).toBe(latest);
    const proof = await log().consistency(before.size, after.size);
    if (!proof.ok) throw new Error(proof.reason);
    expect(verifyConsistency(before.size, after.size, splitHashes(proof.path), before.root, after.root).ok).toBe(true);
  });
});

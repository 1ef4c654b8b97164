import { expect, test } from "vitest";
import { startConsortium } from "../../bench/append/consortium.ts";
import { runLoad } from "../../bench/load.ts";

test("every front appends to the one log, and each statement has its receipt", async () => {
  const consortium = await startConsortium(3600, { sites: 1, fronts: 2 });
  try {
    const { workerd, auditor } = consortium;
    const before = await consortium.logSize();
    const [first, second] = [await consortium.audits(3), await consortium.audits(3)];
    const requests = await Promise.all([first, second].map((some) => consortium.request(auditor, some)));
    expect(new Set([workerd.origin, ...workerd.origins]).size).toBe(3);
    const { answers } = await runLoad({ origins: workerd.origins, requests, clients: 2, maxSeconds: 20 });
    const lines = answers.flatMap((answer) => answer?.body.trimEnd().split("\n") ?? []);
    const indexes = lines.map((line) => (JSON.parse(line) as { index: number }).index);
    expect(indexes.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 6 }, (_, n) => before + n));
  } finally {
    await consortium.remove();
  }
});

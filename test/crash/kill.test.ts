import path from "node:path";
import { expect, test } from "vitest";
import { killLoop } from "../../scripts/kill-loop/run.ts";

const isLong = process.env["LONG"] === "1";
const rounds = isLong ? 30 : 2;

test(`after SIGKILL under load, ${rounds} times, nothing acknowledged is lost or changed`, {
  timeout: rounds * 60_000,
}, async () => {
  const report = await killLoop({ rounds });
  expect(report.findings).toEqual([]);
  const acknowledged = report.rounds.reduce((sum, round) => sum + round.acknowledged, 0);
  const unanswered = report.rounds.reduce((sum, round) => sum + round.sent - round.acknowledged, 0);
  expect(acknowledged).toBeGreaterThan(0);
  expect(unanswered).toBeGreaterThan(0);
});

// At full size only: the loop looks long for what a lost row has broken.
if (isLong) {
  test("a Worker that loses a row at every start is found out, with the place", { timeout: 120_000 }, async () => {
    const report = await killLoop({
      rounds: 1,
      entry: path.join(import.meta.dirname, "forgetful.ts"),
      settleMs: 5_000,
    });
    expect(report.findings).toContain("fsck: row-missing at 3");
  });
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkAll, checkReceipts, Memory, sendAgain, settle } from "./check.ts";
import { type House, openHouse } from "./house.ts";
import { startLoad } from "./load.ts";

export interface RoundReport {
  readonly round: number;
  /** Since the round's first receipt. */
  readonly killedAfterMs: number;
  readonly restartMs: number;
  readonly sent: number;
  /** With a receipt when the process died. */
  readonly acknowledged: number;
  /** Of those without one, sent again after the restart; the rest is left to the outbox. */
  readonly sentAgain: number;
  /** Published, after the restart. */
  readonly size: number;
}

export interface KillReport {
  readonly rounds: readonly RoundReport[];
  readonly checkpoints: number;
  readonly findings: readonly string[];
}

export interface KillPlan {
  readonly rounds: number;
  readonly onRound?: (round: RoundReport) => void;
  /** Instead of the product's Worker. */
  readonly entry?: string;
  readonly onLine?: (line: string) => void;
  /** How long duty may take to make the kills good; a minute when absent. */
  readonly settleMs?: number;
}

const LATEST_MS = 1_500;
const LOOK_MS = 5;
const PATIENCE_MS = 20_000;

/** Kills workerd under load, again and again on one state, and looks for anything acknowledged that is gone or changed. */
export async function killLoop({ rounds, onRound, entry, onLine, settleMs = 60_000 }: KillPlan): Promise<KillReport> {
  const folder = await mkdtemp(path.join(tmpdir(), "quasarix-kill-"));
  const memory = new Memory();
  const reports: RoundReport[] = [];
  const house = await openHouse(folder, onLine ?? (() => {}), entry);
  try {
    for (let round = 1; round <= rounds; round++) {
      const report = await killOnce(memory, house, round);
      reports.push(report);
      onRound?.(report);
    }
    await settle(memory, house, settleMs);
    await checkAll(memory, house);
  } finally {
    await house.kill();
    await rm(folder, { recursive: true, force: true });
  }
  return { rounds: reports, checkpoints: memory.notes.size, findings: memory.findings };
}

async function killOnce(memory: Memory, house: House, round: number): Promise<RoundReport> {
  const killedAfterMs = Math.round(Math.random() * LATEST_MS);
  const load = startLoad(house);
  const struck = async (): Promise<void> => {
    const until = Date.now() + PATIENCE_MS;
    while (!load.sent.some(({ receipt }) => receipt) && Date.now() < until) await sleep(LOOK_MS);
    await sleep(killedAfterMs);
  };
  await Promise.race([struck(), load.ended]);
  load.giveUp();
  await house.kill();
  await load.ended;
  const began = performance.now();
  await house.restart();
  const restartMs = Math.round(performance.now() - began);

  const { sent } = load;
  memory.sent.push(...sent);
  const acknowledged = sent.filter(({ receipt }) => receipt);
  const unanswered = sent.filter(({ receipt }) => !receipt);
  for (const { type, hash, problem } of unanswered) {
    if (problem && problem.status < 500)
      memory.find(`${type} ${hash} was refused: ${problem.title} ${problem.detail ?? ""}`);
  }
  const again = unanswered.filter((_, i) => i % 2 === 0);
  await sendAgain(memory, [...acknowledged, ...again]);
  const size = await checkReceipts(
    memory,
    house.operator,
    sent.filter(({ receipt }) => receipt),
  );
  return {
    round,
    killedAfterMs,
    restartMs,
    sent: sent.length,
    acknowledged: acknowledged.length,
    sentAgain: again.length,
    size,
  };
}

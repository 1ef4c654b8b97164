import { parseArgs } from "node:util";
import { useNodeEngines } from "@quasarix/client/node/engines.ts";
import { killLoop, type RoundReport } from "./kill-loop/run.ts";

const COLUMNS: readonly (keyof RoundReport)[] = [
  "round",
  "killedAfterMs",
  "restartMs",
  "sent",
  "acknowledged",
  "sentAgain",
  "size",
];
const line = (cells: readonly unknown[]): string =>
  cells.map((cell, i) => String(cell).padStart((COLUMNS[i] ?? "").length + 2)).join("");

const { values } = parseArgs({ options: { rounds: { type: "string", default: "30" } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error("--rounds takes a number from 1 up");
  process.exit(2);
}

useNodeEngines();
console.log(line(COLUMNS));
const report = await killLoop({ rounds, onRound: (round) => console.log(line(COLUMNS.map((name) => round[name]))) });
const sum = (name: keyof RoundReport): number => report.rounds.reduce((total, round) => total + round[name], 0);
console.log(
  `${rounds} kills, ${sum("acknowledged")} statements acknowledged of ${sum("sent")} sent, ${report.checkpoints} checkpoints, ${report.findings.length} findings`,
);
for (const finding of report.findings) console.log(`  ${finding}`);
process.exit(report.findings.length === 0 ? 0 : 1);

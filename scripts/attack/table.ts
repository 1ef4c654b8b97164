import type { Measure } from "../../test/attack/measured.ts";
import type { Outcome } from "./run.ts";

const digits = (value: number): string => (Number.isInteger(value) ? String(value) : value.toPrecision(3));

function allowed({ least, most }: Measure): string {
  const bounds = [
    least === undefined ? null : `at least ${digits(least)}`,
    most === undefined ? null : `at most ${digits(most)}`,
  ];
  return bounds.filter((one) => one !== null).join(", ") || "reported";
}

const holds = ({ measured, least = -Infinity, most = Infinity }: Measure): boolean =>
  measured >= least && measured <= most;

/** A row for each figure; a file that measures none, with zero tolerance, has one row for all of its tests. */
export function tableOf(all: readonly { readonly name: string; readonly outcome: Outcome }[]): string {
  const rows = all.flatMap(({ name, outcome: { rows, passed, failed } }) => {
    const tests = [
      name,
      `${passed + failed.length} tests`,
      `${failed.length} failed`,
      "at most 0",
      failed.length ? "NO" : "yes",
    ];
    return [
      tests,
      ...rows.map((row) => [
        row.test,
        `${row.what}; ${row.size}`,
        digits(row.measured),
        allowed(row),
        holds(row) ? "yes" : "NO",
      ]),
    ];
  });
  const lines = [["attack", "what", "measured", "allowed", "holds"], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => (line[column] ?? "").length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

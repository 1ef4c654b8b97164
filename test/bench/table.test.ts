import { expect, test } from "vitest";
import { ratiosOf } from "../../bench/ratios.ts";
import { formatTable, type Row, type RowKey } from "../../bench/table.ts";

test("a table aligns its figures, leaves out what was not measured, and ends with ratios and what was skipped", () => {
  const text = formatTable({
    rows: [
      { name: "one at a time", perSecond: 1234.5, unit: "entries", p50Ms: 0.256, p99Ms: 12, cpuMicros: 101.4 },
      { name: "bulk", perSecond: 20, unit: "entries", cpuMicros: null, note: "a note" },
    ],
    ratios: [{ name: "bulk / one at a time", value: 2.5, aim: "at least 1" }],
    skipped: ["PostgreSQL: not here"],
  });
  expect(text.split("\n")).toEqual([
    "               per second           p50 ms  p99 ms  cpu us",
    "one at a time       1,235  entries    0.26      12     101",
    "bulk                   20  entries                          a note",
    "bulk / one at a time: 2.5 (aim: at least 1)",
    "skipped: PostgreSQL: not here",
  ]);
});

test("a ratio stands only where both of its sides were measured in the run", () => {
  const row = (key: RowKey, perSecond: number): Row => ({ key, name: key, perSecond, unit: "entries" });
  const ours = row("sequencer-1000", 12_000);
  expect(ratiosOf([ours, row("hypercore-1", 10)])).toEqual([]);
  expect(ratiosOf([ours, row("hypercore-1000", 24_000)])).toMatchObject([{ value: 0.5, aim: "at least 0.33" }]);
});

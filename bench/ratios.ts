import type { Ratio, Row, RowKey } from "./table.ts";

interface Comparison {
  readonly name: string;
  readonly ours: RowKey;
  readonly theirs: RowKey;
  /** `slower`: how many times as long ours takes; `cpu`: how many times the processor time. */
  readonly by: "rate" | "slower" | "cpu";
  readonly aim: string;
}

const APPENDS = [
  ["append-1000-fronts", "1,000 a request, a workerd for each core"],
  ["append-100-fronts", "100 a request, a workerd for each core"],
  ["append-1000", "1,000 a request, one workerd"],
  ["append-100", "100 a request, one workerd"],
  ["append-1", "1 a request, one workerd"],
] as const;

const COMPARISONS: readonly Comparison[] = [
  ...APPENDS.flatMap(([ours, how]): Comparison[] => {
    const name = `append over HTTP, ${how}`;
    const level = ours === "append-1" ? "none set" : "at least 1";
    const cpu = ours === "append-1" ? "none set" : "at most 3";
    return [
      { name: `${name}, by hypercore one at a time`, ours, theirs: "hypercore-1", by: "rate", aim: level },
      { name: `${name}, by PostgreSQL's chain at 8 clients`, ours, theirs: "postgres-8", by: "rate", aim: level },
      { name: `${name}: processor time by the floor's`, ours, theirs: "floor", by: "cpu", aim: cpu },
    ];
  }),
  {
    name: "offline verification of an export: time by that of its raw verifies",
    ours: "verify-export",
    theirs: "verify-raw",
    by: "slower",
    aim: "at most 1.5",
  },
  // The same where the machine has other work, which wall time counts in.
  {
    name: "offline verification of an export: processor time by that of its raw verifies",
    ours: "verify-export",
    theirs: "verify-raw",
    by: "cpu",
    aim: "at most 1.5",
  },
  {
    name: "what no verifier of an export can leave out: processor time by that of its raw verifies",
    ours: "verify-least",
    theirs: "verify-raw",
    by: "cpu",
    aim: "none set",
  },
  {
    name: "sequencer alone by hypercore on whole statements, both 1,000 at a time",
    ours: "sequencer-1000",
    theirs: "hypercore-1000",
    by: "rate",
    aim: "at least 0.33",
  },
  // The sequencer is given hashes only, so the line above flatters it.
  {
    name: "sequencer alone by hypercore on the three hashes, both 1,000 at a time",
    ours: "sequencer-1000",
    theirs: "hypercore-1000-hashes",
    by: "rate",
    aim: "none set",
  },
];

/** Figures of one run beside each other; a comparison with a side that was not measured is left out. */
export function ratiosOf(rows: readonly Row[]): Ratio[] {
  const rowOf = (key: RowKey) => rows.find((row) => row.key === key);
  return COMPARISONS.flatMap(({ name, ours, theirs, by, aim }) => {
    const [one, other] = [rowOf(ours), rowOf(theirs)];
    const value = one && other ? ratio(one, other, by) : null;
    return value === null ? [] : [{ name, value, aim }];
  });
}

function ratio(ours: Row, theirs: Row, by: Comparison["by"]): number | null {
  if (by === "rate") return ours.perSecond / theirs.perSecond;
  if (by === "slower") return theirs.perSecond / ours.perSecond;
  return ours.cpuMicros && theirs.cpuMicros ? ours.cpuMicros / theirs.cpuMicros : null;
}

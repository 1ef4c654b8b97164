import type { Ratio, Row, RowKey } from "./table.ts";

interface Comparison {
  readonly name: string;
  readonly ours: RowKey;
  readonly theirs: RowKey;
  readonly aim: string;
}

const COMPARISONS: readonly Comparison[] = [
  {
    name: "sequencer alone by hypercore on whole statements, both 1,000 at a time",
    ours: "sequencer-1000",
    theirs: "hypercore-1000",
    aim: "at least 0.33",
  },
  // The sequencer is given hashes only, so the line above flatters it.
  {
    name: "sequencer alone by hypercore on the three hashes, both 1,000 at a time",
    ours: "sequencer-1000",
    theirs: "hypercore-1000-hashes",
    aim: "none set",
  },
];

/** Figures of one run beside each other; a comparison with a side that was not measured is left out. */
export function ratiosOf(rows: readonly Row[]): Ratio[] {
  const rateOf = (key: RowKey) => rows.find((row) => row.key === key)?.perSecond;
  return COMPARISONS.flatMap(({ name, ours, theirs, aim }) => {
    const [above, below] = [rateOf(ours), rateOf(theirs)];
    return above === undefined || below === undefined ? [] : [{ name, value: above / below, aim }];
  });
}

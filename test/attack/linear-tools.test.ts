import { describe, expect, test } from "vitest";
import { boundsOf } from "./linear-bounds.ts";
import { isUnimodular, RowSpace } from "./row-space.ts";

describe("what the rows span", () => {
  const overlapping = [
    [0, 1, 2],
    [1, 2, 3],
    [3, 4],
  ];
  test.each([
    { name: "a row is", ones: [1, 2, 3], isHeld: true },
    { name: "nothing is", ones: [], isHeld: true },
    { name: "one of a pair that always comes together is not", ones: [1], isHeld: false },
    { name: "a number that no difference reaches is not", ones: [0], isHeld: false },
  ])("$name", ({ ones, isHeld }) => {
    expect(new RowSpace(5, overlapping).holds(ones)).toBe(isHeld);
  });

  test("a difference of two rows is", () => {
    expect(
      new RowSpace(3, [
        [0, 1, 2],
        [1, 2],
      ]).holds([0]),
    ).toBe(true);
  });

  test("a half is found: three overlapping pairs give each of the three", () => {
    const pairs = [
      [0, 1],
      [1, 2],
      [0, 2],
    ];
    expect([0, 1, 2].map((one) => new RowSpace(3, pairs).holds([one]))).toEqual([true, true, true]);
    expect(isUnimodular(3, pairs)).toBe(false);
  });

  test("two partitions are totally unimodular, three are not known to be", () => {
    const partition = [
      [0, 1],
      [2, 3],
    ];
    expect(
      isUnimodular(4, partition, [
        [0, 2],
        [1, 3],
      ]),
    ).toBe(true);
    expect(isUnimodular(4, partition, partition, partition)).toBe(false);
  });
});

describe("what sums leave open", () => {
  test("a number in one sum is open, one that two sums cut out is known, and what is known bounds the rest", async () => {
    const sums = {
      least: [0, 2, 0],
      rows: [
        { over: [0, 1], total: 5 },
        { over: [0, 1, 2], total: 9 },
      ],
    };
    expect(await boundsOf(sums, [0, 1, 2])).toEqual([
      { least: 0, most: 3 },
      { least: 2, most: 5 },
      { least: 4, most: 4 },
    ]);
  });

  test("a number in no sum has no upper bound", async () => {
    expect(await boundsOf({ least: [1], rows: [] }, [0])).toEqual([{ least: 1, most: Number.POSITIVE_INFINITY }]);
  });
});

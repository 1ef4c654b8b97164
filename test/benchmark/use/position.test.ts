import { frameworkBook } from "@quasarix/shared/benchmark/framework/book.ts";
import { FRAMEWORKS } from "@quasarix/shared/benchmark/framework/built-in.ts";
import { descriptorsOf } from "@quasarix/shared/benchmark/use/descriptors.ts";
import { type PlacedValue, positionOf } from "@quasarix/shared/benchmark/use/position.ts";
import { describe, expect, test } from "vitest";
import { CRITICAL, GERMANY, INDIA, OTHER, pictureFrom, REST, WATER } from "./files.ts";

const picture = pictureFrom(
  "2026-Q1",
  [
    [GERMANY, [0, 0, 0, 50, 50]],
    [INDIA, [50, 50, 0, 0, 0]],
  ],
  {},
  [REST],
);
const own = (site: string, value: number, cell: string | null): PlacedValue => ({
  site,
  metric: WATER,
  value,
  day: null,
  cell,
});

describe("where one's own suppliers of a branch stand", () => {
  const two = [own("a", 4, GERMANY), own("b", 2, INDIA)];
  test("each counts in its branch alone", () => {
    expect(positionOf(picture, GERMANY, WATER, two)).toMatchObject({ place: { percent: 25 }, each: [{ site: "a" }] });
    expect(positionOf(picture, "industry=textiles", WATER, two)).toMatchObject({
      place: { percent: 50 },
      each: [
        { site: "a", place: { percent: 63 } },
        { site: "b", place: { percent: 38 } },
      ],
    });
  });

  test("a site whose cell is not known stands beside whatever is asked for, but nothing is taken away for it", () => {
    expect(positionOf(picture, INDIA, WATER, [own("c", 5, null)])).toMatchObject({
      place: { percent: 97 },
      withoutMe: null,
    });
  });

  test("a site in no cell stands nowhere but among all", () => {
    expect(positionOf(picture, INDIA, WATER, [own("d", 5, "")])).toBeNull();
    expect(positionOf(picture, "all", WATER, [own("d", 5, "")])).toMatchObject({ each: [{ site: "d" }] });
  });

  test("the peers without one's own are those of each cell without what was counted there", () => {
    const five = [1, 2, 3, 4, 5].map((i) => own(`e${i}`, 4, GERMANY));
    // 45 of the 95 others score 4: half of those lie below.
    expect(positionOf(picture, GERMANY, WATER, five)?.withoutMe?.percent).toBe(24);
  });

  test("what was counted in one cell is not taken away from its neighbour", () => {
    const few = pictureFrom("2026-Q1", [
      [GERMANY, [0, 0, 0, 10, 0]],
      [INDIA, [10, 0, 0, 0, 0]],
    ]);
    const five = [1, 2, 3, 4, 5].map((i) => own(`e${i}`, 4, GERMANY));
    // The ten below, and half of the five that are left beside.
    expect(positionOf(few, "industry=textiles", WATER, five)?.withoutMe?.percent).toBe(83);
  });

  test.each([
    { says: "withheld", branch: REST },
    { says: "published of nothing", branch: OTHER },
  ])("beside a cell that is $says there is no place", ({ branch }) => {
    expect(positionOf(picture, branch, WATER, [own("a", 4, branch)])).toBeNull();
  });
});

describe("descriptors", () => {
  const book = frameworkBook(FRAMEWORKS);
  test("say what each level of a score means", () => {
    const [first] = FRAMEWORKS[0]?.benchmarks ?? [];
    const found = descriptorsOf(`score/quasarix@1/${first?.id}`, book);
    expect(found).toMatchObject({ name: first?.name, question: first?.question });
    expect(found?.levels).toEqual(first?.levels.map(({ says }) => says));
  });
  test("there are none of findings, nor of a framework that nobody published", () => {
    expect(descriptorsOf(CRITICAL, book)).toBeNull();
    expect(descriptorsOf("score/other@1/water", book)).toBeNull();
  });
});

import { frameworkBook, newestFrameworks } from "@quasarix/shared/benchmark/framework/book.ts";
import { QUASARIX_1 } from "@quasarix/shared/benchmark/framework/quasarix/first.ts";
import { quasarixReview } from "@quasarix/shared/benchmark/framework/quasarix/review.ts";
import { shownUnder } from "@quasarix/shared/benchmark/framework/shown-under.ts";
import { expect, test } from "vitest";
import { hashOf } from "../policy/author-world.ts";

const SECOND = quasarixReview(hashOf("version 1"));
const third = { ...SECOND, version: 3, from: "2028-01-01" };
const anew = {
  ...SECOND,
  reviews: {
    statement: hashOf("version 1"),
    changes: [],
    mapping: [
      { benchmark: "living-wage", to: [1, 0, 2, 3, 0] },
      { benchmark: "grievance-mechanism", to: [1, 2, 2, 4, 5] },
    ],
  },
};
const V1 = "urn:quasarix:framework:quasarix@1";
const V2 = "urn:quasarix:framework:quasarix@2";

/** `version: value`, a mapped one in brackets. */
const shown = (score: { topic: string; scale?: string; value: unknown }, ...versions: (typeof QUASARIX_1)[]) =>
  shownUnder({ scale: V1, ...score }, frameworkBook(versions)).map(({ version, value, isMapped }) =>
    isMapped ? `(${version}: ${value})` : `${version}: ${value}`,
  );

test.each([
  ["under its own version alone while that is the newest", { topic: "living-wage", value: 3 }, [QUASARIX_1], ["1: 3"]],
  [
    "under the next too, as the mapping says",
    { topic: "living-wage", value: 3 },
    [QUASARIX_1, SECOND],
    ["1: 3", "(2: 2)"],
  ],
  ["as it was where no level changed", { topic: "worker-voice", value: 4 }, [QUASARIX_1, SECOND], ["1: 4", "(2: 4)"]],
  ["under no more than the next", { topic: "worker-voice", value: 4 }, [QUASARIX_1, SECOND, third], ["1: 4", "(2: 4)"]],
  [
    "of the later version never under the earlier",
    { topic: "living-wage", value: 2, scale: V2 },
    [QUASARIX_1, SECOND],
    ["2: 2"],
  ],
  [
    "not under the next where it has to be scored anew",
    { topic: "living-wage", value: 2 },
    [QUASARIX_1, anew],
    ["1: 2"],
  ],
  ["not under the next where no row maps it", { topic: "worker-voice", value: 2 }, [QUASARIX_1, anew], ["1: 2"]],
  ["nowhere while its version is not published", { topic: "living-wage", value: 3 }, [SECOND], []],
  [
    "nowhere for a benchmark that its version lacks",
    { topic: "climate-resilience", value: 3 },
    [QUASARIX_1, SECOND],
    [],
  ],
  ["nowhere with a value that is no level", { topic: "living-wage", value: 6 }, [QUASARIX_1], []],
  ["nowhere with a half level", { topic: "living-wage", value: 2.5 }, [QUASARIX_1], []],
  ["nowhere with a level as text", { topic: "living-wage", value: "3" }, [QUASARIX_1], []],
  ["nowhere on another scale", { topic: "living-wage", value: 3, scale: "percent" }, [QUASARIX_1], []],
])("a score is shown %s", (_what, score, versions, is) => {
  expect(shown(score, ...versions)).toEqual(is);
});

test("what is shown says what the level says in that version", () => {
  const [own, next] = shownUnder({ topic: "living-wage", scale: V1, value: 4 }, frameworkBook([QUASARIX_1, SECOND]));
  expect(own).toMatchObject({ framework: "quasarix", benchmark: "living-wage", name: "Living-wage commitment" });
  expect(own?.says).toBe(next?.says);
  expect([own?.value, next?.value]).toEqual([4, 3]);
});

test("of two that call themselves one version the first in the log counts", () => {
  const book = frameworkBook([QUASARIX_1, { ...QUASARIX_1, title: "Another" }, SECOND]);
  expect(book.get(V1)?.title).toBe(QUASARIX_1.title);
  expect(newestFrameworks(book).get("quasarix")?.version).toBe(2);
});

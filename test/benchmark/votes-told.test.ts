import { isOfVotes, votesDigest } from "@quasarix/shared/benchmark/adoption.ts";
import { expect, test } from "vitest";

/** `+ash`: ash votes yes, in the order of the log. */
const votes = (...texts: string[]) =>
  texts.map((text, i) => ({
    ...{ org: text.slice(1), choice: text.startsWith("+") ? "yes" : "no" },
    ...{ statement: `v${i}`, logIndex: 10 + i },
  }));
const LOG = votes("+ash", "-birch", "+cedar", "+birch", "+dogwood", "-ash");

const FIVE = ["ash", "birch", "cedar", "dogwood", "elm"].map((org, index) => ({ org, index }));

test.each<{ says: string; of: string[]; is: boolean }>([
  { says: "the votes that first made a majority", of: ["v0", "v2", "v3"], is: true },
  { says: "votes that stood together later", of: ["v0", "v2", "v3", "v4"], is: false },
  { says: "votes after one was taken back", of: ["v2", "v3", "v4"], is: false },
  { says: "too few", of: ["v0", "v2"], is: false },
  { says: "votes that never stood together without the others", of: ["v0", "v3", "v4"], is: false },
  { says: "a no among them", of: ["v0", "v1", "v2"], is: false },
  { says: "votes that the log does not have", of: ["v0", "v2", "x"], is: false },
])("a digest of $says: $is", ({ of, is }) => {
  expect(isOfVotes(votesDigest(of), LOG, FIVE)).toBe(is);
  expect(isOfVotes(votesDigest(of), LOG.toReversed(), FIVE)).toBe(is);
});

test("of eighty members one set of votes is told, however many say yes afterwards", () => {
  const eighty = Array.from({ length: 80 }, (_, index) => ({ org: `m${index}`, index: index - 80 }));
  const all = votes(...eighty.map(({ org }) => `+${org}`));
  const told = all.map((_, i) =>
    isOfVotes(votesDigest(all.slice(0, i + 1).map(({ statement }) => statement)), all, eighty),
  );
  expect(told.flatMap((is, i) => (is ? [i + 1] : []))).toEqual([41]);
});

import { isOfVotes, votesDigest } from "@quasarix/shared/benchmark/adoption.ts";
import { fewestVotes } from "@quasarix/shared/benchmark/profile.ts";
import { expect, test } from "vitest";

/** `+ash`: ash votes yes, in the order of the log. */
const votes = (...texts: string[]) =>
  texts.map((text, i) => ({
    ...{ org: text.slice(1), choice: text.startsWith("+") ? "yes" : "no" },
    ...{ statement: `v${i}`, logIndex: 10 + i },
  }));
const LOG = votes("+ash", "-birch", "+cedar", "+birch", "+dogwood", "-ash");

test.each<{ says: string; of: string[]; is: boolean }>([
  { says: "the votes that made the majority", of: ["v0", "v2", "v3"], is: true },
  { says: "votes that stood together later", of: ["v0", "v2", "v3", "v4"], is: true },
  { says: "votes after one was taken back", of: ["v2", "v3", "v4"], is: true },
  { says: "too few", of: ["v0", "v2"], is: false },
  { says: "votes that never stood together without the others", of: ["v0", "v3", "v4"], is: false },
  { says: "a no among them", of: ["v0", "v1", "v2"], is: false },
  { says: "votes that the log does not have", of: ["v0", "v2", "x"], is: false },
])("a digest of $says: $is", ({ of, is }) => {
  expect(isOfVotes(votesDigest(of), LOG, 3)).toBe(is);
  expect(isOfVotes(votesDigest(of), LOG.toReversed(), 3)).toBe(is);
});

test("a plan of a pool of eight has five votes at least, of a small one three", () => {
  expect([fewestVotes("eight"), fewestVotes("small")]).toEqual([5, 3]);
});

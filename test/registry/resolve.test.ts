import { type Merges, mergesOf, type SiteMerge } from "@quasarix/shared/registry/resolve.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const RUNS = process.env["LONG"] === "1" ? 20_000 : 1_000;
const SITES = ["a", "b", "c", "d", "e", "f"] as const;

/** `a<b@3`: at index 3 `a` absorbs `b`; `a<b@3-9`: split at index 9. */
function merge(text: string): SiteMerge {
  const [, stays, absorbed, at, until] = /^(.)<(.)@(\d+)(?:-(\d+))?$/.exec(text) as unknown as [string, ...string[]];
  const splitIndex = until === undefined ? null : Number(until);
  return { statement: text, stays: stays as string, absorbed: absorbed as string, logIndex: Number(at), splitIndex };
}
const roots = (merges: Merges): string => SITES.map((site) => merges.rootOf(site)).join("");

describe("which site an id leads to", () => {
  test.each([
    { what: "an id that nobody merged leads to itself", told: [], is: "abcdef" },
    { what: "an absorbed id leads to the site that stays", told: ["a<b@1"], is: "aacdef" },
    { what: "through two merges", told: ["b<c@1", "a<b@2"], is: "aaadef" },
    { what: "a split gives the id back", told: ["a<b@1-5"], is: "abcdef" },
    { what: "a split in the middle gives back all below it", told: ["b<c@1", "a<b@2-5"], is: "abbdef" },
    { what: "a split below leaves what is above", told: ["b<c@1-5", "a<b@2"], is: "aacdef" },
    { what: "merged again after a split, the other way round", told: ["a<b@1-5", "b<a@6"], is: "bbcdef" },
    { what: "of two opposite merges the first holds", told: ["a<b@1", "b<a@2"], is: "aacdef" },
    { what: "the second stays void when the first is split", told: ["a<b@1-5", "b<a@2"], is: "abcdef" },
    { what: "of two that absorb one site the first holds", told: ["a<c@1", "b<c@2"], is: "abadef" },
    { what: "a site that was absorbed absorbs nothing", told: ["a<b@1", "b<c@2"], is: "aacdef" },
    { what: "nothing absorbs itself", told: ["a<a@1"], is: "abcdef" },
  ])("$what", ({ told, is }) => {
    expect(roots(mergesOf(told.map(merge)))).toBe(is);
  });

  test("members are the root and all below it; what stands is said of the merge", () => {
    const merges = mergesOf(["b<c@1", "a<b@2", "a<d@3-4", "c<e@5"].map(merge));
    expect(merges.membersOf("c")).toEqual(["a", "b", "c"]);
    expect(merges.membersOf("d")).toEqual(["d"]);
    expect(["b<c@1", "a<b@2", "a<d@3-4", "c<e@5", "f<a@9"].map((one) => merges.stands(one))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect([merges.mergedInto("a"), merges.mergedInto("c"), merges.mergedInto("d")]).toEqual([null, "a", null]);
  });
});

const site = fc.constantFrom(...SITES);
/** Merges of any two sites at any time, half of them split later: also what the door would have refused. */
const history = fc
  .array(fc.record({ stays: site, absorbed: site, split: fc.option(fc.nat(20)) }), { maxLength: 12 })
  .map((told) =>
    told.map(({ stays, absorbed, split }, i) =>
      merge(`${stays}<${absorbed}@${10 * i}${split === null ? "" : `-${10 * i + 5 + 10 * split}`}`),
    ),
  );

/** The definition, event by event over explicit sets of ids: a merge joins the sets of two roots. */
function bySets(told: readonly SiteMerge[]): string {
  const held: SiteMerge[] = [];
  const parent = (id: string) => held.find(({ absorbed }) => absorbed === id)?.stays;
  const last = Math.max(0, ...told.flatMap(({ logIndex, splitIndex }) => [logIndex, splitIndex ?? 0]));
  for (let now = 0; now <= last; now++)
    for (const one of told) {
      const { stays, absorbed, logIndex, splitIndex } = one;
      const areRoots = parent(stays) === undefined && parent(absorbed) === undefined && stays !== absorbed;
      if (logIndex === now && areRoots) held.push(one);
      if (splitIndex === now && held.includes(one)) held.splice(held.indexOf(one), 1);
    }
  const root = (id: string): string => {
    const up = parent(id);
    return up === undefined ? id : root(up);
  };
  return SITES.map(root).join("");
}

describe("over random histories", () => {
  test("the replay agrees with the definition, in whatever order its rows come", () => {
    fc.assert(
      fc.property(
        history.chain((told) => fc.tuple(fc.constant(told), fc.shuffledSubarray(told, { minLength: told.length }))),
        ([told, mixed]) => {
          expect(roots(mergesOf(mixed))).toBe(bySets(told));
        },
      ),
      { numRuns: RUNS },
    );
  });

  test("a merge that is split leaves everything as it was", () => {
    fc.assert(
      fc.property(history, site, site, (told, stays, absorbed) => {
        const before = mergesOf(told);
        const after = mergesOf([...told, merge(`${stays}<${absorbed}@900-901`)]);
        expect(SITES.map((id) => [after.rootOf(id), after.mergedInto(id), after.membersOf(id)])).toEqual(
          SITES.map((id) => [before.rootOf(id), before.mergedInto(id), before.membersOf(id)]),
        );
      }),
      { numRuns: RUNS },
    );
  });

  test("every id has one root, which is its own, and the members of all roots are all ids", () => {
    fc.assert(
      fc.property(history, (told) => {
        const merges = mergesOf(told);
        for (const id of SITES) {
          const root = merges.rootOf(id);
          expect([merges.rootOf(root), merges.mergedInto(root)]).toEqual([root, null]);
          expect(merges.membersOf(id)).toContain(id);
        }
        const all = [...new Set(SITES.map((id) => merges.rootOf(id)))].flatMap((root) => merges.membersOf(root));
        expect(all.toSorted()).toEqual([...SITES]);
      }),
      { numRuns: RUNS },
    );
  });
});

import { type Bytes, u32be } from "@quasarix/shared/bytes.ts";
import type { AppendItem } from "@quasarix/shared/log/append.ts";
import { emptyEdge } from "@quasarix/shared/log/edge.ts";
import { decodeEntry, entryKeys } from "@quasarix/shared/log/entry.ts";
import { type DossierHead, freshItems, hashKey, type LogState, planGroup } from "@quasarix/shared/log/sequence.ts";
import { EMPTY_ROOT, leafHash, rootOfLeaves } from "@quasarix/shared/log/tree.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../runs.ts";

const EMPTY: LogState = { size: 0, root: EMPTY_ROOT, admittedAt: 0, edge: emptyEdge };

function item(statement: number, dossier: number): AppendItem {
  const subject = sha256(u32be(dossier));
  return { statementHash: sha256(u32be(statement + 1_000)), subject, K: sha256(subject) };
}

describe("the items that are new", () => {
  test.each([
    { what: "all of an unknown group, in order", items: [1, 2, 3], known: [], fresh: [1, 2, 3] },
    { what: "the first mention of each", items: [1, 2, 1, 2, 3], known: [], fresh: [1, 2, 3] },
    { what: "none that the log has", items: [1, 2, 1], known: [1], fresh: [2] },
  ])("are $what", ({ items, known, fresh }) => {
    const have = new Set(known.map((n) => hashKey(item(n, 0).statementHash)));
    expect(
      freshItems(
        items.map((n) => item(n, 0)),
        have,
      ),
    ).toEqual(fresh.map((n) => item(n, 0)));
  });
});

describe("a group", () => {
  test("takes the log's last time when the host's clock goes back", () => {
    const first = planGroup(EMPTY, [item(1, 0)], new Map(), 1_000);
    const second = planGroup(first.next, [item(2, 0)], new Map(), 400);
    const entry = decodeEntry(second.entries[0]?.entry as Bytes);
    expect(entry.ok && entry.value.admittedAt).toBe(1_000);
    expect(planGroup(second.next, [item(3, 0)], new Map(), 1_001).next.admittedAt).toBe(1_001);
  });

  test("leaves the state that it was planned on as it was", () => {
    const { next } = planGroup(EMPTY, [item(1, 0), item(2, 0)], new Map(), 1);
    const before = structuredClone(next);
    planGroup(next, [item(3, 0), item(4, 1)], new Map(), 2);
    expect(next).toEqual(before);
  });

  test("makes the same chains and root however its items are cut into groups", () => {
    const groups = fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 40 }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(groups, (cuts) => {
        let state = EMPTY;
        const heads = new Map<string, DossierHead>();
        const leaves: Bytes[] = [];
        const last = new Map<string, { seq: number; leaf: Bytes }>();
        for (const dossiers of cuts) {
          const items = dossiers.map((dossier, i) => item(state.size + i, dossier));
          const plan = planGroup(state, items, heads, 1);
          for (const [i, { index, seq, prev, entry }] of plan.entries.entries()) {
            const { subject, K } = items[i] as AppendItem;
            const before = last.get(hashKey(subject));
            expect({ index, seq, prev }).toEqual({
              index: leaves.length,
              seq: before ? before.seq + 1 : 0,
              prev: before?.leaf ?? new Uint8Array(32),
            });
            const opened = decodeEntry(entry);
            expect(opened.ok && opened.value.tag).toEqual(entryKeys(K, seq).tag);
            leaves.push(leafHash(entry));
            last.set(hashKey(subject), { seq, leaf: leafHash(entry) });
          }
          for (const { subject, ...head } of plan.dossiers) heads.set(hashKey(subject), head);
          state = plan.next;
        }
        expect(state.size).toBe(leaves.length);
        expect(state.root).toEqual(rootOfLeaves(leaves));
      }),
      { numRuns: runs(60, 500) },
    );
  });
});

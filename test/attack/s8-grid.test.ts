import { readRelease } from "@quasarix/shared/benchmark/release-bytes.ts";
import { fromUtf8 } from "@quasarix/shared/bytes.ts";
import { describe, expect, test } from "vitest";
import { bareCohort } from "./bare-cell.ts";
import { exactFile, release } from "./harness.ts";

/** Eleven sponsors of five records beside one that has `size` of them, all of the same score. */
const records = (size: number) =>
  Array.from({ length: 12 }, (_, member) =>
    Array.from({ length: member === 0 ? size : 5 }, (_one, i) => ({
      site: `site_${String(member).padStart(2, "0")}_${String(i).padStart(3, "0")}`,
      cell: 0,
      sponsor: `org_${member}`,
      values: Uint8Array.of(member === 0 ? 5 : (i % 4) + 1),
    })),
  ).flat();

const of = bareCohort();
const { K } = of.planned.plan;

describe("S8 the grid: a sponsor of any size counts in whole records", () => {
  test.each(Array.from({ length: 60 }, (_, i) => i + 1))("a sponsor with %i suppliers", (size) => {
    const [exact, built] = [exactFile(of, records(size)), release(of, records(size))];
    expect(exact.cells.map(({ bins }) => bins)).toEqual([[22, 11, 11, 11, Math.min(size, K)]]);
    for (const bin of built.file.cells[0]?.bins ?? []) expect(Number.isSafeInteger(bin)).toBe(true);
    expect(fromUtf8(built.bytes)).not.toMatch(/\d[.eE]/);
    expect(readRelease(built.bytes)).toEqual({ ok: true, value: built.file });
  });
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Tried, tryChicago } from "../../scripts/chicago/try.ts";
import { sharedPath } from "../shared-data.ts";

const source = sharedPath("data", "inspections", "chicago-food");
const SLICE = 300;
const MINUTES = 5 * 60_000;

describe.skipIf(!source)("a slice of real inspections, submitted by five members through the public API", () => {
  let folder = "";
  let tried: Tried;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "quasarix-chicago-"));
    tried = await tryChicago(source as string, { folder, limit: SLICE, progress: () => {} });
  }, MINUTES);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("each inspection is one submission and one audit of intake's", () => {
    expect(tried.submissions).toBe(SLICE);
    expect(tried.types.get("submission")).toBe(SLICE);
    expect(tried.types.get("audit")).toBe(SLICE);
  });

  test("each licence is one site, opened once", () => {
    expect(tried.types.get("site")).toBe(tried.sites);
  });

  test("a sample of intake's copies from each of five members has the digests of its submission", () => {
    expect(tried.confirmed).toBe(5 * 20);
  });

  test("fsck finds nothing, and nothing is left staged", () => {
    expect(tried.fsck.faults).toEqual([]);
    expect(tried.fsck).toMatchObject({ size: tried.fsck.rows, staged: 0, ahead: 0 });
  });

  test("what it is comes with what it counts", () => {
    expect(tried.notice).toMatch(/stand in for supplier audits/);
  });
});

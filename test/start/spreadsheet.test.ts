import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readList } from "@quasarix/client/import/headings-list.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Holding, holdingsOf } from "../../scripts/spreadsheet/holdings.ts";
import { HOUSE_STYLES } from "../../scripts/spreadsheet/house-styles.ts";
import { triedText } from "../../scripts/spreadsheet/report.ts";
import { type RealSite, realSites } from "../../scripts/spreadsheet/source.ts";
import { type TriedSheet, trySpreadsheet } from "../../scripts/spreadsheet/try.ts";
import { sharedPath } from "../shared-data.ts";

const source = sharedPath("data", "apple-suppliers") && sharedPath("data", "facility-lists");
const shared = path.resolve(source ?? "", "../..");
const SLICE = { seed: "test", today: "2026-03-04", members: 5, audits: 40 };
const MINUTES = 5 * 60_000;

describe.skipIf(!source)("lists made from real sites", () => {
  let sites: RealSite[];
  beforeAll(async () => {
    sites = await realSites(shared);
  });

  test("the same seed makes the same files, another makes others", () => {
    expect(holdingsOf(sites, SLICE)).toEqual(holdingsOf(sites, SLICE));
    expect(holdingsOf(sites, { ...SLICE, seed: "other" })).not.toEqual(holdingsOf(sites, SLICE));
  });

  test("in every form that an office keeps, every row is read by its headings alone, and every audit with it", async () => {
    const members = HOUSE_STYLES.length;
    for (const { csv, truth } of holdingsOf(sites, { ...SLICE, members, audits: members * 50 })) {
      const read = await readList(utf8(csv));
      if (!read.ok) throw new Error(read.failure.message);
      const { rows, problems, warnings } = read.value;
      expect([...problems, ...warnings]).toEqual([]);
      expect(rows).toHaveLength(truth.length);
      expect(rows.flatMap(({ audits }) => audits)).toHaveLength(50);
    }
  });
});

// A short run has `spine/six-members`, the same way in workerd.
describe.runIf(source && process.env["LONG"] === "1")("five members' lists in a consortium of their own", () => {
  let folder = "";
  let tried: TriedSheet;
  let holdings: Holding[];
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "quasarix-spreadsheet-"));
    const sites = (await realSites(shared)).slice(0, 30);
    const today = new Date().toISOString().slice(0, 10);
    holdings = holdingsOf(sites, { ...SLICE, today });
    tried = await trySpreadsheet(holdings, { folder, progress: () => {} });
  }, MINUTES);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("every audit of every list is on file, and nothing was refused", () => {
    const claimed = tried.handedIn.map(({ run }) => run.claims.claimed);
    expect(claimed.reduce((sum, count) => sum + count, 0)).toBe(SLICE.audits);
    expect(tried.handedIn.flatMap(({ run }) => run.refused)).toEqual([]);
  });

  test("sites that several members have are found to be shared", () => {
    const lists = holdings.map(({ truth }) => new Set(truth));
    const shares = [...new Set(lists.flatMap((list) => [...list]))].filter(
      (site) => lists.filter((list) => list.has(site)).length > 1,
    );
    expect(tried.totals.members).toBe(SLICE.members);
    expect(tried.totals.shared).toBeGreaterThan(0.9 * shares.length);
  });

  test("the report has a line for duplicates, joint candidates and gaps", () => {
    const text = triedText(tried, 30);
    for (const word of ["duplicates", "joint candidates", "gaps:"]) expect(text).toContain(word);
  });
});

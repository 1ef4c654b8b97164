import { createHash, createHmac } from "node:crypto";
import { base64url } from "@quasarix/shared/base64.ts";
import { blinding, inputCommitment, inputKey, inputRecords } from "@quasarix/shared/benchmark/inputs.ts";
import { RecordTable } from "@quasarix/shared/benchmark/record-table.ts";
import { sitesRoot } from "@quasarix/shared/benchmark/site-commitments.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { leafHash } from "@quasarix/shared/log/tree.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { cohortOf, recordsOf, release } from "./harness.ts";
import { sized } from "./measured.ts";
import { planOf } from "./planning.ts";
import { sizeText } from "./sizes.ts";
import { POOLS, worldOf } from "./world.ts";

const TOTAL = sized(16, 30, 60);

const world = worldOf(POOLS.twelve, "committed", 1);
const planned = planOf(world, ["quarter"]);
const of = cohortOf(planned, "quarter");
const records = recordsOf(of);
const secret = planned.secrets.secretOf(of.cohort.id);
const built = release(of, records);
const paths = of.series.cells.map(({ path }) => path);

const table = new RecordTable({ cells: paths.length, metrics: 1 });
for (const record of records) table.add(record);
const inputs = [...inputRecords(table, table.bySite(), paths)];
const commitmentOf = (one: (typeof inputs)[number], r = blinding(inputKey(secret), one.site)) =>
  inputCommitment(r, one);

/** All hashes that stand in the log, in the plan's file or in a proof about them. */
const shown = new Set<string>();
beforeAll(() => {
  const { plan } = planned;
  for (const text of [built.hash, built.inputs, planned.hash, plan.planKey, plan.sites, of.cohort.commitment])
    shown.add(Buffer.from(text, "base64url").toString("binary"));
  const committed = inputs.map((one) => commitmentOf(one));
  for (const bytes of committed)
    for (const one of [bytes, leafHash(bytes)]) shown.add(Buffer.from(one).toString("binary"));
  // The root of one place alone is that place's leaf.
  for (const { site, sponsor } of planned.participants) {
    const root = sitesRoot(planned.secrets.planKey, [{ site, cells: paths, sponsor }]);
    shown.add(Buffer.from(root, "base64url").toString("binary"));
  }
});

const sha = (text: string): string => createHash("sha256").update(text).digest("binary");
const leaf = (text: string): string => createHash("sha256").update(`\0${text}`).digest("binary");
const keyed = (key: string, text: string): string => createHmac("sha256", key).update(text).digest("binary");

/** Whether somebody who guesses this text, and has only what is public for a key, finds it. */
function isFound(text: string, keys: readonly string[]): boolean {
  const tried = [sha(text), leaf(text), ...keys.map((key) => keyed(key, text))];
  return tried.some(
    (hash) => shown.has(hash) || shown.has(createHash("sha256").update(`\0${hash}`, "binary").digest("binary")),
  );
}

/** Every way in which five bins hold no more than `total`. */
function* histograms(total: number, bins = 5): Generator<number[]> {
  if (bins === 0) return yield [];
  for (let first = 0; first <= total; first++)
    for (const rest of histograms(total - first, bins - 1)) yield [first, ...rest];
}

describe("S10 nothing in the log is found by trying what it could say", () => {
  test("no record: every site and score, spelt in every likely way, under every public key", () => {
    for (const { site, path, sponsor } of inputs) {
      const keys = ["", site, sponsor, planned.hash, of.cohort.id, of.cohort.commitment];
      for (let value = 0; value <= 5; value++) {
        const spelt = [
          `${site}|${path}|${sponsor}|${value}`,
          `${site}|${of.series.metrics[0]}|${path}|${sponsor}|${value}`,
          `${site}|${value}`,
          `${site}\n${value}\n`,
          JSON.stringify({ site, path, sponsor, values: `${value}` }),
          JSON.stringify({ site, value }),
        ];
        for (const text of spelt) expect(isFound(text, keys)).toBe(false);
      }
      for (const text of [`${site}|${sponsor}`, `${site}|${path}|${sponsor}`, `${site}|${paths.join("|")}|${sponsor}`])
        expect(isFound(text, keys)).toBe(false);
    }
  });

  test(`no histogram (${sizeText(`all of at most ${TOTAL} records`)})`, () => {
    let [tried, found] = [0, 0];
    for (const bins of histograms(TOTAL)) {
      tried++;
      for (const text of [JSON.stringify(bins), bins.join()])
        found += Number(shown.has(sha(text)) || shown.has(leaf(text)));
    }
    expect(tried).toBeGreaterThan(20_000);
    expect(found).toBe(0);
  });

  test("no release with its cell's exact figures: the noise stands between", () => {
    const { cells, ...rest } = built.file;
    let found = 0;
    for (const bins of histograms(12))
      found += Number(shown.has(sha(JSON.stringify({ ...rest, cells: cells.map((cell) => ({ ...cell, bins })) }))));
    expect(found).toBe(0);
  });

  test("the search would find a record that was hashed without a key", () => {
    const { site } = inputs[0] as (typeof inputs)[number];
    shown.add(sha(`${site}|3`));
    expect(isFound(`${site}|3`, [])).toBe(true);
    shown.delete(sha(`${site}|3`));
  });
});

describe("S10 a commitment opens with its r, and only with it", () => {
  const one = inputs[0] as (typeof inputs)[number];
  const other = inputs[1] as (typeof inputs)[number];
  const key = inputKey(secret);
  const r = blinding(key, one.site);
  const flipped = r.with(0, (r[0] ?? 0) ^ 1);

  test.each([
    { name: "another value", record: { ...one, values: one.values === "5" ? "1" : "5" }, by: r },
    { name: "another sponsor", record: { ...one, sponsor: "org_other" }, by: r },
    { name: "another cell", record: { ...one, path: "industry=other" }, by: r },
    { name: "another site", record: { ...one, site: other.site }, by: r },
    { name: "a bit of r", record: one, by: flipped as typeof r },
    { name: "another site's r", record: one, by: blinding(key, other.site) },
    {
      name: "r of another cohort's secret",
      record: one,
      by: blinding(inputKey(planned.secrets.secretOf("2026-Q2")), one.site),
    },
    { name: "the secret itself for r", record: one, by: secret },
    { name: "the plan's key for r", record: one, by: planned.secrets.planKey },
    { name: "an empty r", record: one, by: utf8("") },
  ])("not with $name", ({ record, by }) => {
    expect(base64url(commitmentOf(record, by))).not.toBe(base64url(commitmentOf(one)));
  });

  test("each has an r of its own, of 32 bytes, and the same record comes out the same", () => {
    const rs = inputs.map(({ site }) => blinding(key, site));
    expect(new Set(rs.map((bytes) => base64url(bytes))).size).toBe(inputs.length);
    for (const bytes of rs) expect(bytes).toHaveLength(32);
    expect(base64url(commitmentOf({ ...one }, blinding(key, one.site)))).toBe(base64url(commitmentOf(one)));
  });
});

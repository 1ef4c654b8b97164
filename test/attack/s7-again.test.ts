import { useNodeEngines } from "@quasarix/client/node/engines.ts";
import { fromBase64url } from "@quasarix/shared/base64.ts";
import { BORN, close, publish } from "@quasarix/shared/benchmark/life.ts";
import { u32be, utf8 } from "@quasarix/shared/bytes.ts";
import { hmacSha256, sha256 } from "@quasarix/shared/sha256.ts";
import { describe, expect, test } from "vitest";
import { bareCohort, fortyRecords } from "./bare-cell.ts";
import { CASES } from "./cases.ts";
import { chance, shuffled } from "./chance.ts";
import { cohortsIn, hashOf, type Released, recordsOf, release } from "./harness.ts";
import { planOf } from "./planning.ts";
import { isLong, sizeText } from "./sizes.ts";

useNodeEngines();

const TRIALS = isLong ? 2000 : 1000;
const SECRETS = isLong ? 2000 : 300;
/** Of discrete Laplace noise with b = 2 (BENCHMARKS 2.1). */
const VARIANCE = 7.84;
const secretOf = (trial: number) => hmacSha256(utf8("S7"), u32be(trial));

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const covariance = (a: readonly number[], b: readonly number[]): number =>
  mean(a.map((value, i) => value * (b[i] ?? 0))) - mean(a) * mean(b);

describe.each(CASES)("S7 the same again, $name", ({ world, series }) => {
  const planned = planOf(world, series);

  test("the same records in any order give the same bytes and the same commitments", () => {
    for (const of of cohortsIn(planned)) {
      const records = recordsOf(of);
      const [once, again] = [release(of, records), release(of, shuffled(chance(of.cohort.id), records))];
      expect(again.bytes).toEqual(once.bytes);
      expect([again.hash, again.inputs]).toEqual([once.hash, once.inputs]);
    }
  });

  test("one score changed leaves every other cell and metric as it was", () => {
    for (const of of cohortsIn(planned)) {
      const records = recordsOf(of);
      const changed = records.map((record, i) =>
        i === 7 ? { ...record, values: record.values.map((value, m) => (m === 0 ? (value % 5) + 1 : value)) } : record,
      );
      const [before, after] = [release(of, records).file, release(of, changed).file];
      expect(after.withheld).toEqual(before.withheld);
      const differing = after.cells.filter(({ bins }, i) => `${bins}` !== `${before.cells[i]?.bins}`);
      const path = of.series.cells[records[7]?.cell ?? 0]?.path;
      for (const cell of differing) expect([cell.path, cell.metric]).toEqual([path, of.series.metrics[0]]);
    }
  });
});

test("S7: a second publish is refused, and so is a second close", () => {
  const { planned, cohort } = bareCohort();
  const [{ plan }, now] = [planned, cohort.notBefore];
  const closing = { plan, cohort, adoption: { state: "adopted" as const }, now };
  const closed = close(BORN, closing);
  if (!closed.ok) throw new Error(closed.failure);
  const published = publish(closed.value, { plan, cohort, now, file: hashOf("the file") });
  if (!published.ok) throw new Error(published.failure);
  expect(close(published.value, closing)).toEqual({ ok: false, failure: "twice" });
  for (const file of ["the file", "another"])
    expect(publish(published.value, { plan, cohort, now: 2 * now, file: hashOf(file) })).toEqual({
      ok: false,
      failure: "twice",
    });
});

describe(`S7 fresh noise for changed records (${sizeText(`${TRIALS} trials`)})`, () => {
  const of = bareCohort();
  const records = fortyRecords([1, 2, 3, 4, 5, 3]);
  const changed = records.map((record, i) => (i === 0 ? { ...record, values: Uint8Array.of(4) } : record));
  const binsOf = (own: typeof records, secret = secretOf(0)) => release(of, own, { secret }).file.cells[0]?.bins ?? [];
  const trials = Array.from({ length: TRIALS }, (_, trial) => {
    const [before, after] = [binsOf(records, secretOf(trial)), binsOf(changed, secretOf(trial))];
    return before.map((bin, j) => (after[j] ?? 0) - bin);
  });

  test.each([0, 1, 2, 3, 4])("the two versions' bin %i differs by two independent draws", (j) => {
    const differences = trials.map((bins) => bins[j] ?? 0);
    const variance = covariance(differences, differences);
    expect(Math.abs(variance / (2 * VARIANCE) - 1)).toBeLessThan(isLong ? 0.1 : 0.15);
    expect(Math.abs(mean(differences) - (j === 0 ? -1 : j === 3 ? 1 : 0))).toBeLessThan(0.4);
  });
});

/** What is published under each of these secrets less what was counted: variables by cell, metric, bin and release. */
function noises(releases: readonly ((secret: Uint8Array<ArrayBuffer>) => ReturnType<typeof release>)[]): number[][] {
  const rows = Array.from({ length: SECRETS }, (_, trial) =>
    releases.flatMap((one) => one(secretOf(trial)).file.cells.flatMap(({ bins }) => [...bins])),
  );
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? 0));
}

test(`S7: the noise of no two cells, metrics, bins or releases goes together (${sizeText(`${SECRETS} secrets`)})`, () => {
  const of: Released = bareCohort(2);
  const two: Released = {
    ...of,
    series: {
      ...of.series,
      cells: [
        { path: "a", where: [] },
        { path: "b", where: [] },
      ],
    },
  };
  const first = fortyRecords([1, 2, 3, 4, 5], 2);
  const records = [...first, ...first.map((record) => ({ ...record, site: `${record.site}b`, cell: 1 }))];
  const columns = noises([
    (secret) => release(two, records, { secret }),
    (secret) => release(two, records, { secret, cohort: { id: "2026-Q2" } }),
    (secret) => release(two, records, { secret, votes: hashOf("other votes") }),
    (secret) => release(two, records, { secret, planHash: hashOf("another plan") }),
  ]);
  expect(columns).toHaveLength(4 * 2 * 2 * 5);
  for (const [i, a] of columns.entries()) {
    for (const b of columns.slice(i + 1)) {
      const correlation = covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));
      expect(Math.abs(correlation)).toBeLessThan((isLong ? 4 : 5) / Math.sqrt(SECRETS));
    }
  }
});

test("S7: the secret that a plan commits to is the one that the noise comes from", () => {
  for (const { planned, cohort } of cohortsIn(planOf((CASES[0] as (typeof CASES)[number]).world, ["quarter"])))
    expect(sha256(planned.secrets.secretOf(cohort.id))).toEqual(fromBase64url(cohort.commitment));
});

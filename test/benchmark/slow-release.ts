import { createCipheriv, createHash, createHmac } from "node:crypto";
import type { ReleaseOf } from "@quasarix/shared/benchmark/build-release.ts";
import { laplace } from "@quasarix/shared/benchmark/laplace.ts";
import type { SiteRecord } from "@quasarix/shared/benchmark/site-record.ts";

// A release as BENCHMARKS 1.3 says it, with an object a record and OpenSSL: slow, and with no line of the fast one but the
// sampler, which has its own tests.

const hmac = (key: Uint8Array, text: string): Buffer => createHmac("sha256", key).update(text).digest();
const hash = (...parts: (Uint8Array | string)[]): Buffer => {
  const all = createHash("sha256");
  for (const part of parts) all.update(part);
  return all.digest();
};

interface Score {
  readonly site: string;
  readonly sponsor: string;
  readonly value: number;
}

const bySite = (a: { site: string }, b: { site: string }): number =>
  Buffer.compare(Buffer.from(a.site), Buffer.from(b.site));

function drawn(scores: readonly Score[], K: number, secret: Uint8Array): Score[] {
  const lot = ({ site }: Score): string => hmac(secret, `draw|${site}`).toString("hex");
  const groups = Map.groupBy(scores, ({ sponsor }) => sponsor);
  return [...groups.values()].flatMap((own) => own.toSorted((a, b) => (lot(a) < lot(b) ? -1 : 1)).slice(0, K));
}

function noisy(of: ReleaseOf, path: string, metric: string, counting: readonly Score[]): number[] {
  const lines = counting.toSorted(bySite).map(({ site, value }) => `${site}\n${value}\n`);
  const digest = hash(lines.join("")).toString("base64url");
  const release = `${of.planHash}|${of.cohort.id}|${of.votes}`;
  return [1, 2, 3, 4, 5].map((bin) => {
    const cipher = createCipheriv(
      "aes-256-ctr",
      hmac(of.secret, `${release}|${path}|${metric}|${bin}|${digest}`),
      Buffer.alloc(16),
    );
    const noise = laplace(() => cipher.update(Buffer.alloc(4)).readUInt32BE(0), of.plan.b);
    return counting.filter(({ value }) => value === bin).length + noise;
  });
}

function isEnough(counting: readonly Score[], { floor }: ReleaseOf["plan"]): boolean {
  const perSponsor = [...Map.groupBy(counting, ({ sponsor }) => sponsor).values()].map(({ length }) => length);
  const isAQuarterAtMost = perSponsor.every((length) => length / counting.length <= 0.25);
  return counting.length >= floor.counted && perSponsor.length >= floor.sponsors && isAQuarterAtMost;
}

export function slowFile(of: ReleaseOf, records: readonly SiteRecord[]): string {
  const [cells, withheld]: [object[], object[]] = [[], []];
  for (const [cell, { path }] of of.series.cells.entries())
    for (const [m, metric] of of.series.metrics.entries()) {
      const scores = records
        .filter((record) => record.cell === cell && record.values[m] !== 0)
        .map(({ site, sponsor, values }) => ({ site, sponsor, value: values[m] as number }));
      const counting = drawn(scores, of.plan.K, of.secret);
      if (isEnough(counting, of.plan)) cells.push({ path, metric, bins: noisy(of, path, metric, counting) });
      else withheld.push({ path, metric });
    }
  return JSON.stringify({ planHash: of.planHash, cohort: of.cohort.id, cells, withheld });
}

/** RFC 6962 2.1, by its recursion. */
function rootOf(leaves: readonly Uint8Array[]): Buffer {
  const [first] = leaves;
  if (!first) return hash("");
  if (leaves.length === 1) return hash(Uint8Array.of(0), first);
  const half = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return hash(Uint8Array.of(1), rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}

export function slowInputs({ secret, series }: ReleaseOf, records: readonly SiteRecord[]): string {
  const leaves = records.toSorted(bySite).map(({ site, cell, sponsor, values }) => {
    const r = hmac(hmac(secret, "inputs"), site);
    return hmac(r, `${site}|${series.cells[cell]?.path}|${sponsor}|${values.join("")}`);
  });
  return rootOf(leaves).toString("base64url");
}

import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import { rerun } from "@quasarix/shared/benchmark/rerun.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { leafHash } from "@quasarix/shared/log/tree.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import type { ReleaseView } from "@quasarix/shared/wire/releases.ts";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { findings } from "../benchmark/pool.ts";
import { env } from "../workerd-env.ts";
import { auditContent, type Org } from "../world.ts";
import { api, type House, house, METRICS, publishFounding } from "./house.ts";

let made: House;
let lines: string[];
let release: ReleaseView;
let file: Uint8Array<ArrayBuffer>;

/** A second audit of a site in the cohort, a day later, and a third that is older: each by another route. */
async function auditAgain({ pool }: House): Promise<void> {
  const [site] = pool.sites[0] as [string];
  const { existence } = auditContent();
  const on = (auditFrom: string, critical: number) =>
    auditContent({ existence: { ...existence, auditFrom }, findings: findings(critical) });
  await pool.world.audit(pool.firm, site, on("2036-03-05", 12));
  await pool.world.audit(pool.firm, site, on("2036-03-03", 4));
}

beforeAll(async () => {
  made = await house();
  await auditAgain(made);
  await publishFounding(made);
  const { plans, cohort, pool, auditor } = made;
  const [member] = pool.members as [Org];
  const at = `/v1/releases/${plans.published}/${cohort}`;
  lines = (await (await api(auditor, { path: `${at}/inputs` })).text()).trimEnd().split("\n");
  file = new Uint8Array(await (await api(member, { path: `${at}/file` })).arrayBuffer());
  const all = (await (await api(member, { path: "/v1/releases" })).json()) as { items: [ReleaseView] };
  release = all.items[0];
}, 180_000);
afterAll(() => vi.useRealTimers());

interface InputLine {
  readonly site: string;
  readonly sponsor: string;
  readonly path: string;
  readonly values: string;
}
const inputs = (): InputLine[] => lines.slice(1).map((line) => JSON.parse(line) as InputLine);

test("S1 through the API: a site that was audited three times counts once, by its latest day", () => {
  const sites = inputs().map(({ site }) => site);
  expect(sites).toHaveLength(40);
  expect(new Set(sites)).toEqual(new Set(made.pool.sites.flat()));
  const again = inputs().find(({ site }) => site === made.pool.sites[0]?.[0]);
  expect(again?.values).toBe("50");
});

test("S1 through the API: each sponsor stands behind no more than K of the counted", () => {
  const counts = [...Map.groupBy(inputs(), ({ sponsor }) => sponsor).values()].map(({ length }) => length);
  expect(counts).toEqual(Array(8).fill(5));
});

test("S7 through the API: run again from the auditor's package, the release is the published one", () => {
  const again = rerun(lines, { claims: release, bytes: file });
  expect(again).toMatchObject({ ok: true, value: { inputs: release.inputs, differences: [] } });
});

/** Every hash that the log and what stands in it shows, as bytes in b64url. */
async function shown(): Promise<Set<string>> {
  const { results } = await env.DB.prepare("SELECT hash FROM statements").all<{ hash: string }>();
  const known = [release.file, release.inputs, release.commitment, release.votes, made.plan.sites, made.plan.planKey];
  const hashes = [...results.map(({ hash }) => hash), ...known];
  return new Set(hashes.flatMap((hash) => [hash, base64url(leafHash(fromBase64url(hash) ?? utf8(hash)))]));
}

function* histograms(total: number, bins = 5): Generator<number[]> {
  if (bins === 0) return yield [];
  for (let first = 0; first <= total; first++)
    for (const rest of histograms(total - first, bins - 1)) yield [first, ...rest];
}

test("S10 in the log: no leaf is a record or a small histogram, hashed as it is", async () => {
  const there = await shown();
  expect(there.size).toBeGreaterThan(150);
  const isThere = (text: string) => [sha256(utf8(text)), leafHash(utf8(text))].some((it) => there.has(base64url(it)));
  const found: string[] = [];
  for (const { site, path, sponsor } of inputs())
    for (const value of ["0", "1", "2", "3", "4", "5"])
      for (const text of [
        `${site}|${path}|${sponsor}|${value}0`,
        `${site}|${value}`,
        `${site}\n${value}\n`,
        `${site}|${METRICS[0]}|${value}`,
      ])
        if (isThere(text)) found.push(text);
  for (const bins of histograms(9)) if (isThere(JSON.stringify(bins))) found.push(`${bins}`);
  expect(found).toEqual([]);
});

test("S10 in the log: neither the package's secret nor anything that opens a record stands in what members read", async () => {
  const { secret } = JSON.parse(lines[0] ?? "") as { secret: string };
  expect(base64url(sha256(fromBase64url(secret) ?? utf8("")))).toBe(release.commitment);
  const { results } = await env.DB.prepare("SELECT claims FROM releases").all<{ claims: string }>();
  for (const text of [...results.map(({ claims }) => claims), new TextDecoder().decode(file)])
    expect(text).not.toContain(secret);
});

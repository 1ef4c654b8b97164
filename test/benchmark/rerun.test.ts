import { base64url } from "@quasarix/shared/base64.ts";
import { packageHead, packageRecord } from "@quasarix/shared/benchmark/audit-package.ts";
import { type BuiltRelease, ReleaseBuild, type ReleaseOf } from "@quasarix/shared/benchmark/build-release.ts";
import { blinding, type InputRecord, inputCommitment, inputKey } from "@quasarix/shared/benchmark/inputs.ts";
import type { Plan } from "@quasarix/shared/benchmark/plan.ts";
import { planHash, writePlan } from "@quasarix/shared/benchmark/plan-file.ts";
import { writeRelease } from "@quasarix/shared/benchmark/release-bytes.ts";
import { type Published, rerun } from "@quasarix/shared/benchmark/rerun.ts";
import type { SiteRecord } from "@quasarix/shared/benchmark/site-record.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { describe, expect, test } from "vitest";
import { hashOf, pool, small } from "./small-release.ts";

const cohort = {
  id: "2026-Q1",
  from: "2026-01-01",
  to: "2026-03-31",
  cutoff: 1,
  notBefore: 1,
  commitment: base64url(sha256(small.secret)),
};
const plan: Plan = {
  version: 1,
  consortium: "example.org/log",
  profile: "eight",
  says: "8 or more companies",
  marks: [],
  K: 5,
  W: 40,
  floor: { counted: 25, sponsors: 8 },
  b: [2, 1],
  planKey: hashOf("plan key"),
  sites: hashOf("sites"),
  auditors: [],
  commitBy: 1,
  series: [{ ...small.series, name: "quarter", cohorts: [cohort, { ...cohort, id: "2026-Q2" }] }],
};
const planBytes = writePlan(plan);
const of: ReleaseOf = { ...small, plan, planHash: planHash(planBytes), cohort };

function releaseOf(records: readonly SiteRecord[], over: Partial<ReleaseOf> = {}): BuiltRelease {
  const build = new ReleaseBuild({ ...of, ...over });
  for (const one of records) build.add(one);
  return build.finish();
}
const release = releaseOf(pool());

const publishedOf = ({ bytes, hash, inputs }: BuiltRelease, over: Partial<Published["claims"]> = {}): Published => ({
  bytes,
  claims: {
    ...{ plan: of.planHash, cohort: cohort.id, file: hash, inputs },
    ...{ commitment: cohort.commitment, votes: small.votes, ...over },
  },
});

const bySite = (a: SiteRecord, b: SiteRecord): number => (a.site < b.site ? -1 : 1);
const inputOf = ({ site, cell, sponsor, values }: SiteRecord): InputRecord => ({
  ...{ site, path: small.series.cells[cell]?.path ?? "", sponsor, values: values.join("") },
});
const text = new TextDecoder().decode(planBytes);
const headOf = (over: { plan?: string; cohort?: string; votes?: string; secret?: string } = {}): string =>
  packageHead({ plan: text, cohort: cohort.id, votes: small.votes, secret: base64url(small.secret), ...over });
const linesOf = (records: readonly SiteRecord[], head: string = headOf()): string[] =>
  [head, ...records.toSorted(bySite).map((one) => packageRecord(inputOf(one)))].map((line) => line.trimEnd());
const differencesOf = (lines: readonly string[], published: Published): readonly string[] => {
  const result = rerun(lines, published);
  return result.ok ? result.value.differences : expect.fail(JSON.stringify(result.failure));
};

describe("a release made again from the auditor's package", () => {
  test("has the published bytes and root, and no difference to tell", () => {
    const again = rerun(linesOf(pool()), publishedOf(release));
    expect(again).toEqual({ ok: true, value: { bytes: release.bytes, inputs: release.inputs, differences: [] } });
  });

  const better = release.file.cells.map((cell, i) =>
    i === 1 ? { ...cell, bins: cell.bins.with(4, 99) as typeof cell.bins } : cell,
  );
  const picked: Bytes = writeRelease({ ...release.file, cells: better });
  const bins = (of: typeof better): string => `[${of[1]?.bins.join(", ")}]`;
  const fewer = pool().slice(1);
  const another = new Uint8Array(32);

  test.each<[string, readonly string[], Published, string[]]>([
    [
      "noise that was picked by hand",
      linesOf(pool()),
      publishedOf({ ...release, bytes: picked, hash: base64url(sha256(picked)) }),
      [
        `file: published industry=textiles, findings/major: ${bins(better)}, made again industry=textiles, findings/major: ${bins(release.file.cells)}`,
      ],
    ],
    [
      "bytes that are not those in the log",
      linesOf(pool()),
      publishedOf(release, { file: hashOf("other bytes") }),
      ["file: the published bytes are not those that the log names"],
    ],
    [
      "a record left out of the package",
      linesOf(fewer),
      publishedOf(release),
      ["inputs: the records are not those that were committed to", expect.stringContaining("file: published")],
    ],
    [
      "a secret that was chosen after the vote",
      linesOf(pool(), headOf({ secret: base64url(another) })),
      publishedOf(releaseOf(pool(), { secret: another })),
      ["secret: not the one that the plan committed to before the vote", "secret: not the one that the log names"],
    ],
    [
      "a set of votes that was chosen for its noise",
      linesOf(pool(), headOf({ votes: hashOf("others") })),
      publishedOf(releaseOf(pool(), { votes: hashOf("others") })),
      ["votes: not the digest that the log names"],
    ],
    [
      "another cohort's release",
      linesOf(pool(), headOf({ cohort: "2026-Q2" })),
      publishedOf(releaseOf(pool(), { cohort: { id: "2026-Q2" } })),
      ["cohort: the package is of 2026-Q2, the log names 2026-Q1"],
    ],
    [
      "a plan that is not the one in the log",
      linesOf(pool()),
      publishedOf(release, { plan: hashOf("another") }),
      [`plan: the package is of plan ${of.planHash}, the log names ${hashOf("another")}`],
    ],
    [
      "something published that is no release",
      linesOf(pool()),
      publishedOf({ ...release, bytes: new Uint8Array(3), hash: base64url(sha256(new Uint8Array(3))) }),
      ["file: the published bytes are not a release file"],
    ],
  ])("names %s", (_, lines, published, differences) => {
    expect(differencesOf(lines, published)).toEqual(differences);
  });

  test.each([
    ["first", 0],
    ["last", release.file.cells.length - 1],
  ])("a %s cell that was withheld without need is named", (_, at) => {
    const { path = "", metric = "" } = release.file.cells[at] ?? {};
    const cells = release.file.cells.toSpliced(at, 1);
    const bytes = writeRelease({ ...release.file, cells, withheld: [{ path, metric }] });
    const [says] = differencesOf(linesOf(pool()), publishedOf({ ...release, bytes, hash: base64url(sha256(bytes)) }));
    expect(says).toContain(`made again ${path}, ${metric}: [`);
  });

  test("a cell published past the last one is named", () => {
    const more = {
      path: "all",
      metric: "findings/major",
      bins: [9, 9, 9, 9, 9] as [number, number, number, number, number],
    };
    const bytes = writeRelease({ ...release.file, cells: [...release.file.cells, more] });
    const [says] = differencesOf(linesOf(pool()), publishedOf({ ...release, bytes, hash: base64url(sha256(bytes)) }));
    expect(says).toBe("file: published all, findings/major: [9, 9, 9, 9, 9], made again: no cell more");
  });

  test("a cell that is said to be withheld and is published all the same is named", () => {
    const { path = "", metric = "" } = release.file.cells[0] ?? {};
    const bytes = writeRelease({ ...release.file, withheld: [{ path, metric }] });
    const differences = differencesOf(
      linesOf(pool()),
      publishedOf({ ...release, bytes, hash: base64url(sha256(bytes)) }),
    );
    expect(differences).toEqual(["file: cells agree, what is withheld does not"]);
  });

  const lines = linesOf(pool());
  const second = JSON.parse(lines[1] as string) as object;
  const spoilt = (change: object): string[] => lines.with(1, JSON.stringify({ ...second, ...change }));
  test.each<[string, readonly string[], object]>([
    ["nothing", [], { reason: "package-line", line: 1 }],
    ["a head of another version", [headOf().replace("1", "2")], { reason: "package-line", line: 1 }],
    ["a head whose plan is none", [headOf({ plan: "{}" })], { reason: "package-plan" }],
    [
      "a head with a cohort that the plan lacks",
      [headOf({ cohort: "2027" })],
      { reason: "package-cohort", cohort: "2027" },
    ],
    ["a line that is no JSON", lines.with(2, "{"), { reason: "package-line", line: 3 }],
    ["a cell that the plan lacks", spoilt({ path: "all" }), { reason: "package-line", line: 2 }],
    ["a value too many", spoilt({ values: "1111" }), { reason: "package-line", line: 2 }],
    ["a value of six", spoilt({ values: "161" }), { reason: "package-line", line: 2 }],
    ["a bar in a name", spoilt({ sponsor: "org|x" }), { reason: "package-line", line: 2 }],
    ["a site twice", lines.toSpliced(1, 0, lines[1] as string), { reason: "package-line", line: 3 }],
    ["sites out of order", lines.toSpliced(1, 0, lines[3] as string), { reason: "package-line", line: 3 }],
  ])("%s is refused with its line", (_, text, failure) => {
    expect(rerun(text, publishedOf(release))).toEqual({ ok: false, failure });
  });
});

describe("an input commitment", () => {
  const one = inputOf(pool()[0] as SiteRecord);
  const key = inputKey(small.secret);
  const commitment = base64url(inputCommitment(blinding(key, one.site), one));

  test("opens with its record and its own r alone", () => {
    const others = [
      ...[..."012345"].flatMap((a) => [..."012345"].map((b) => ({ ...one, values: `${a}${b}${one.values[2]}` }))),
      { ...one, sponsor: "org-1" },
      { ...one, path: "all" },
    ].filter((other) => JSON.stringify(other) !== JSON.stringify(one));
    expect(others.length).toBe(37);
    for (const other of others) expect(base64url(inputCommitment(blinding(key, one.site), other))).not.toBe(commitment);
    expect(base64url(inputCommitment(blinding(key, "another site"), one))).not.toBe(commitment);
    expect(base64url(inputCommitment(blinding(key, one.site), { ...one }))).toBe(commitment);
  });

  test("is found by no hash of the record, under no key that is known", () => {
    const line = `${one.site}|${one.path}|${one.sponsor}|${one.values}`;
    const known = [new Uint8Array(0), new Uint8Array(32), sha256(new TextEncoder().encode(one.site))];
    expect(known.map((r) => base64url(inputCommitment(r, one)))).not.toContain(commitment);
    expect(hashOf(line)).not.toBe(commitment);
  });
});

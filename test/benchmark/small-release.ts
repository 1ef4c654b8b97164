import { base64url } from "@quasarix/shared/base64.ts";
import { type BuiltRelease, ReleaseBuild, type ReleaseOf } from "@quasarix/shared/benchmark/build-release.ts";
import type { SiteRecord } from "@quasarix/shared/benchmark/site-record.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";

export const hashOf = (text: string): string => base64url(sha256(utf8(text)));

export const small: ReleaseOf = {
  plan: { K: 5, b: [2, 1], floor: { counted: 25, sponsors: 8 } },
  planHash: hashOf("plan"),
  series: {
    cells: [
      { path: "industry=textiles", where: [{ by: "industry", in: ["textiles"] }] },
      { path: "industry=other", where: [{ by: "industry", notIn: ["textiles"] }] },
    ],
    metrics: ["findings/critical", "findings/major", "remediation/days"],
  },
  cohort: { id: "2026-Q1" },
  votes: hashOf("votes"),
  secret: sha256(utf8("secret")),
};

export const record = (site: string, cell: number, sponsor: string, values: readonly number[]): SiteRecord => ({
  site,
  cell,
  sponsor,
  values: Uint8Array.from(values),
});

/** Two cells of 12 sponsors with 1 to 12 sites each; every fifth site lacks the second metric. */
export const pool = (): SiteRecord[] =>
  Array.from({ length: 12 }, (_, sponsor) =>
    Array.from({ length: sponsor + 1 }, (_, n) =>
      [0, 1].map((cell) => {
        const at = 7 * sponsor + 3 * n + cell;
        return record(`site-${sponsor}-${n}-${cell}`, cell, `org-${sponsor}`, [
          1 + (at % 5),
          at % 5 === 0 ? 0 : 1 + (at % 4),
          1 + (at % 3),
        ]);
      }),
    ),
  ).flat(2);

export function built(records: Iterable<SiteRecord>, over: Partial<ReleaseOf> = {}): BuiltRelease {
  const build = new ReleaseBuild({ ...small, ...over });
  for (const one of records) build.add(one);
  return build.finish();
}

/** Of `pool`: a release that somebody re-runs in ten years has to come out the same. */
export const POOL_HASH = "W3ZbYHra1V0fCtgCUiYOMBsIlirnWZmvXIOFlE2JzXg";
export const POOL_INPUTS = "rjbT-d2oU4eRY8cR2he2-YctzFVDPFugfzZ1CfsB_O8";

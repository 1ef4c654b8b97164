import type { Leaf } from "@quasarix/shared/benchmark/site-record.ts";
import { below, chance, normal, weighted, zipf } from "./chance.ts";
import { COUNTRIES, INDUSTRIES, TIERS } from "./tree-names.ts";

export interface PoolSize {
  readonly name: string;
  readonly members: number;
  readonly suppliers: number;
}

/** The simulated pools of BENCHMARKS 1.7, and one for the profile of five to seven members (1.9). */
export const POOLS = {
  twelve: { name: "12 members, 300 suppliers", members: 12, suppliers: 300 },
  thirty: { name: "30 members, 2,000 suppliers", members: 30, suppliers: 2_000 },
  eighty: { name: "80 members, 20,000 suppliers", members: 80, suppliers: 20_000 },
} as const satisfies Record<string, PoolSize>;
export const SIX: PoolSize = { name: "6 members, 150 suppliers", members: 6, suppliers: 150 };
export const FIVE: PoolSize = { name: "5 members, 120 suppliers", members: 5, suppliers: 120 };
export const SEEDS = ["ash", "birch", "cedar"] as const;

/** Eight quarters: a plan is made of the first four, the others are released under it. */
export const QUARTERS = 8;
export const FIRST_YEAR = 2025;

export interface WorldSite {
  readonly id: string;
  readonly leaf: Leaf;
  /** Those that buy there: whoever of them the key chooses is the sponsor. */
  readonly members: readonly string[];
}

/** One audit that counts. Several members may audit one site in one quarter. */
export interface WorldAudit {
  /** Index of the site. */
  readonly site: number;
  /** 0 to 7. */
  readonly quarter: number;
  readonly day: string;
  readonly member: string;
  readonly isAccredited: boolean;
  /** 1 to 5 for each metric, 0 for none. */
  readonly values: Uint8Array;
}

export interface AttackWorld {
  readonly name: string;
  readonly members: readonly string[];
  readonly sites: readonly WorldSite[];
  /** By quarter, then day. */
  readonly audits: readonly WorldAudit[];
  readonly metrics: readonly string[];
}

/** As many metrics as asked, of all three kinds. */
export const metricsOf = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => {
    if (i === 1) return "findings/critical";
    return i === 2 ? "remediation/days" : `score/quasarix@1/benchmark-${i + 1}`;
  });

/**
 * Ordinal scores of one quality a site plus chance, industries and countries by Zipf's law, members of unequal size. The same
 * bytes for the same size, seed and number of metrics.
 */
export function worldOf(size: PoolSize, seed: string, metricCount = 3): AttackWorld {
  const next = chance(`${size.name}|${seed}`);
  const members = Array.from({ length: size.members }, (_, i) => `org_member-${String(i + 1).padStart(3, "0")}`);
  const sites = sitesOf(size, members, next);
  const audits = sites
    .flatMap((site, i) => auditsOf(site, i, metricCount, next))
    .toSorted((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)));
  return { name: `${size.name}, ${seed}`, members, sites, audits, metrics: metricsOf(metricCount) };
}

function sitesOf(size: PoolSize, members: readonly string[], next: () => number): WorldSite[] {
  const industry = weighted(next, zipf(INDUSTRIES.length));
  const country = weighted(next, zipf(COUNTRIES.length));
  const tier = weighted(next, [6, 3, 1]);
  const member = weighted(next, zipf(members.length, 0.4));
  return Array.from({ length: size.suppliers }, (_, i) => {
    const [place = "CN", region = "eastern-asia"] = COUNTRIES[country()] ?? [];
    const leaf = { industry: INDUSTRIES[industry()] ?? "", region, country: place, tier: TIERS[tier()] ?? "" };
    const buyers = new Set([members[member()] ?? ""]);
    while (buyers.size < 5 && buyers.size < members.length && next() < 0.3) buyers.add(members[member()] ?? "");
    return { id: `site_${String(i + 1).padStart(6, "0")}`, leaf, members: [...buyers] };
  });
}

/** The chances of 1 to 5, as bounds of a standard normal: 8, 17, 33, 27 and 15 %, so that the best guess is right in 33 %. */
const BOUNDS = [-1.405, -0.674, 0.202, 1.036];
const valueAt = (level: number): number => 1 + BOUNDS.filter((bound) => level > bound).length;

/** About one audit a site and year, in its own quarter; one in seven twice, one in five quarters by two members. */
function auditsOf(site: WorldSite, index: number, metricCount: number, next: () => number): WorldAudit[] {
  const quality = normal(next);
  const own = below(next, 4);
  const found: WorldAudit[] = [];
  for (let quarter = 0; quarter < QUARTERS; quarter++) {
    if (next() > (quarter % 4 === own ? 0.88 : 0.05)) continue;
    const times = site.members.length > 1 && next() < 0.2 ? 2 : 1;
    for (let time = 0; time < times; time++)
      found.push({
        site: index,
        quarter,
        day: dayIn(quarter, next),
        member: site.members[time] ?? "",
        isAccredited: next() < 0.7,
        values: Uint8Array.from({ length: metricCount }, () =>
          next() < 0.04 ? 0 : valueAt(0.75 * quality + 0.66 * normal(next)),
        ),
      });
  }
  return found;
}

function dayIn(quarter: number, next: () => number): string {
  const month = (quarter % 4) * 3 + 1 + below(next, 3);
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${FIRST_YEAR + Math.floor(quarter / 4)}-${two(month)}-${two(1 + below(next, 28))}`;
}

import { below, chance, shuffled } from "./chance.ts";
import { COUNTRIES, INDUSTRIES } from "./tree-names.ts";
import { type AttackWorld, FIRST_YEAR, QUARTERS, type WorldAudit, type WorldSite } from "./world.ts";

/** What a coalition does to its own suppliers, and to its invented ones. */
export interface Gaming {
  readonly coalition: readonly string[];
  readonly invented: number;
  /** Audited in one quarter by nobody's auditor, or as a real supplier would be. */
  readonly isPlausible: boolean;
  /** From this quarter on: before 4 the plan is made of it, from 4 on only the releases. */
  readonly from: number;
  /** Of its own suppliers, and of their audits. */
  readonly drops: number;
  readonly moves: number;
}

const ownOf = (site: WorldSite, coalition: readonly string[]): boolean =>
  site.members.every((member) => coalition.includes(member));

/** The same world as this coalition makes it look. Everybody else's audits stay as they were. */
export function gamed(world: AttackWorld, gaming: Gaming, seed: string): AttackWorld {
  const next = chance(`gaming ${seed}`);
  const own = shuffled(
    next,
    [...world.sites.keys()].filter((at) => ownOf(world.sites[at] as WorldSite, gaming.coalition)),
  );
  const dropped = new Set(own.slice(0, Math.floor(own.length * gaming.drops)));
  const moved = new Set(own.slice(Math.floor(own.length * (1 - gaming.moves))));
  const [country = "", region = ""] = COUNTRIES[below(next, COUNTRIES.length)] ?? [];
  const sites = world.sites.map((site, at) =>
    moved.has(at) ? { ...site, leaf: { ...site.leaf, country, region } } : site,
  );
  const kept = world.audits.filter(({ site, quarter }) => quarter < gaming.from || !dropped.has(site));
  const invented = Array.from({ length: gaming.invented }, (_, at) => inventedSite(at, gaming.coalition, next));
  const audits = invented.flatMap((_, at) => inventedAudits(sites.length + at, gaming, world.metrics.length, next));
  return {
    ...world,
    sites: [...sites, ...invented],
    audits: [...kept, ...audits].toSorted((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day))),
  };
}

function inventedSite(at: number, coalition: readonly string[], next: () => number): WorldSite {
  const [country = "", region = ""] = COUNTRIES[below(next, 3)] ?? [];
  const leaf = { industry: INDUSTRIES[below(next, INDUSTRIES.length)] ?? "", region, country, tier: "1" };
  return { id: `site_invented-${at}`, leaf, members: [coalition[at % coalition.length] ?? ""] };
}

function inventedAudits(site: number, gaming: Gaming, metrics: number, next: () => number): WorldAudit[] {
  const quarters = Array.from({ length: QUARTERS }, (_, at) => at).filter((at) => at >= gaming.from);
  const once = gaming.isPlausible ? quarters : quarters.slice(0, 1);
  return once.map((quarter) => ({
    site,
    quarter,
    day: `${FIRST_YEAR + Math.floor(quarter / 4)}-${monthOf(quarter)}-15`,
    member: gaming.coalition[0] ?? "",
    isAccredited: gaming.isPlausible,
    values: Uint8Array.from({ length: metrics }, () => 1 + below(next, 5)),
  }));
}

const monthOf = (quarter: number): string => String((quarter % 4) * 3 + 2).padStart(2, "0");

import type { ExistenceFacts } from "@quasarix/shared/audit/existence.ts";
import { recordsOf } from "@quasarix/shared/benchmark/extract.ts";
import type { FrameworkBook } from "@quasarix/shared/benchmark/framework/book.ts";
import { type Kept, withLatest } from "@quasarix/shared/benchmark/latest.ts";
import type { Cohort, Series } from "@quasarix/shared/benchmark/plan.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import type { SiteId } from "@quasarix/shared/wire/ids.ts";
import { type CohortAudit, listOfCohort } from "../store/countable.ts";
import { mustParse } from "../store/own-statement.ts";
import { activeMembers, siteStands } from "../store/site-stands.ts";
import { fault } from "./fault.ts";
import type { Counting, KeptCohort, Stand } from "./ledger.ts";
import type { ReleasePorts } from "./ports.ts";
import { standOf } from "./stands.ts";

/** Audits that are open at once. */
const AT_ONCE = 200;

/** What is counted of each audit; `existence` has its days and who assessed. */
const SECTIONS = ["existence", "scores", "findings", "plans"];

/** A cohort whose cut-off has come. */
export interface Gathering {
  readonly plan: string;
  readonly planKey: Bytes;
  readonly series: Pick<Series, "name" | "metrics">;
  readonly cohort: Pick<Cohort, "id" | "from" | "to">;
  readonly book: FrameworkBook;
}

export const isGathered = ({ after, size }: KeptCohort): boolean => after >= size - 1;

/** Counts one page of the log; true: that was the last one. A crash anywhere leaves the page for the next look. */
export async function gatherPage(
  ports: ReleasePorts,
  of: Gathering,
  kept: KeptCohort,
  limit = AT_ONCE,
): Promise<boolean> {
  const { db, scope, ledger } = ports;
  if (isGathered(kept)) return true;
  const { from, to } = of.cohort;
  const part = { after: kept.after, size: kept.size, from, to, isFounding: of.series.name === "founding" };
  await fault.pause("page");
  const { rows, after } = await listOfCohort(db, scope, { ...part, limit });
  await fault.pause("stands");
  const stands = await standsOf(ports, of, rows, kept.size);
  await fault.pause("open");
  const records = await recordsIn(ports, of, rows, stands.bySite);
  ledger.keepPage({ plan: of.plan, cohort: of.cohort.id }, { stands: stands.fresh, records, after });
  return after >= kept.size - 1;
}

interface Stands {
  /** By the site that an audit names. */
  readonly bySite: ReadonlyMap<SiteId, Stand>;
  /** Seen for the first time, and fixed from now on. */
  readonly fresh: readonly Stand[];
}

/** A site that nobody stands behind has none, and counts nowhere. */
async function standsOf(
  { db, scope, ledger }: ReleasePorts,
  of: Gathering,
  rows: readonly CohortAudit[],
  size: number,
): Promise<Stands> {
  await fault.pause("members");
  const members = await activeMembers(db, scope);
  await fault.pause("stands");
  const at = await siteStands(db, scope, [...new Set(rows.map(({ site }) => site))], { size, members });
  const known = ledger.stands(of.plan, [...new Set([...at.values()].map(({ site }) => site))]);
  const all = new Map(known);
  for (const seen of at.values()) {
    const stand = all.has(seen.site) ? null : standOf(of.planKey, seen);
    if (stand) all.set(seen.site, stand);
  }
  const bySite = new Map(
    [...at].flatMap(([site, seen]) => {
      const stand = all.get(seen.site);
      return stand ? [[site, stand] as const] : [];
    }),
  );
  return { bySite, fresh: [...all.values()].filter(({ site }) => !known.has(site)) };
}

/** What the page makes of the records of its sites; in the order of the log. */
async function recordsIn(
  ports: ReleasePorts,
  of: Gathering,
  rows: readonly CohortAudit[],
  stands: ReadonlyMap<SiteId, Stand>,
): Promise<Counting[]> {
  const sites = [...new Set([...stands.values()].map(({ site }) => site))];
  const records = new Map<string, Kept>(ports.ledger.records({ plan: of.plan, cohort: of.cohort.id }, sites));
  const touched = new Set<string>();
  for (const row of rows) {
    const stand = stands.get(row.site);
    if (!stand) continue;
    await fault.pause("open");
    const values = await valuesOf(ports, of, row);
    if (!values.some((value) => value > 0)) continue;
    records.set(stand.site, withLatest(records.get(stand.site) ?? null, { day: row.day, values }));
    touched.add(stand.site);
  }
  return [...touched].map((site) => ({ site, kept: records.get(site) as Kept }));
}

/** A section that was erased says nothing. */
async function valuesOf({ vault }: ReleasePorts, { series, book }: Gathering, row: CohortAudit): Promise<Uint8Array> {
  const there = Object.keys(JSON.parse(row.bodies) as object);
  const names = SECTIONS.filter((name) => there.includes(name));
  await fault.pause("open");
  const { sections } = mustParse(await vault.present(row, names));
  const members = (name: string) => sections.get(name)?.members;
  return recordsOf(
    {
      provenance: row.provenance,
      existence: sections.get("existence")?.members as unknown as ExistenceFacts,
      ...{ scores: members("scores"), findings: members("findings"), plans: members("plans") },
    },
    series.metrics,
    book,
  );
}

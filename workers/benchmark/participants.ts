import { dayAt, lastFourQuarters } from "@quasarix/shared/benchmark/cohorts.ts";
import { Participation, type Present } from "@quasarix/shared/benchmark/participation.ts";
import type { PlanDates } from "@quasarix/shared/benchmark/plan-dates.ts";
import type { Participant } from "@quasarix/shared/benchmark/site-record.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import type { OrgId } from "@quasarix/shared/wire/ids.ts";
import { listAudited } from "../store/countable.ts";
import { loadMerges } from "../store/site-merges.ts";
import { siteStands } from "../store/site-stands.ts";
import type { ReleasePorts } from "./ports.ts";
import { standOf } from "./stands.ts";

/** Sites whose members are looked up at once. */
const AT_ONCE = 250;
const MONTHS_OLD = 3;

interface Basis {
  /** Of the log: what is beyond it is not looked at. */
  readonly size: number;
  readonly dates: PlanDates;
  readonly members: ReadonlySet<OrgId>;
  readonly planKey: Bytes;
}

/** `founding`: whom a founding plan would count, where another one is asked for. */
export interface TookPart {
  readonly participants: readonly Participant[];
  readonly founding: readonly Participant[];
}

/** Who took part in a plan's four quarters and who stands behind it: from the audits' existence alone. */
export async function participantsOf(ports: ReleasePorts, { dates, ...at }: Basis): Promise<TookPart> {
  const now = Math.floor(ports.now() / 1000);
  const today = dayAt(now);
  const isFounding = dates.series.some(({ name }) => name === "founding");
  const asked = new Participation(dates.quarters, { today, isFounding });
  const founding = new Participation(lastFourQuarters(now, MONTHS_OLD), { today, isFounding: true });
  await readAll(ports, at.size, [asked, founding]);
  const participants = await placed(ports, asked.present(), at);
  return { participants, founding: isFounding ? [] : await placed(ports, founding.present(), at) };
}

/** A merged site's audits are those of the one that stays. */
async function readAll({ db, scope }: ReleasePorts, size: number, all: readonly Participation[]): Promise<void> {
  for (let after = -1; after < size - 1; ) {
    const page = await listAudited(db, scope, { after, size });
    const sites = [...new Set(page.rows.map(({ site }) => site))];
    const merges = await loadMerges(db, sites, size);
    for (const { site, day, accredited } of page.rows)
      for (const one of all) one.add({ site: merges.rootOf(site), day, accredited: accredited === 1 });
    after = page.after;
  }
}

async function placed(
  { db, scope }: ReleasePorts,
  present: readonly Present[],
  { planKey, ...at }: Omit<Basis, "dates">,
): Promise<Participant[]> {
  const participants: Participant[] = [];
  for (let from = 0; from < present.length; from += AT_ONCE) {
    const some = present.slice(from, from + AT_ONCE);
    const sites = some.map(({ site }) => site);
    const stands = await siteStands(db, scope, sites, at);
    for (const { site, quarters } of some) {
      const seen = stands.get(site);
      const stand = seen ? standOf(planKey, seen) : null;
      if (stand) participants.push({ ...stand, quarters });
    }
  }
  return participants;
}

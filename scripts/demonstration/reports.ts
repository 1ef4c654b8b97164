import { atOnce } from "@quasarix/client/at-once.ts";
import type { AuditDraft } from "@quasarix/client/import/draft.ts";
import type { ImportItem } from "@quasarix/client/import/import.ts";
import { newReport } from "@quasarix/client/import/report.ts";
import { type ImportRun, runImport } from "@quasarix/client/import-run.ts";
import { importStore } from "@quasarix/client/node/import-store.ts";
import type { SiteIndex } from "@quasarix/client/sites.ts";
import type { Progress } from "@quasarix/client/whole-log.ts";
import { must, type Party, type Place } from "./party.ts";

/** What one party has to hand in. */
export interface Job {
  readonly party: Party;
  readonly drafts: readonly AuditDraft[];
}

async function* itemsOf(drafts: readonly AuditDraft[]): AsyncGenerator<ImportItem> {
  for (const draft of drafts) yield { kind: "draft", draft };
}

/** By the machinery of `quasarix audit import`: what an earlier run has sent stays sent, and nothing is sent twice. */
export async function reportAll(
  place: Place,
  source: { readonly id: string; readonly sites: SiteIndex },
  jobs: readonly Job[],
  atMost: number,
  progress: Progress,
): Promise<ImportRun[]> {
  const of = jobs.reduce((sum, { drafts }) => sum + drafts.length, 0);
  const done = new Map<string, number>();
  return atOnce(atMost, jobs, async ({ party, drafts }) => {
    const { store, journal } = await importStore(place.home, party.handle, source.id);
    const fresh = drafts.filter(({ key }) => journal.find(key) === null);
    const known = drafts.length - fresh.length;
    const noteDone = (imported: number): void => {
      done.set(party.handle, known + imported);
      progress(
        "reports",
        [...done.values()].reduce((sum, it) => sum + it, 0),
        of,
      );
    };
    noteDone(0);
    const parts = { author: party.author, kind: party.who.kind, sites: source.sites, store };
    const report = newReport({ id: source.id, losses: [] });
    const run = must(await runImport({ ...parts, report, isOurs: () => true, progress: noteDone }, itemsOf(fresh)));
    const [refused] = run.refused;
    if (refused) throw new Error(`\`${party.handle}\`, line ${refused.line}: ${refused.why}`);
    if (run.withoutSite.length > 0) throw new Error(`\`${party.handle}\`: ${run.withoutSite[0]?.site} is no site`);
    return run;
  });
}

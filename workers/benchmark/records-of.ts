import { cellOf, type Series } from "@quasarix/shared/benchmark/plan.ts";
import { sponsorIn } from "@quasarix/shared/benchmark/plan-secrets.ts";
import type { SiteRecord } from "@quasarix/shared/benchmark/site-record.ts";
import type { Counted } from "./ledger.ts";

/**
 * What was gathered of a cohort as its release and its auditor have it. A sponsor has another name in each cell: whoever knows
 * one of a member's suppliers learns from the package no others beyond that cell, nor beyond that cohort.
 */
export function* recordsOf(series: Series, cohort: string, all: Iterable<Counted>): Generator<SiteRecord> {
  const names = series.cells.map(() => new Map<string, string>());
  for (const { site, leaf, sponsor, values } of all) {
    const cell = cellOf(series, leaf);
    const [own, path] = [names[cell], series.cells[cell]?.path];
    // A name that no part has counts nowhere until the next plan.
    if (!own || path === undefined) continue;
    const name = own.get(sponsor) ?? sponsorIn(sponsor, cohort, path);
    own.set(sponsor, name);
    yield { site, cell, sponsor: name, values };
  }
}

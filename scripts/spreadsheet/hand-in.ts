import { atOnce } from "@quasarix/client/at-once.ts";
import { readList } from "@quasarix/client/import/headings-list.ts";
import type { ListRow } from "@quasarix/client/import/headings-rows.ts";
import { importStore } from "@quasarix/client/node/import-store.ts";
import { overlapStore } from "@quasarix/client/node/overlap-store.ts";
import { placeKey, type Review } from "@quasarix/client/overlap-places.ts";
import { type OverlapRun, runOverlap } from "@quasarix/client/overlap-run.ts";
import type { Progress } from "@quasarix/client/whole-log.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { must, type Party, type Place } from "../demonstration/party.ts";
import type { Holding } from "./holdings.ts";

export interface HandedIn {
  readonly party: Party;
  readonly rows: number;
  readonly problems: number;
  readonly run: OverlapRun;
}

/**
 * Which real site every site of the registry is, as the script alone knows: by what members proposed and were matched to.
 * It stands in for the person who answers what a machine may not.
 */
export class Truth {
  readonly #real = new Map<string, Set<number>>();
  asked = 0;

  note(site: string, real: number): void {
    this.#real.set(site, (this.#real.get(site) ?? new Set()).add(real));
  }

  reviewer(realOf: ReadonlyMap<string, number>): Review {
    return (place, candidates) => {
      this.asked++;
      const real = realOf.get(placeKey(place));
      const found = candidates.find(({ site }) => this.#real.get(site.id)?.has(real as number));
      return found?.site.id ?? "new";
    };
  }

  /** Sites of the registry that are more than one real site, and real sites that are more than one of the registry's. */
  slips(): { readonly joined: number; readonly apart: number } {
    const sites = new Map<number, number>();
    let joined = 0;
    for (const reals of this.#real.values()) {
      if (reals.size > 1) joined++;
      for (const real of reals) sites.set(real, (sites.get(real) ?? 0) + 1);
    }
    return { joined, apart: [...sites.values()].filter((count) => count > 1).length };
  }
}

const AT_ONCE = 2;
const PATIENCE_MS = 600_000;

/** Every member reads its file and hands it in, as `quasarix overlap FILE --yes` does. */
export async function handInAll(
  place: Place,
  parties: readonly Party[],
  holdings: readonly Holding[],
  truth: Truth,
  progress: Progress,
): Promise<HandedIn[]> {
  let rows = 0;
  const of = holdings.reduce((sum, holding) => sum + holding.truth.length, 0);
  return atOnce(AT_ONCE, parties, async (party, at) => {
    const handed = await handIn(place, party, holdings[at] as Holding, truth);
    rows += handed.rows;
    progress("handed in", rows, of);
    return handed;
  });
}

async function handIn(place: Place, party: Party, holding: Holding, truth: Truth): Promise<HandedIn> {
  const read = await readList(utf8(holding.csv));
  if (!read.ok) throw new Error(`\`${party.handle}\`: ${read.failure.message}`);
  const { rows, problems } = read.value;
  const realOf = realByPlace(rows, holding.truth);
  const run = must(
    await runOverlap(
      {
        client: party.client,
        author: party.author,
        relation: "current",
        store: overlapStore(place.home, party.handle),
        claims: await importStore(place.home, party.handle, "overlap"),
        answers: { add: () => {}, of: truth.reviewer(realOf), open: (_, some) => some, save: async () => {} },
        progress: () => {},
        patience: PATIENCE_MS,
      },
      rows,
    ),
  );
  for (const [key, site] of run.sites) truth.note(site, realOf.get(key) as number);
  return { party, rows: rows.length, problems: problems.length, run };
}

/** The rows of a file stand in the order in which they were made; those that were not taken are missing. */
function realByPlace(rows: readonly ListRow[], truth: readonly number[]): Map<string, number> {
  const first = rows[0]?.line ?? 1;
  const lines = rows.map(({ line }) => line - first);
  return new Map(rows.map(({ place }, at) => [placeKey(place), truth[lines[at] as number] as number]));
}

import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { ok } from "@quasarix/shared/result.ts";
import type { ReservedSubject, SiteView } from "@quasarix/shared/wire/registry.ts";
import { atOnce } from "./at-once.ts";
import type { Author, Outcome } from "./author.ts";
import type { Client } from "./client.ts";
import { siteOf } from "./drafts.ts";
import type { Answer } from "./refusal.ts";
import { all } from "./routes.ts";
import type { Progress } from "./whole-log.ts";

/** A site to be opened; `supplier` answers for it. */
export type NewSite = SitePlace & { readonly supplier: string };

export interface OpenedSite {
  readonly id: string;
  readonly outcome: Outcome;
}

const RESERVED_AT_ONCE = 8;
const BATCH = 500;

/** Reserves a subject for each site and signs its opening, in batches; outcomes in the order given. */
export async function openSites(
  client: Client,
  author: Author,
  sites: readonly NewSite[],
  progress: Progress,
): Promise<Answer<OpenedSite[]>> {
  const opened: OpenedSite[] = [];
  for (let at = 0; at < sites.length; at += BATCH) {
    const batch = sites.slice(at, at + BATCH);
    const subjects = await atOnce(RESERVED_AT_ONCE, batch, () => client.routes.reserve("site"));
    const reserved: ReservedSubject[] = [];
    for (const subject of subjects) {
      if (!subject.ok) return subject;
      reserved.push(subject.value);
    }
    const sayings = batch.map((site, i) => siteOf(client.consortium.id, reserved[i] as ReservedSubject, site));
    const issued = await author.issue(sayings);
    if (!issued.ok) return issued;
    const posted = await author.post(issued.value);
    if (!posted.ok) return posted;
    for (const [i, outcome] of posted.value.entries())
      opened.push({ id: (reserved[i] as ReservedSubject).id, outcome });
    progress("sites", opened.length, sites.length);
  }
  return ok(opened);
}

/** Sites by what names them without doubt: an identifier, or else the very same name and address. */
export interface SiteIndex {
  /** Null where the registry has none such, or more than one. */
  find(place: SitePlace): string | null;
  add(place: SitePlace, id: string): void;
}

export const allSites = (client: Client, supplier?: string): Promise<Answer<SiteView[]>> =>
  all((cursor) => client.routes.sites({ cursor, limit: 100, supplier }));

type Named = Pick<SitePlace, "name" | "country" | "identifiers"> & {
  readonly address?: string | null | undefined;
  readonly city?: string | null | undefined;
};

/** Exact names of a site. Guessing which two sites are one is a matter for people (DESIGN 9). */
function namesOf({ identifiers = [], name, country, address, city }: Named): string[] {
  if (identifiers.length > 0) return identifiers.map(({ scheme, value }) => JSON.stringify([scheme, value]));
  return [JSON.stringify([country, name, address ?? null, city ?? null])];
}

/** An absorbed site is found by its own name too, as the one that stands for it. */
export function siteIndex(sites: readonly SiteView[]): SiteIndex {
  const byName = new Map<string, Set<string>>();
  const add = (place: Named, id: string): void => {
    for (const name of namesOf(place)) byName.set(name, (byName.get(name) ?? new Set()).add(id));
  };
  for (const site of sites) add(site, site.mergedInto ?? site.id);
  return {
    add,
    find(place) {
      const found = new Set(namesOf(place).flatMap((name) => [...(byName.get(name) ?? [])]));
      const [only, ...others] = found;
      return only !== undefined && others.length === 0 ? only : null;
    },
  };
}

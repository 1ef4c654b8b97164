import type { Catalogue } from "./catalogue.ts";
import { schemeOf } from "./catalogue.ts";
import type { CrosswalkLine } from "./crosswalk.ts";
import { isTopic, type Topic } from "./topic.ts";

/** *stated*: by the audit itself; *sourced*: by a line with a clause and a public source; *recalled*: by a line without. */
export type Ground = "stated" | "sourced" | "recalled";

export interface Covering {
  readonly scheme: string;
  readonly schemeVersion: string;
  /** As the audit states them: our codes, or clauses of its scheme. Empty: it states none. */
  readonly topics: readonly string[];
}

const STRENGTH: Readonly<Record<Ground, number>> = { recalled: 0, sourced: 1, stated: 2 };

/**
 * Which topics an audit looked at, and on what ground. What it states is all there is; where it states nothing, its scheme
 * speaks for it, without the optional parts.
 */
export function coverage(catalogue: Catalogue, audit: Covering): ReadonlyMap<Topic, Ground> {
  const found = new Map<Topic, Ground>();
  const note = (topic: Topic, ground: Ground) => {
    const known = found.get(topic);
    if (known === undefined || STRENGTH[ground] > STRENGTH[known]) found.set(topic, ground);
  };
  const own = catalogue.lines.filter(({ scheme }) => scheme === audit.scheme);
  for (const stated of audit.topics) {
    if (isTopic(stated)) note(stated, "stated");
    for (const line of own)
      if (line.clause === stated && line.version === audit.schemeVersion) note(line.topic, "sourced");
  }
  if (audit.topics.length === 0) for (const [topic, ground] of usual(catalogue, own, audit)) note(topic, ground);
  return found;
}

/** What the scheme looks at in every audit. Of a version that the crosswalk lacks, the newest is taken, from memory. */
function usual(catalogue: Catalogue, own: readonly CrosswalkLine[], audit: Covering): (readonly [Topic, Ground])[] {
  const always = own.filter(({ only }) => only === undefined);
  const exact = always.filter(({ version }) => version === audit.schemeVersion);
  if (exact.length > 0) return exact.map((line) => [line.topic, line.recalled ? "recalled" : "sourced"]);
  const known = new Set(always.map(({ version }) => version));
  const newest = schemeOf(catalogue, audit.scheme)?.versions.findLast((version) => known.has(version));
  return always.filter(({ version }) => version === newest).map((line) => [line.topic, "recalled"]);
}

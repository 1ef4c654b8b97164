import * as z from "zod";
import { CATALOGUE, type Catalogue } from "../audit/scheme/catalogue.ts";
import { crosswalkLine } from "../audit/scheme/crosswalk.ts";
import { scheme } from "../audit/scheme/scheme.ts";
import { TOPICS, TOPICS_VERSION } from "../audit/scheme/topic.ts";
import { SEVERITY_MAPPINGS } from "../audit/severity.ts";

const severityTable = z.strictObject({
  scheme: z.string(),
  version: z.int(),
  losses: z.array(z.string()),
  levels: z.record(z.string(), z.int().nullable()),
  collaborative: z.array(z.string()),
});

/** `GET /v1/schemes`: what every evaluation rests on. */
export const schemesView = z
  .strictObject({
    version: z.string(),
    topics: z.strictObject({
      version: z.int(),
      items: z.array(z.strictObject({ topic: z.string(), says: z.string() })),
    }),
    schemes: z.array(scheme),
    severities: z.array(severityTable),
    crosswalk: z.array(crosswalkLine).describe("`recalled`: without clause and source, so never enough for `accept`"),
  })
  .meta({ id: "Schemes" });
export type SchemesView = z.infer<typeof schemesView>;

export const schemesViewOf = ({ version, schemes, lines }: Catalogue = CATALOGUE): SchemesView => ({
  version,
  topics: { version: TOPICS_VERSION, items: Object.entries(TOPICS).map(([topic, says]) => ({ topic, says })) },
  schemes: [...schemes],
  severities: SEVERITY_MAPPINGS.map((it) => ({
    ...it,
    losses: [...it.losses],
    levels: { ...it.levels },
    collaborative: [...it.collaborative],
  })),
  crosswalk: [...lines],
});

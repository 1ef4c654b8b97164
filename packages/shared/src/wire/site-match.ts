import * as z from "zod";
import { sitePlace } from "../registry/site.ts";
import { siteId } from "./ids.ts";
import { siteView } from "./registry.ts";

/** Places of one look-up. */
export const MATCH_PLACES = 500;

export const siteMatchAsk = z
  .strictObject({ places: z.array(sitePlace).min(1).max(MATCH_PLACES) })
  .meta({ id: "SiteMatchAsk" });

export const siteCandidate = z
  .strictObject({
    site: siteView,
    through: siteId
      .nullable()
      .describe("Where the record of a site that this one absorbed agrees best: that old id; the reasons speak of it"),
    verdict: z.enum(["same", "likely", "unknown"]),
    score: z.number().min(0).max(1),
    reasons: z.array(z.string()),
  })
  .meta({ id: "SiteCandidate" });
export type SiteCandidate = z.infer<typeof siteCandidate>;

export const siteMatchAnswer = z
  .strictObject({ places: z.array(z.array(siteCandidate)).describe("Of each place, in order, the likeliest first") })
  .meta({ id: "SiteMatchAnswer" });

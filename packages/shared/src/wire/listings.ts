import * as z from "zod";
import { relation } from "../duplicate/listing.ts";
import { hashText, siteId } from "./ids.ts";
import { pageQuery } from "./registry.ts";

/** A site on one's own list, as its last line in the log says. */
export const listedSite = z
  .strictObject({
    site: siteId,
    relation,
    listing: hashText.describe("The statement that says so"),
    name: z.string(),
    country: z.string(),
    city: z.string().nullable(),
  })
  .meta({ id: "ListedSite" });
export type ListedSite = z.infer<typeof listedSite>;

export const listingState = z
  .strictObject({
    listing: hashText,
    relation,
    places: z
      .array(z.strictObject({ number: z.int(), site: siteId }))
      .nullable()
      .describe("What each proposed place became; null until its round is over"),
  })
  .meta({ id: "ListingState" });
export type ListingState = z.infer<typeof listingState>;

export const listingQuery = pageQuery.extend({ limit: z.coerce.number().int().min(1).max(1000).default(100) });

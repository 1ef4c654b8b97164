import * as z from "zod";
import type { Logged } from "../statement/logged.ts";
import { siteId } from "../wire/ids.ts";
import type { SiteMerge } from "./resolve.ts";

/** Of a `merge`, whose `sub` is the site that stays. A `split` has no claims of its own: its `re` is the merge. */
export const mergeClaims = z.strictObject({ absorbs: siteId });
export type MergeClaims = z.infer<typeof mergeClaims>;

export type SiteMergeRow = Omit<SiteMerge, "splitIndex">;

export const projectMerge = ({ claims, hash, index }: Logged): SiteMergeRow => ({
  statement: hash,
  stays: claims.sub,
  absorbed: (claims as unknown as MergeClaims).absorbs,
  logIndex: index,
});

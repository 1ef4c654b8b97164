import * as z from "zod";
import { orgId } from "./ids.ts";
import { pageOf, pageQuery } from "./registry.ts";

export const denialView = z
  .strictObject({
    day: z.iso.date(),
    org: orgId,
    action: z.string().describe("What was asked; empty where `why` is `many`"),
    target: z.string().describe("The record that was asked for, where there is one"),
    why: z.string().describe("A word of a fixed set; `many`: all further kinds of attempt of that day"),
    times: z.int(),
    firstAt: z.int(),
    lastAt: z.int(),
  })
  .meta({ id: "Denial" });
export type DenialView = z.infer<typeof denialView>;

export const denialPage = pageOf(denialView);

export const denialQuery = pageQuery.extend({
  org: orgId.optional(),
  day: z.iso.date().optional().describe("Of UTC, YYYY-MM-DD"),
});

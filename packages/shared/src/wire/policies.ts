import * as z from "zod";
import { acceptancePolicy } from "../duplicate/acceptance.ts";
import { hashText, orgId } from "./ids.ts";
import { pageQuery } from "./registry.ts";

export const policyView = z
  .strictObject({
    policy: hashText,
    member: z.strictObject({ id: orgId, name: z.string() }),
    version: z.int().describe("1 for the first that this member published, and so on"),
    inForce: z.boolean().describe("The newest of its member"),
    accepts: acceptancePolicy,
  })
  .meta({ id: "AcceptancePolicy" });
export type PolicyView = z.infer<typeof policyView>;

export const policyListQuery = pageQuery.extend({
  side: z
    .enum(["own", "shown"])
    .default("own")
    .describe("`shown`: in force, of members that list a site of yours as a current supplier"),
});

import * as z from "zod";
import { acceptancePolicy } from "../duplicate/acceptance.ts";
import { hashText, orgId } from "./ids.ts";
import { pageQuery } from "./registry.ts";

export const policyView = z
  .strictObject({
    policy: hashText.describe("The statement; of a nameless one the hash of what it says"),
    member: z
      .strictObject({ id: orgId, name: z.string() })
      .nullable()
      .describe("Null: shown by a member that has asked you for nothing by name"),
    version: z.int().nullable().describe("1 for the first that this member published, and so on; null without a name"),
    inForce: z.boolean().describe("The newest of its member"),
    accepts: acceptancePolicy,
  })
  .meta({ id: "AcceptancePolicy" });
export type PolicyView = z.infer<typeof policyView>;

export const policyListQuery = pageQuery.extend({
  side: z
    .enum(["own", "shown"])
    .default("own")
    .describe(
      "`shown`: in force, of members that list a site of yours as a current supplier; nameless ones as of the last batch",
    ),
});

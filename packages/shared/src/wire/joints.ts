import * as z from "zod";
import { SPLITS } from "../duplicate/split-cost.ts";
import { hashText, orgId, siteId } from "./ids.ts";

const sum = z.strictObject({ amount: z.string(), currency: z.string() });

const terms = {
  plan: hashText,
  site: siteId,
  from: z.string(),
  until: z.string(),
  topics: z.array(z.string()),
};

export const jointView = z
  .strictObject({
    ...terms,
    statement: hashText.describe("The platform's, in your own dossier"),
    state: z.enum(["standing", "over"]).describe("`over`: too few are left, or you withdrew"),
    share: z
      .strictObject({ statement: hashText, ...sum.shape, split: z.enum(SPLITS) })
      .nullable()
      .describe("Yours alone; null until the cost is recorded"),
    named: hashText.nullable().describe("Your yes to being named"),
    joiners: z.array(orgId).nullable().describe("The others, once every joiner has said yes to being named"),
    admittedAt: z.int(),
  })
  .meta({ id: "Joint" });
export type JointView = z.infer<typeof jointView>;

export const operatorJoint = z
  .strictObject({
    ...terms,
    joiners: z.array(z.strictObject({ org: orgId, share: z.string().nullable() })),
    cost: z.strictObject({ statement: hashText, ...sum.shape, split: z.enum(SPLITS) }).nullable(),
  })
  .meta({ id: "OperatorJoint", description: "Whom to invoice. The operator's alone" });
export type OperatorJoint = z.infer<typeof operatorJoint>;

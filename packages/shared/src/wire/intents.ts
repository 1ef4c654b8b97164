import * as z from "zod";
import { AGE_BANDS } from "../duplicate/intent-answer.ts";
import { hashText, siteId } from "./ids.ts";
import { receipt } from "./statement.ts";

const month = z.string().regex(/^[0-9]{4}-[0-9]{2}$/);

export const intentAnswer = z
  .strictObject({
    asOf: z.int().describe("Number of the discovery batch that it rests on; 0: none is closed yet"),
    detail: z.enum(["yes-no", "full"]).describe("`yes-no` below five active members: all else is null then"),
    says: z.enum(["usable", "planned", "nothing-known"]),
    usable: z
      .strictObject({
        own: z.boolean().describe("You handed it in yourself"),
        covers: z.enum(["yes", "partly"]),
        scheme: z.string().nullable().describe("`proprietary`: not in the public catalogue"),
        age: z.enum(AGE_BANDS).nullable().describe("Months since the audit"),
        missing: z.array(z.string()).nullable().describe("Topics that you need and it does not cover"),
      })
      .nullable(),
    planned: z
      .strictObject({
        plan: hashText.nullable().describe("To be named in `joins`; null: others were not asked to join"),
        from: month.nullable(),
        until: month.nullable(),
        schemes: z.array(z.string()).nullable(),
        topics: z.array(z.string()).nullable(),
      })
      .nullable(),
  })
  .meta({ id: "IntentAnswer", description: "The same whoever holds or plans an audit, and however many do" });

export const intentMade = z.strictObject({ receipt, answer: intentAnswer }).meta({ id: "IntentMade" });
export type IntentMade = z.infer<typeof intentMade>;

export const intentView = z
  .strictObject({
    intent: hashText,
    site: siteId,
    schemes: z.array(z.string()),
    topics: z.array(z.string()),
    from: z.string(),
    until: z.string(),
    kind: z.enum(["full", "gap"]),
    covers: hashText.nullable(),
    mayJoin: z.boolean(),
    joins: hashText.nullable(),
    anyway: z.boolean(),
    replaces: hashText.nullable(),
    state: z.enum(["standing", "changed", "withdrawn"]),
    plan: hashText.nullable().describe("The plan that it began or joined; null where it no longer stands"),
    answer: intentAnswer.nullable().describe("As of now; null where it no longer stands"),
    admittedAt: z.int(),
  })
  .meta({ id: "Intent" });
export type IntentView = z.infer<typeof intentView>;

export const demandView = z
  .strictObject({
    site: siteId,
    by: month.nullable().describe("The month in which the first window ends; null below five active members"),
    topics: z.array(z.string()).nullable().describe("What any of them needs"),
  })
  .meta({ id: "Demand", description: "Customers need an audit of this site: no names, and one reads as ten do" });
export type DemandView = z.infer<typeof demandView>;

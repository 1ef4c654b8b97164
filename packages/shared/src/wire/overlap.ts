import * as z from "zod";
import { AGE_BANDS } from "../duplicate/intent-answer.ts";
import { SITE_STATES } from "../duplicate/overlap.ts";
import { codeText } from "../registry/text.ts";
import { hashText, siteId } from "./ids.ts";

/** What an audit is needed for; where nothing is said, the asker's acceptance policy, or else any that is valid. */
export const overlapAsk = z
  .strictObject({
    schemes: z.array(codeText).min(1).max(50).optional(),
    topics: z.array(codeText).min(1).max(100).optional(),
    /** No other ages: asked by the month they would date another's audit. */
    maxAgeMonths: z.literal([6, 12, 24]).optional(),
  })
  .meta({ id: "OverlapAsk" });
export type OverlapAsk = z.infer<typeof overlapAsk>;

const asOf = z
  .strictObject({ batch: z.int(), closedAt: z.int().nullable() })
  .describe("The last closed batch: of others nothing later is said. Batch 0: none was closed yet");

const range = z.tuple([z.int(), z.int()]);

export const overlapView = z
  .strictObject({
    asOf,
    detail: z.enum(["yes-no", "states"]).describe("`yes-no` while the consortium has fewer than 8 active members"),
    need: z.enum(["asked", "policy", "valid"]).describe("By what an audit counts as usable: `valid`: valid on the day"),
    counts: z.strictObject({
      sites: z.int(),
      usable: z.int().describe("Your own audits too"),
      own: z.int().describe("Of these, by your own audit"),
      planned: z
        .int()
        .nullable()
        .describe("Another member means to order an audit; null with `yes-no`, as the next two"),
      expired: z.int().nullable(),
      unknown: z.int().nullable(),
    }),
    atStake: z
      .strictObject({
        audits: z.int(),
        days: range,
        money: z.strictObject({ currency: z.literal("USD"), amount: range }),
        estimate: z.string(),
      })
      .describe("What ordering your own audit would cost where another member's would do, least and most"),
    sites: z.array(
      z.strictObject({
        site: siteId,
        state: z.enum(SITE_STATES),
        own: z.boolean().describe("By your own audit; of others' nothing is said then"),
        age: z
          .enum(AGE_BANDS)
          .nullable()
          .describe(
            "Months since the usable audit; with `yes-no` only of one's own and of what its supplier published",
          ),
        missing: z.array(z.string()).nullable().describe("Topics that it lacks"),
      }),
    ),
  })
  .meta({ id: "Overlap" });
export type OverlapView = z.infer<typeof overlapView>;

export const lookUpView = z
  .strictObject({
    site: siteId,
    quarters: z
      .array(z.strictObject({ quarter: z.string(), lookUps: z.int() }))
      .describe("How often members asked whether there is an audit; counted when a batch is over, without names"),
  })
  .meta({ id: "LookUps" });
export type LookUpView = z.infer<typeof lookUpView>;

export const withdrawalView = z
  .strictObject({ withdrawal: hashText, site: siteId, revoked: z.boolean().describe("The site is found again") })
  .meta({ id: "DiscoveryWithdrawal" });
export type WithdrawalView = z.infer<typeof withdrawalView>;

const total = z.int().nullable();

/** `GET /v1/operator/overlap`: sums over all lists. Null while fewer than five members have one. */
export const overlapTotals = z
  .strictObject({
    asOf,
    members: total.describe("That have a list"),
    sites: total.describe("On any list"),
    shared: total.describe("On the lists of more than one member"),
    usable: total.describe("Sites on a list with an audit that is valid today"),
    audits: total.describe("Of these sites, that are valid today"),
    heldTwice: total.describe("Audits of one site, scheme and day that more than one member handed in"),
  })
  .meta({ id: "OverlapTotals" });
export type OverlapTotals = z.infer<typeof overlapTotals>;

import * as z from "zod";
import { hashText, siteId } from "./ids.ts";

const money = z.array(z.strictObject({ currency: z.string(), amount: z.string() }));

const saved = z
  .strictObject({
    avoided: z.int().describe("Audits"),
    days: z.number().describe("Auditor days, in quarters"),
    money: money.describe("As signed; no currency is ever converted"),
  })
  .meta({ id: "Saved" });

export const recognitionView = z
  .strictObject({
    recognition: hashText.describe("The statement"),
    audit: hashText,
    site: siteId,
    scheme: z.string().describe("Of the own audit that it stands in place of"),
    days: z.number(),
    money: z.strictObject({ currency: z.string(), amount: z.string() }).nullable(),
    admittedAt: z.int(),
    revoked: z.boolean(),
    counts: z
      .boolean()
      .describe("False also of an audit that you shared as a joint one, and of one whose key was lost"),
  })
  .meta({ id: "Recognition" });
export type RecognitionView = z.infer<typeof recognitionView>;

const memberLedger = z
  .strictObject({
    saved: saved.describe("From your recognitions that count: `GET /v1/recognitions`"),
    joints: z
      .array(z.strictObject({ plan: z.string(), settlement: hashText }))
      .describe("Joint audits that were settled with you: one audit that several of you share"),
  })
  .meta({ id: "MemberLedger" });

const supplierLedger = z
  .strictObject({
    recognised: z.int().describe("How often an audit of your sites stood in place of another one"),
    audits: z.array(hashText).describe("Which of them did, by hash"),
    joints: z.int().describe("Joint audits of your sites that were settled"),
    saved: saved
      .nullable()
      .describe("Null while fewer than five members had a part in it: a sum would say what one of them did"),
  })
  .meta({ id: "SupplierLedger" });

const consortiumLedger = z
  .strictObject({
    batch: z.int().describe("The discovery batch up to which recognitions are counted; 0: none yet"),
    jointBatch: z.int().describe("The one up to which joint audits are: they are added three at once; 0: none yet"),
    saved,
    recognitions: z.int(),
    joints: z.int(),
  })
  .meta({ id: "ConsortiumLedger" });

export const ledgerView = z
  .strictObject({
    batch: z.int().describe("The last closed discovery batch; 0: none yet"),
    member: memberLedger.nullable().describe("Of a member, up to this moment"),
    supplier: supplierLedger.nullable().describe("Of a supplier, up to the last batch"),
    consortium: consortiumLedger
      .nullable()
      .describe(
        "Null while fewer than five members had a part in it; it moves when five more had a part in what moved",
      ),
    anyway: z
      .array(z.strictObject({ code: z.string(), says: z.string(), times: z.int() }))
      .describe("Why audits were ordered although one covered the need; each counted over five members at least"),
  })
  .meta({ id: "Ledger" });
export type LedgerView = z.infer<typeof ledgerView>;

export const ledgerStatement = z
  .strictObject({ statement: hashText, kind: z.enum(["recognition", "settlement"]) })
  .meta({ id: "LedgerStatement" });
export type LedgerStatement = z.infer<typeof ledgerStatement>;

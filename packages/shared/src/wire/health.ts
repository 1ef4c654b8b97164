import * as z from "zod";

export const health = z
  .strictObject({
    log: z.strictObject({ size: z.int(), root: z.string().describe("b64, as on a checkpoint") }),
    published: z.strictObject({ size: z.int().nullable(), ageMs: z.int().nullable() }),
    outbox: z.strictObject({
      entries: z.int().describe("Committed, not yet published"),
      ageMs: z.int().nullable().describe("Of the oldest of them"),
    }),
    waiting: z.int().describe("Statements whose callers wait for a group"),
    refusing: z.string().nullable().describe("Why the log does not sign; null where it does"),
  })
  .meta({ id: "Health" });
export type Health = z.infer<typeof health>;

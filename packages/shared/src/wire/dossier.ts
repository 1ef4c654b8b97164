import * as z from "zod";
import { hashText } from "./ids.ts";

/** FORMATS 2: the walk as a file has these lines. */
export const walkLine = z
  .strictObject({
    seq: z.int(),
    index: z.int(),
    admittedAt: z.int(),
    header: z.string().describe("104 bytes, b64url"),
    nonce: z.string().describe("16 bytes, b64url"),
  })
  .meta({ id: "WalkLine" });

export const dossierPage = z
  .strictObject({
    subject: z.string(),
    K: hashText,
    commitment: hashText.nullable().describe("From the opening; null for the consortium, whose K is open"),
    opening: z.int().nullable().describe("Log index of the opening; null for the consortium"),
    lines: z.array(walkLine),
    next: z.int().nullable().describe("`after` of the next page"),
  })
  .meta({ id: "DossierPage" });
export type DossierPage = z.infer<typeof dossierPage>;

export const dossierQuery = z.object({
  after: z.coerce.number().int().min(-1).default(-1).describe("The last seq one has; -1 to begin"),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
});

export const consortiumPage = z
  .strictObject({
    statements: z.array(z.strictObject({ seq: z.int(), index: z.int(), statement: z.string() })),
    next: z.int().nullable(),
  })
  .meta({ id: "ConsortiumPage", description: "The consortium's own dossier, open to all" });

/** For `fsck`: what D1 says stands at each log index, with the header and nonce that the entry commits to. */
const operatorRow = z
  .strictObject({
    index: z.int(),
    seq: z.int(),
    admittedAt: z.int(),
    subject: z.string(),
    statementHash: hashText,
    type: z.string(),
    header: z.string(),
    nonce: z.string(),
    bodyHash: hashText.describe("SHA-256 of the stored issuer-signed JWT, computed on reading"),
    projected: z.boolean().describe("Every projection row this type calls for is there"),
  })
  .meta({ id: "OperatorRow" });
export type OperatorRow = z.infer<typeof operatorRow>;

export const operatorRows = z
  .strictObject({
    rows: z.array(operatorRow),
    next: z.int().nullable(),
    staged: z.int().describe("Not yet in the log"),
  })
  .meta({ id: "OperatorRows" });

export const publishedPage = z
  .strictObject({
    checkpoints: z.array(z.strictObject({ size: z.int(), note: z.string() })),
    next: z.int().nullable(),
  })
  .meta({ id: "PublishedCheckpoints" });

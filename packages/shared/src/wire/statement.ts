import * as z from "zod";
import { hashText } from "./ids.ts";
import { problem } from "./problem.ts";

export const BODY_LIMIT = 16 * 1024 * 1024;
export const LINES_LIMIT = 1000;
/** JSON Lines. Not `application/jsonl`: hono takes every type that begins with `application/json` for JSON. */
export const JSON_LINES = "application/x-ndjson";

/** A line of `POST /v1/statements`, or its whole JSON body. */
export const statementLine = z
  .strictObject({ statement: z.string().describe("The SD-JWT with all its disclosures, FORMATS 1") })
  .meta({ id: "StatementLine" });

const place = {
  statementHash: hashText,
  index: z.int().describe("Place in the log"),
  seq: z.int().describe("Place in the dossier of its subject"),
  admittedAt: z.int().describe("The log's time, Unix ms"),
  proof: z.string().describe("A .tlog-proof to the checkpoint of the statement's first commit"),
};

export const receipt = z.strictObject(place).meta({ id: "Receipt" });
export type Receipt = z.infer<typeof receipt>;

const lineReceipt = z.strictObject({ line: z.int(), ...place }).meta({ id: "LineReceipt" });
const lineProblem = z.strictObject({ line: z.int(), problem }).meta({ id: "LineProblem" });
export const lineAnswer = z.union([lineReceipt, lineProblem]);
export type LineAnswer = z.infer<typeof lineAnswer>;

/** An author's own statement, whole, with the same receipt as on its first commit. */
export const ownStatement = z.strictObject({ statement: z.string(), ...place }).meta({ id: "OwnStatement" });

export const submissionState = z
  .strictObject({ submission: hashText, site: z.string(), audit: hashText.nullable() })
  .meta({ id: "SubmissionState", description: "`audit` is null until intake's round has issued it" });
export type SubmissionState = z.infer<typeof submissionState>;

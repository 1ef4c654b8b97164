import * as z from "zod";
import { fail, ok, type Result } from "../result.ts";
import { parseJson } from "../statement/json.ts";
import { hashText } from "../wire/ids.ts";
import type { InputRecord } from "./inputs.ts";

/**
 * What an appointed auditor gets of one cohort, as JSON Lines, each with its LF: this head, then a record a site in the order
 * of the sites' bytes. It opens every commitment: the blinding follows from the secret (inputs.ts).
 */
const head = z.strictObject({
  version: z.literal(1),
  /** The plan's file, as it is. */
  plan: z.string().min(1),
  cohort: z.string().min(1).max(40),
  /** Digest of the votes that adopted the plan. */
  votes: hashText,
  /** The cohort's, 32 bytes in b64url. */
  secret: hashText,
});
export type PackageHead = z.infer<typeof head>;

// Neither LF nor the bar that parts the fields of a commitment.
const name = z.string().regex(/^[!-{}~]{1,100}$/);
const record = z.strictObject({
  site: name,
  path: z.string().min(1).max(600),
  sponsor: name,
  values: z.string().regex(/^[0-5]{1,30}$/),
});

/** `line` counts from 1. */
export interface PackageRefusal {
  readonly reason: "package-line";
  readonly line: number;
}

export const packageHead = ({ plan, cohort, votes, secret }: Omit<PackageHead, "version">): string =>
  `${JSON.stringify({ version: 1, plan, cohort, votes, secret })}\n`;

export const packageRecord = ({ site, path, sponsor, values }: InputRecord): string =>
  `${JSON.stringify({ site, path, sponsor, values })}\n`;

export const notALine = (line: number): { readonly ok: false; readonly failure: PackageRefusal } =>
  fail({ reason: "package-line", line });

const parsed = <T>(schema: z.ZodType<T>, text: string, line: number): Result<T, PackageRefusal> => {
  const json = parseJson(text);
  const read = json.ok ? schema.safeParse(json.value) : null;
  return read?.success ? ok(read.data) : notALine(line);
};

/** Of the first line, without its LF. */
export const readPackageHead = (text: string): Result<PackageHead, PackageRefusal> => parsed(head, text, 1);
export const readPackageRecord = (text: string, line: number): Result<InputRecord, PackageRefusal> =>
  parsed(record, text, line);

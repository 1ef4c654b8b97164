import { base64url } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { equal, fromUtf8, utf8 } from "../bytes.ts";
import { fail, ok, type Result } from "../result.ts";
import { sha256 } from "../sha256.ts";
import { parseJson } from "../statement/json.ts";
import { type ReleaseFile, releaseFile } from "./release-file.ts";

export type ReleaseFileRefusal =
  | { readonly reason: "not-json" }
  | { readonly reason: "not-a-release"; readonly at: string; readonly message: string }
  | { readonly reason: "not-canonical" };

/** Compact JSON, members in the schema's order, no LF at the end. */
export const writeRelease = ({ planHash, cohort, cells, withheld }: ReleaseFile): Bytes =>
  utf8(
    JSON.stringify({
      planHash,
      cohort,
      cells: cells.map(({ path, metric, bins }) => ({ path, metric, bins })),
      withheld: withheld.map(({ path, metric }) => ({ path, metric })),
    }),
  );

/** Refuses bytes that writing the same release again would not give. */
export function readRelease(bytes: Bytes): Result<ReleaseFile, ReleaseFileRefusal> {
  const json = parseJson(fromUtf8(bytes) ?? "");
  if (!json.ok) return fail({ reason: "not-json" });
  const read = releaseFile.safeParse(json.value);
  if (!read.success) {
    const [issue] = read.error.issues;
    return fail({ reason: "not-a-release", at: issue?.path.join("/") ?? "", message: issue?.message ?? "" });
  }
  return equal(writeRelease(read.data), bytes) ? ok(read.data) : fail({ reason: "not-canonical" });
}

/** How a release is named: b64url of the SHA-256 of its file. */
export const releaseHash = (bytes: Bytes): string => base64url(sha256(bytes));

import { base64url } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { equal, utf8 } from "../bytes.ts";
import { fail, ok, type Result } from "../result.ts";
import { sha256 } from "../sha256.ts";
import { parseJson } from "../statement/json.ts";
import { type ReleaseFile, releaseFile } from "./release-file.ts";

export type ReleaseFileRefusal = "json" | "form" | "not-exact";

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

/** Anything but what `writeRelease` writes is refused: one release has one SHA-256. */
export function readRelease(bytes: Bytes): Result<ReleaseFile, ReleaseFileRefusal> {
  const json = parseJson(bytes);
  if (!json.ok) return fail("json");
  const file = releaseFile.safeParse(json.value);
  if (!file.success) return fail("form");
  return equal(writeRelease(file.data), bytes) ? ok(file.data) : fail("not-exact");
}

/** How a release is named: b64url of the SHA-256 of its file. */
export const releaseHash = (bytes: Bytes): string => base64url(sha256(bytes));

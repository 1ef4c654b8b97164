import { fail, ok, type Result } from "@quasarix/shared/result.ts";
import * as z from "zod";
import { isConstant, type MappingProblem, mapping, pointerOf } from "./mapping.ts";

const ignored = z.unknown().optional();
const { version, id, notice, losses, file, site } = mapping.shape;

/**
 * How a member's list of sites is read: the part of a mapping file that says what makes the site. What a mapping says of
 * audits is left alone, so that one file serves both imports.
 */
export const listMapping = z.strictObject({
  version,
  id,
  notice,
  losses,
  file,
  site: z.strictObject({ ...site.shape, key: ignored }),
  ...{ key: ignored, audit: ignored, lists: ignored, joins: ignored, groups: ignored },
});
export type ListMapping = z.infer<typeof listMapping>;

/** Reads a mapping file for a list; all its problems at once. */
export function parseListMapping(text: string): Result<ListMapping, readonly MappingProblem[]> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return fail([{ pointer: "", message: "the mapping is not JSON" }]);
  }
  const parsed = listMapping.safeParse(json);
  if (!parsed.success)
    return fail(parsed.error.issues.map((issue) => ({ pointer: pointerOf(issue.path), message: issue.message })));
  const joined = Object.entries(parsed.data.site.fields).find(
    ([, rule]) => !isConstant(rule) && rule.join !== undefined,
  );
  if (joined)
    return fail([{ pointer: `/site/fields/${joined[0]}`, message: "a list is one file: no column of a join" }]);
  return ok(parsed.data);
}

/** The columns of the file that the mapping takes. */
export function columnsOf({ site: { fields, identifiers } }: ListMapping): Set<string> {
  const names = Object.values(fields).flatMap((rule) => (isConstant(rule) ? [] : [rule.column]));
  return new Set([...names, ...identifiers.map(({ value }) => value.column)]);
}

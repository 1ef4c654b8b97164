import { AUDIT_SECTIONS } from "@quasarix/shared/policy/sections.ts";
import { fail, ok, type Result } from "@quasarix/shared/result.ts";
import * as z from "zod";

const column = z.string().min(1).max(200);
const scalar = z.union([z.string().max(2_000), z.number(), z.boolean()]);

const textCase = z
  .strictObject({ starts: z.string().min(1).optional(), contains: z.string().min(1).optional(), value: scalar })
  .refine((it) => (it.starts === undefined) !== (it.contains === undefined), {
    error: "a case has either `starts` or `contains`",
  });

/** How one value is made from one cell; mappings/README.md says each member in words. */
const fromColumn = z
  .strictObject({
    column,
    join: z.string().optional(),
    as: z.enum(["text", "number", "integer", "date"]).default("text"),
    /** Of dates: YYYY, MM, DD, M, D and what stands between them. */
    format: z.string().min(3).max(20).optional(),
    after: z.string().min(1).optional(),
    before: z.string().min(1).optional(),
    cases: z.array(textCase).max(200).optional(),
    map: z.record(z.string(), scalar).optional(),
    otherwise: scalar.optional(),
    optional: z.boolean().default(false),
    /** What becomes of a cell that cannot be read: the row is refused, or the row goes on without it and a warning says so. */
    bad: z.enum(["refuse", "drop"]).default("refuse"),
  })
  .refine((it) => (it.as === "date") === (it.format !== undefined), {
    error: "a date has a `format`, nothing else has",
  });

const constant = z.strictObject({ value: z.union([scalar, z.array(scalar).max(200)]) });

const valueRule = z.union([constant, fromColumn]);
export type ColumnRule = z.infer<typeof fromColumn>;
export type ValueRule = z.infer<typeof valueRule>;
export const isConstant = (rule: ValueRule): rule is z.infer<typeof constant> => "value" in rule;

const target = z
  .string()
  .regex(/^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)*$/, { error: "must be a dotted path of member names" });

/** A path may not go through another one's value. */
const apart = (rules: Readonly<Record<string, unknown>>) => {
  const paths = Object.keys(rules);
  return !paths.some((path) => paths.some((other) => other.startsWith(`${path}.`)));
};
const values = z.record(target, valueRule).refine(apart, { error: "one path goes through the value of another" });

const section = z.enum(AUDIT_SECTIONS);
const inSection = (path: string) => section.safeParse(path.split(".")[0]).success && path.includes(".");
const auditValues = values.refine((rules) => Object.keys(rules).every(inSection), {
  error: `every path begins with a section: ${AUDIT_SECTIONS.join(", ")}`,
});

/** A list made from the rows of a join (one element each), or from the row itself (one element per entry). */
const list = z.union([
  z.strictObject({ join: z.string(), fields: values }),
  z.strictObject({ rows: z.array(values).min(1) }),
]);
export type ListRule = z.infer<typeof list>;

const join = z.strictObject({
  file: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^/\\]+$/, { error: "must be a file beside the main one" }),
  /** Column of the main file -> column of this file. */
  on: z.record(column, column),
  where: z.record(column, z.string()).optional(),
  take: z.enum(["first", "all"]).default("all"),
});
export type JoinRule = z.infer<typeof join>;

const group = z.union([
  z.strictObject({ hash: z.array(column).min(1), into: z.int().min(1).max(1_000) }),
  z.strictObject({ from: fromColumn }),
]);
export type GroupRule = z.infer<typeof group>;

const encoding = z
  .enum(["utf-8", "latin-1", "windows-1252"])
  .default("utf-8")
  .transform((name) => (name === "latin-1" ? "windows-1252" : name));

const file = z.strictObject({
  encoding,
  delimiter: z.enum([",", ";", "\t", "|"]).default(","),
  multiline: z.boolean().default(false),
  /** Cells that say nothing, beside the empty one. */
  empty: z.array(z.string()).max(20).default([]),
});
export type FileRule = z.infer<typeof file>;

export const mapping = z.strictObject({
  version: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  /** Shown wherever counts of this import are. */
  notice: z.string().min(1).max(500).optional(),
  /** What the mapping cannot carry over, in words. */
  losses: z.array(z.string().min(1)).max(50).default([]),
  file: file.prefault({}),
  /** The columns that name a row for ever: the same cells are never imported twice. */
  key: z.array(column).min(1),
  site: z.strictObject({
    key: z.array(column).min(1),
    fields: values,
    identifiers: z
      .array(z.strictObject({ scheme: z.string(), value: fromColumn }))
      .max(16)
      .default([]),
  }),
  audit: auditValues,
  lists: z
    .record(
      target.refine((path) => inSection(path) && path.split(".").length === 2),
      list,
    )
    .default({}),
  joins: z.record(z.string(), join).default({}),
  groups: z.record(z.string().regex(/^[a-z][a-z-]*$/), group).default({}),
});
export type Mapping = z.infer<typeof mapping>;

/** Where in the mapping file, as a JSON Pointer, and what. */
export interface MappingProblem {
  readonly pointer: string;
  readonly message: string;
}

export const pointerOf = (path: readonly PropertyKey[]) =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** Every rule that a mapping holds, with whether bare columns in it are those of a join's rows. */
export function* rulesOf(map: Mapping): Generator<{ rule: ColumnRule; join: string | undefined; pointer: string }> {
  const each = function* (rules: Readonly<Record<string, ValueRule>>, pointer: string, join?: string) {
    for (const [path, rule] of Object.entries(rules))
      if (!isConstant(rule)) yield { rule, join: rule.join ?? join, pointer: `${pointer}/${path}` };
  };
  yield* each(map.site.fields, "/site/fields");
  for (const [at, it] of map.site.identifiers.entries()) yield* each({ value: it.value }, `/site/identifiers/${at}`);
  yield* each(map.audit, "/audit");
  for (const [path, it] of Object.entries(map.lists)) {
    if ("join" in it) yield* each(it.fields, `/lists/${path}`, it.join);
    else for (const [at, fields] of it.rows.entries()) yield* each(fields, `/lists/${path}/${at}`);
  }
  for (const [name, it] of Object.entries(map.groups))
    if ("from" in it) yield* each({ from: it.from }, `/groups/${name}`);
}

function unknownJoins(map: Mapping): MappingProblem[] {
  const problems: MappingProblem[] = [];
  const check = (join: string | undefined, pointer: string) => {
    if (join === undefined || Object.hasOwn(map.joins, join)) return;
    problems.push({ pointer, message: `there is no join \`${join}\`` });
  };
  for (const { join, pointer } of rulesOf(map)) check(join, pointer);
  for (const [path, it] of Object.entries(map.lists)) if ("join" in it) check(it.join, `/lists/${path}`);
  return problems;
}

/** Reads a mapping file; all its problems at once. */
export function parseMapping(text: string): Result<Mapping, readonly MappingProblem[]> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return fail([{ pointer: "", message: "the mapping is not JSON" }]);
  }
  const parsed = mapping.safeParse(json);
  if (!parsed.success)
    return fail(parsed.error.issues.map((issue) => ({ pointer: pointerOf(issue.path), message: issue.message })));
  const problems = unknownJoins(parsed.data);
  return problems.length > 0 ? fail(problems) : ok(parsed.data);
}

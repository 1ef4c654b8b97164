import * as z from "zod";
import { frameworkClaims, frameworkId, type PublishedFramework } from "../benchmark/framework/framework.ts";
import { hashText } from "./ids.ts";

/** A version as a list shows it; `GET /v1/frameworks/{id}` has the whole. */
export const frameworkSummary = z
  .strictObject({
    statement: hashText,
    framework: frameworkId,
    version: z.int(),
    title: z.string(),
    from: z.string().describe("The day from which on sites are scored by it"),
    benchmarks: z.int(),
  })
  .meta({ id: "FrameworkSummary" });
export type FrameworkSummary = z.infer<typeof frameworkSummary>;

export const frameworkPage = z.strictObject({
  items: z.array(frameworkSummary),
  next: z.int().nullable().describe("The `after` of the next page"),
});
export const frameworkQuery = z.object({
  after: z.coerce.number().int().min(-1).default(-1).describe("A log index; -1 begins at the first"),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** Most versions of one framework that are shown: a review a year fills this in a lifetime. */
export const VERSIONS_SHOWN = 50;

export const frameworkVersionsView = z
  .strictObject({
    framework: frameworkId,
    versions: z
      .array(z.strictObject({ statement: hashText, claims: frameworkClaims }))
      .describe(`The newest first, at most ${VERSIONS_SHOWN}; each as the operator signed it`),
  })
  .meta({ id: "Framework" });
export type FrameworkVersionsView = z.infer<typeof frameworkVersionsView>;

export const summaryOf = ({ statement, claims }: PublishedFramework): FrameworkSummary => {
  const { framework, version, title, from, benchmarks } = claims;
  return { statement, framework, version, title, from, benchmarks: benchmarks.length };
};

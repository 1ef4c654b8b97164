import { problem } from "@quasarix/shared/wire/problem.ts";
import type * as z from "zod";

/** The `default` answer of every route's OpenAPI row. */
export const problems = {
  default: {
    description: "RFC 9457 problem details. What is refused and what is missing answer alike: 404.",
    content: { "application/problem+json": { schema: problem } },
  },
} as const;

/** A JSON body with 200, or a problem. */
export const answers = <T extends z.ZodType>(schema: T) => ({
  200: { description: "As asked", content: { "application/json": { schema } } },
  ...problems,
});

/** A JSON body with 201, or a problem. */
export const makes = <T extends z.ZodType>(schema: T) => ({
  201: { description: "Made", content: { "application/json": { schema } } },
  ...problems,
});

/** `security` of every route that open.ts does not name. */
export const signed = [{ assertion: [] }];

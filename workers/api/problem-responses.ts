import { problem } from "@quasarix/shared/wire/problem.ts";

/** The `default` answer of every route's OpenAPI row. */
export const problems = {
  default: {
    description: "RFC 9457 problem details. What is refused and what is missing answer alike: 404.",
    content: { "application/problem+json": { schema: problem } },
  },
} as const;

/** `security` of every route that open.ts does not name. */
export const signed = [{ assertion: [] }];

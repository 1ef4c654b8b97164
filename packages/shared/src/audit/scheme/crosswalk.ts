import * as z from "zod";
import { codeText, lineText } from "../../registry/text.ts";
import { TOPIC_CODES, type Topic } from "./topic.ts";

const source = z.strictObject({
  /** Public: whoever doubts the line can read it there. */
  title: lineText(200),
  at: lineText(300).optional(),
  /** Of the source, as exactly as it says. */
  date: z.string().regex(/^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$/, { error: "must be YYYY, YYYY-MM or YYYY-MM-DD" }),
});

/** One clause of a scheme that looks at a topic. Without clause and dated source it stays at topic level, and is `recalled`. */
export const crosswalkLine = z
  .strictObject({
    scheme: codeText,
    version: lineText(40),
    topic: z.enum(TOPIC_CODES, { error: `must be one of our topics: ${TOPIC_CODES.join(", ")}` }),
    clause: codeText.optional(),
    source: source.optional(),
    recalled: z.literal(true).optional(),
    /** A part of the scheme that not every audit includes: it counts only where the audit says so. */
    only: lineText(80).optional(),
    /** What the topic does not say of the clause, or the clause not of the topic. */
    loses: lineText(300),
  })
  .refine((it) => (it.clause !== undefined && it.source !== undefined) !== (it.recalled === true), {
    error: "needs a clause and a dated public source, or else the mark `recalled`",
    path: ["recalled"],
  })
  .refine((it) => it.recalled === undefined || (it.clause === undefined && it.source === undefined), {
    error: "a recalled line stays at topic level: no clause, no source",
    path: ["clause"],
  });
export type CrosswalkLine = z.infer<typeof crosswalkLine>;
export type CrosswalkSource = z.infer<typeof source>;

/** Lines of one scheme and version, each from `[clause, topic, loses]`, behind one source. */
export const sourced = (
  scheme: string,
  version: string,
  source: CrosswalkSource,
  lines: readonly (readonly [clause: string, topic: Topic, loses: string, only?: string])[],
): CrosswalkLine[] =>
  lines.map(([clause, topic, loses, only]) => ({
    scheme,
    version,
    topic,
    clause,
    source,
    ...(only === undefined ? {} : { only }),
    loses,
  }));

/** Lines for which nobody here has a clause and a source at hand. */
export const recalled = (
  scheme: string,
  version: string,
  topics: readonly (Topic | readonly [topic: Topic, only: string])[],
): CrosswalkLine[] =>
  topics.map((one) => {
    const [topic, only] = typeof one === "string" ? [one, undefined] : one;
    const loses = "from memory, at the level of the topic: which clauses, and how deep they go, is not said";
    return { scheme, version, topic, recalled: true, ...(only === undefined ? {} : { only }), loses };
  });

import type { Topic } from "../audit/scheme/topic.ts";
import type { SeverityWord } from "./acceptance.ts";

/** `a`, `a or b`, `a, b or c`. */
export const either = (words: readonly string[], last = "or"): string =>
  words.length < 2 ? (words[0] ?? "none") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;

export const topicNames = (topics: readonly Topic[]): string =>
  either(
    topics.map((topic) => topic.replaceAll("-", " ")),
    "and",
  );

export const severe = (severity: SeverityWord): string =>
  severity === "zero-tolerance" ? "zero-tolerance finding" : `${severity} finding or a worse one`;

import type { Plan, SeriesName } from "../plan.ts";

/** The rules that a member is told of (BENCHMARKS 1.8), one sentence each; each has a test by that sentence. */
export const RULES = [
  "groups",
  "cap",
  "quarter",
  "once",
  "noise",
  "whole",
  "weaker",
  "margin",
  "place",
  "file",
  "mark",
] as const;
export type Rule = (typeof RULES)[number];

export interface Sentence {
  readonly rule: Rule;
  readonly says: string;
}

const WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"] as const;
const inWords = (n: number): string => WORDS[n] ?? String(n);

type Said = Pick<Plan, "profile" | "K" | "floor" | "marks" | "series">;

const HOW_OFTEN: Readonly<Record<SeriesName, string>> = {
  quarter: "Once a quarter",
  year: "Once a year",
  founding: "Once, to begin with,",
};

/** The first series leads: a plan of both is told as the quarterly one that it is day by day. */
const leading = ({ series }: Said): SeriesName => {
  const names = series.map(({ name }) => name);
  return names.includes("quarter") ? "quarter" : (names[0] as SeriesName);
};

function once(plan: Said): string {
  const lead = leading(plan);
  const file = lead === "quarter" ? "one quarterly file" : lead === "year" ? "one yearly file" : "one file";
  const isBoth = lead === "quarter" && plan.series.some(({ name }) => name === "year");
  return `Each score is counted once, in one group, in ${file}${isBoth ? " (and once in the yearly one)" : ""}.`;
}

const NOISE =
  "Then we add or subtract a few suppliers at random, so that nobody - not even all the other companies together - can be sure what any one supplier scored.";
const MARGIN = "You see the result with its margin.";
const PLACE = "Your own place is worked out on your side.";
const FILE = "The file never changes and its fingerprint is in the log.";

function ofEight(plan: Said): Sentence[] {
  const companies = inWords(plan.floor.sponsors);
  return [
    {
      rule: "groups",
      says: `${HOW_OFTEN[leading(plan)]} we count, for each group of at least ${companies} companies, how many suppliers scored 1 to 5.`,
    },
    { rule: "cap", says: `No company counts for more than ${inWords(plan.K)} suppliers.` },
    { rule: "once", says: once(plan) },
    { rule: "noise", says: NOISE },
    { rule: "margin", says: MARGIN },
    { rule: "place", says: PLACE },
    { rule: "file", says: FILE },
  ];
}

/** Of five to seven members (BENCHMARKS 1.9): what is promised less is said, too. */
function ofSmall(plan: Said): Sentence[] {
  const companies = inWords(plan.floor.sponsors);
  return [
    {
      rule: "groups",
      says: `${HOW_OFTEN[leading(plan)]} we count, over all of you together and never fewer than ${companies} companies, how many suppliers scored 1 to 5.`,
    },
    { rule: "cap", says: `No company counts for more than ${inWords(plan.K)} suppliers.` },
    { rule: "quarter", says: "No company is more than a quarter of what is counted." },
    { rule: "once", says: once(plan) },
    { rule: "noise", says: NOISE },
    {
      rule: "whole",
      says: "That holds for one score of one supplier; of all the suppliers of one company together more can be told.",
    },
    {
      rule: "weaker",
      says: "With so few companies it takes fewer of them to work out what the rest have in common: what is promised to groups of eight is not promised here.",
    },
    { rule: "margin", says: MARGIN },
    { rule: "place", says: PLACE },
    { rule: "file", says: FILE },
  ];
}

/** What a procurement person is told of a plan, in the order in which it is read. */
export function sentencesOf(plan: Said): readonly Sentence[] {
  const sentences = plan.profile === "small" ? ofSmall(plan) : ofEight(plan);
  const marks = plan.marks.map((mark): Sentence => ({ rule: "mark", says: `These figures are ${mark}.` }));
  return [...sentences, ...marks];
}

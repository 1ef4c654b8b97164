import { TOPICS } from "../../audit/scheme/topic.ts";
import { EVIDENCE_SAYS } from "../../audit/score-evidence.ts";
import { benchmarkOf } from "./book.ts";
import { type Benchmark, type Framework, frameworkScale } from "./framework.ts";

/** A part of a scorer's page: sentences, or a list. */
export interface GuidePart {
  readonly title: string;
  readonly says: readonly string[];
  readonly list: readonly string[];
}

/** A scorer's page on one benchmark; the command line and the portal show the same. */
export interface Guide {
  readonly title: string;
  readonly under: string;
  readonly question: string;
  readonly levels: Benchmark["levels"];
  readonly parts: readonly GuidePart[];
  /** An entry of section `scores`, as an audit holds it. */
  readonly example: Readonly<Record<string, unknown>>;
}

const part = (title: string, says: readonly string[], list: readonly string[] = []): GuidePart => ({
  title,
  says,
  list,
});

const HOW = part(
  "How to score",
  [],
  [
    "Begin at level 1. Where what it says was found, that is the score, whatever else there is.",
    "Levels 3, 4 and 5 build on each other: give the highest of which you found everything, with everything that those below it ask for. Where not even level 3 is whole, give level 2.",
    "What you did not see does not count as found. Between two levels give the lower one.",
    "Where the question does not fit the site, give no score: an absent score says nothing, and level 1 says a good deal.",
    "Write down what you saw beside each level that you reached, so that the next scorer finds the same.",
  ],
);

function evidencePart({ critical, evidence }: Benchmark): GuidePart {
  const least = `It counts in figures of the industry when it rests at least on \`${evidence}\`: ${EVIDENCE_SAYS[evidence]}.`;
  return part("What it has to rest on", [
    ...(critical ? ["This benchmark is critical: a score counts only when a third party verified it."] : []),
    least,
    "Say so in `evidence`. Without it an auditor's own report is taken as `third-party`, a copy that a member handed in as `documented`, and what the supplier signed itself as `self-reported`.",
    "Nobody verifies itself: a supplier's own score is never more than `documented`, nor is a copy of what a buyer's own staff saw.",
  ]);
}

/** What the review before made of this benchmark, and what the next one does, where there are any. */
function reviewParts({ reviews, version }: Framework, id: string, next: Framework | undefined): GuidePart[] {
  const before = reviewSays(reviews, id, version - 1, version);
  const after = next ? reviewSays(next.reviews, id, version, next.version) : [];
  return [
    ...(before.length > 0 ? [part(`What version ${version} changed`, before)] : []),
    ...(next && after.length > 0 ? [part(`Version ${next.version}, from ${next.from} on`, after)] : []),
  ];
}

function reviewSays(reviews: Framework["reviews"], id: string, from: number, to: number): string[] {
  const changes = reviews?.changes.filter(({ benchmark }) => benchmark === id).map(({ says }) => says) ?? [];
  const row = reviews?.mapping.find(({ benchmark }) => benchmark === id);
  const moved = row?.to.some((level, at) => level !== at + 1);
  if (!row || !moved) return changes;
  const shown = row.to.map((level, at) => (level === 0 ? `${at + 1} anew` : `${at + 1} as ${level}`)).join(", ");
  return [...changes, `A score of version ${from} is shown under version ${to} too: ${shown}.`];
}

/** Null where this version has no such benchmark. `next`: the version that reviewed it. */
export function guideOf(framework: Framework, id: string, next?: Framework): Guide | null {
  const benchmark = benchmarkOf(framework, id);
  if (!benchmark) return null;
  const { name, question, levels, look = [], topic, critical } = benchmark;
  const [, , third] = levels;
  return {
    title: name,
    under: `${framework.title}, version ${framework.version}, from ${framework.from} on; topic ${topic}: ${TOPICS[topic]}`,
    question,
    levels,
    parts: [
      ...(look.length > 0 ? [part("Where to look", [], look)] : []),
      HOW,
      evidencePart(benchmark),
      ...reviewParts(framework, id, next),
    ],
    example: {
      topic: id,
      scale: frameworkScale(framework),
      value: third?.level ?? 3,
      original: "3",
      evidence: critical ? "third-party" : benchmark.evidence,
    },
  };
}

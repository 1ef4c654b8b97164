import { EVIDENCE, EVIDENCE_SAYS, evidenceOf } from "@quasarix/shared/audit/score-evidence.ts";
import type { FrameworkBook } from "@quasarix/shared/benchmark/framework/book.ts";
import { type ShownScore, shownUnder } from "@quasarix/shared/benchmark/framework/shown-under.ts";
import { printable } from "./table.ts";

type Members = Readonly<Record<string, unknown>>;

/** Of the audit that holds the scores, as far as it is open. */
export interface ScoredBy {
  readonly provenance: string;
  /** Null while `existence` is not open. */
  readonly assessorKind: string | null;
}

export interface ReadScore {
  readonly shown: readonly ShownScore[];
  /** What it rests on; null where nobody can say. */
  readonly evidence: string | null;
}

export const scoresIn = (scores: Members | undefined): readonly Members[] => {
  const topics = scores?.["topics"];
  return Array.isArray(topics) ? (topics as Members[]) : [];
};

/** Scores of published frameworks, under their own version and, where a mapping says so, the next. */
export const readScores = (scores: Members | undefined, by: ScoredBy, book: FrameworkBook): ReadScore[] =>
  scoresIn(scores)
    .map((entry) => ({ entry, shown: shownOf(entry, book) }))
    .filter(({ shown }) => shown.length > 0)
    .map(({ entry, shown }) => ({ shown, evidence: restsOn(entry["evidence"], by) }));

const shownOf = ({ topic, scale, value }: Members, book: FrameworkBook): ShownScore[] =>
  shownUnder({ topic: String(topic), scale: String(scale), value }, book);

function restsOn(said: unknown, { provenance, assessorKind }: ScoredBy): string | null {
  const stated = EVIDENCE.find((one) => one === said);
  const evidence = assessorKind === null ? stated : evidenceOf({ provenance, assessorKind }, stated);
  return evidence ? EVIDENCE_SAYS[evidence] : null;
}

/** One line a score and version, the mapped one below the one that was given. */
export const scoresText = (scores: readonly ReadScore[]): string[] =>
  scores.flatMap(({ shown, evidence }) =>
    shown.map((one) => (one.isMapped ? mapped(one, shown) : given(one, evidence))),
  );

function given({ framework, version, name, value, says }: ShownScore, evidence: string | null): string {
  const rests = evidence === null ? "" : ` (${evidence})`;
  return `  ${printable(name)}, ${framework} version ${version}: ${value} of 5${rests}. ${printable(says)}`;
}

function mapped({ version, value, says }: ShownScore, shown: readonly ShownScore[]): string {
  const isSame = shown.every((one) => one.value === value && one.says === says);
  return `    shown under version ${version}: ${isSame ? "the same" : `${value} of 5. ${printable(says)}`}`;
}

import type { AuditContent } from "../audit/content.ts";
import { jaccard, sharedPassage, shingleSet } from "./twin-shingles.ts";
import { bandKeys, estimate, signatureOf } from "./twin-signature.ts";

/** What a firm wrote in one report. */
export interface WrittenReport {
  readonly audit: string;
  readonly site: string;
  readonly firm: string;
  /** Unix ms: when the log took it. */
  readonly admittedAt: number;
  readonly texts: readonly string[];
}

/** Two reports of one firm on two sites that say nearly the same, in nearly the same words. */
export interface Twin {
  readonly later: WrittenReport;
  readonly earlier: WrittenReport;
  /** Of their runs of five words, the part that both have. */
  readonly shared: number;
  readonly passage: string;
}

/** Below it, standard phrases explain what two reports share. */
export const TWIN_FROM = 0.8;
/** Shorter texts are alike by chance. */
const LEAST_SHINGLES = 40;
/** An estimate is off by a tenth in one case of two hundred: those below are not looked at. */
const ESTIMATE_FROM = TWIN_FROM - 0.1;
/** Of reports in one bucket, and of candidates of one report, so many are looked at: the work grows with the reports alone. */
const LOOKED_AT = 32;
const PASSAGE_WORDS = 25;

/** The auditor's own words: titles, clauses and laws are the scheme's, and shared by right. */
export const writtenTexts = ({ findings, plans }: Partial<Pick<AuditContent, "findings" | "plans">>): string[] =>
  [
    ...(findings?.findings ?? []).flatMap(({ description, rootCause }) => [description, rootCause]),
    ...(plans?.plans ?? []).flatMap(({ action, rootCause }) => [action, rootCause]),
  ].filter((text) => text !== undefined);

interface Indexed {
  readonly report: WrittenReport;
  readonly set: Uint32Array;
  readonly signature: Uint32Array;
}

/**
 * For each report the earlier one that is most like it, where one is. A site's next report repeats its last one by right, so
 * only different sites are compared, and only within a firm. `looked` counts the pairs that were.
 */
export function twinsAmong(reports: readonly WrittenReport[]): { readonly twins: Twin[]; readonly looked: number } {
  const twins: Twin[] = [];
  let looked = 0;
  for (const [, ofFirm] of Map.groupBy(reports, ({ firm }) => firm)) {
    const index = new Map<number, Indexed[]>();
    for (const report of ofFirm.toSorted(byTime)) {
      const set = shingleSet(report.texts);
      if (set.length < LEAST_SHINGLES) continue;
      const one = { report, set, signature: signatureOf(set) };
      const keys = bandKeys(one.signature);
      const candidates = candidatesFor(one, keys, index);
      looked += candidates.length;
      const twin = closest(one, candidates);
      if (twin) twins.push(twin);
      for (const key of keys) note(index, key, one);
    }
  }
  return { twins, looked };
}

const byTime = (a: WrittenReport, b: WrittenReport): number =>
  a.admittedAt - b.admittedAt || (a.audit < b.audit ? -1 : 1);

function note(index: Map<number, Indexed[]>, key: number, one: Indexed): void {
  const bucket = index.get(key);
  if (!bucket) index.set(key, [one]);
  else if (bucket.length < LOOKED_AT) bucket.push(one);
}

/** Of other sites, those that share the most bands first. */
function candidatesFor(one: Indexed, keys: readonly number[], index: ReadonlyMap<number, Indexed[]>): Indexed[] {
  const bands = new Map<Indexed, number>();
  for (const key of keys)
    for (const other of index.get(key) ?? [])
      if (other.report.site !== one.report.site) bands.set(other, (bands.get(other) ?? 0) + 1);
  const ranked = [...bands].sort(([a, m], [b, n]) => n - m || byTime(a.report, b.report));
  return ranked.slice(0, LOOKED_AT).map(([other]) => other);
}

function closest(one: Indexed, candidates: readonly Indexed[]): Twin | null {
  const alike = candidates
    .filter(({ signature }) => estimate(one.signature, signature) >= ESTIMATE_FROM)
    .map((other) => ({ other, shared: jaccard(one.set, other.set) }))
    .filter(({ shared }) => shared >= TWIN_FROM)
    .sort((a, b) => b.shared - a.shared || byTime(a.other.report, b.other.report));
  const [best] = alike;
  if (!best) return null;
  const { report: earlier } = best.other;
  const passage = sharedPassage(one.report.texts, earlier.texts, PASSAGE_WORDS);
  return { later: one.report, earlier, shared: best.shared, passage };
}

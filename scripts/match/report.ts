import { siteKeys } from "@quasarix/shared/registry/match/keys.ts";
import type { Weights } from "@quasarix/shared/registry/match/verdict.ts";
import { judge } from "@quasarix/shared/registry/match/verdict.ts";
import { clusterFigures, clustersOf, type Link, oneToOne } from "./clusters.ts";
import { type Examined, FOLDS, type Judgeable } from "./examples.ts";
import { crossValidated, scored, tableFrom } from "./fit.ts";
import { type Figures, figures, figuresAt, recallAtPrecision, type Scored } from "./measure.ts";

const sigmoid = (odds: number) => 1 / (1 + Math.exp(-odds));
const short = (value: number) => value.toFixed(3);
const figureText = ({ precision, recall, f1 }: Figures) => `${short(precision)}  ${short(recall)}  ${short(f1)}`;
const row = (name: string, cells: string) => `  ${name.padEnd(26)}${cells}`;

type Cells = (set: Examined, k: number) => string;

const table = (title: string, head: string, sets: readonly Examined[], cells: Cells): string[] => [
  "",
  title,
  row("", head),
  ...sets.map((set, k) => row(set.set, cells(set, k))),
];

function keyTable(sets: readonly Examined[]): string[] {
  return table(
    "keys: do two records of one site share one?",
    "recall  of pairs  missed  keys a record",
    sets,
    ({ labelled }) => {
      const together = labelled.pairs.filter(({ same }) => same).length;
      const all = labelled.sites ? together + labelled.unseen : together;
      const places = [...new Set(labelled.pairs.flatMap(({ a, b }) => [a, b]))];
      const keys = places.reduce((sum, place) => sum + siteKeys(place).length, 0) / places.length;
      return `${short(1 - labelled.unseen / all)}   ${String(all).padStart(8)}  ${String(labelled.unseen).padStart(6)}  ${keys.toFixed(1)}`;
    },
  );
}

function curve(sets: readonly Examined[], heldOut: readonly Scored[][], likely: number): string[] {
  const scores = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99];
  return [
    "",
    "the curve, cross-validated: precision/recall where the score is at least",
    row("", scores.map((it) => String(it).padEnd(8)).join(" ")),
  ].concat(
    sets.map(({ set, labelled }, k) => {
      const at = scores.map((score) => {
        const { precision, recall } = figuresAt(
          heldOut[k] ?? [],
          labelled.unseen,
          likely + Math.log(score / (1 - score)),
        );
        return `${precision.toFixed(2)}/${recall.toFixed(2)}`.replaceAll("0.", ".").padEnd(8);
      });
      return row(set, at.join(" "));
    }),
  );
}

/** Odds for each set from weights that saw the other sets only. */
const leftOut = (sets: readonly Examined[]): Scored[][] =>
  sets.map((set) =>
    scored(
      set.pairs,
      tableFrom(
        sets.filter((other) => other !== set),
        () => true,
      ),
    ),
  );

function linksOf({ labelled }: Examined, odds: readonly Scored[], likely: number): Link[] {
  return (labelled.ends ?? []).map(([i, j], at) => ({ i, j, score: sigmoid((odds[at]?.odds ?? -9) - likely) }));
}

function clusterLines(set: Examined, odds: readonly Scored[], likely: number): string[] {
  const sites = set.labelled.sites ?? [];
  const { pairwise, bCubed } = clusterFigures(clustersOf(sites.length, linksOf(set, odds, likely), 0.5), sites);
  return [
    "",
    `${set.set}, ${sites.length} records clustered, cross-validated`,
    row("pairwise", figureText(pairwise)),
    row("B-cubed", figureText(bCubed)),
  ];
}

function oneToOneLines(set: Examined, odds: readonly Scored[], likely: number): string[] {
  const same = set.pairs.filter((pair) => pair.same).length + set.labelled.unseen;
  const at = new Map((set.labelled.ends ?? []).map(([i, j], k) => [`${i} ${j}`, k]));
  const taken = oneToOne(linksOf(set, odds, likely), 0.5);
  const right = taken.filter(({ i, j }) => set.pairs[at.get(`${i} ${j}`) ?? -1]?.same).length;
  return [
    "",
    `${set.set}, each record of either list at most once, cross-validated`,
    row("one to one", figureText(figures(right, taken.length - right, same - right))),
  ];
}

function publishedLines(set: Examined, odds: readonly Scored[], likely: number): string[] {
  const { at = [], unseen = 0 } = set.labelled.published ?? {};
  const chosen = at.flatMap((k) => odds[k] ?? []);
  const title = `${set.set}, the candidates that are published with labels, cross-validated`;
  return ["", title, row("published pairs", figureText(figuresAt(chosen, unseen, likely)))];
}

function renamedLine(pairs: readonly Judgeable[], weights: Weights): string[] {
  const count = new Map<string, number>();
  for (const { evidence } of pairs) {
    const { verdict } = judge(evidence, weights);
    count.set(verdict, (count.get(verdict) ?? 0) + 1);
  }
  const said = [...count].sort(([a], [b]) => (a < b ? -1 : 1)).map(([verdict, n]) => `${verdict} ${n}`);
  return ["", `one site under a new name (not scored): ${pairs.length} pairs: ${said.join(", ")}`];
}

function wholeLists(set: Examined, odds: readonly Scored[], likely: number): string[] {
  if (set.set === "chicago-early-childhood") return clusterLines(set, odds, likely);
  if (set.set !== "fodors-zagats") return [];
  return [...publishedLines(set, odds, likely), ...oneToOneLines(set, odds, likely)];
}

/** All that is claimed of `matchSites`, line by line. */
export function report(sets: readonly Examined[], weights: Weights): string[] {
  const { likely, same } = weights;
  const heldOut = crossValidated(sets, FOLDS);
  const out = leftOut(sets);
  const at =
    (odds: readonly Scored[][]): Cells =>
    ({ labelled }, k) =>
      figureText(figuresAt(odds[k] ?? [], labelled.unseen, likely));
  const shipped = sets.map(({ pairs }) => scored(pairs, weights));
  const sure: Cells = ({ labelled }, k) => {
    const { precision, recall } = figuresAt(heldOut[k] ?? [], labelled.unseen, same, true);
    return `${short(precision)}  ${short(recall)}  ${short(recallAtPrecision(heldOut[k] ?? [], labelled.unseen, 0.99))}`;
  };
  const head = "prec.  recall F1";
  return [
    `Tuned on: both thresholds on the ${FOLDS} held-out folds of all four sets, folds by site, company or address.`,
    `likely from log odds ${likely} (score .5), same from ${same}; weights in registry/match/weights.ts.`,
    "Facts and lists of words were chosen with these sets in view: expect somewhat less elsewhere.",
    ...keyTable(sets),
    ...table("cross-validated, likely and same taken for one site", head, sets, at(heldOut)),
    ...table("leave one data set out: trained on the other three", head, sets, at(out)),
    ...table("the shipped weights, which have seen these pairs", head, sets, at(shipped)),
    ...table("`same` alone, cross-validated", "prec.  recall recall at precision .99 of its own", sets, sure),
    ...curve(sets, heldOut, likely),
    ...sets.flatMap((set, k) => wholeLists(set, heldOut[k] ?? [], likely)),
    ...renamedLine(
      sets.flatMap(({ renamed }) => renamed),
      weights,
    ),
  ];
}

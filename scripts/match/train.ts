import { writeFileSync } from "node:fs";
import path from "node:path";
import { dataFolder } from "./data-folder.ts";
import { examined, FOLDS } from "./examples.ts";
import { crossValidated, tableFromAll } from "./fit.ts";
import { labelledSets } from "./labelled.ts";

const TARGET = path.resolve(import.meta.dirname, "../../packages/shared/src/registry/match/weights.ts");

/** Writes the table that `matchSites` weighs by. The same data give the same bytes. */
function main(): void {
  const folder = dataFolder();
  if (folder === null) throw new Error("there are no labelled pairs: set QUASARIX_SHARED to the folder of real input");
  const sets = labelledSets(folder).map(examined);
  const weights = tableFromAll(sets, crossValidated(sets, FOLDS));
  const rows = Object.entries(weights.features).map(([name, weight]) => `    ${name}: ${weight},`);
  const named = sets.map(
    ({ set, pairs }) => ` * ${set}: ${pairs.length} pairs, ${pairs.filter(({ same }) => same).length} of one site`,
  );
  writeFileSync(
    TARGET,
    `import type { Weights } from "./verdict.ts";

/**
 * Learnt; written by \`scripts/match/train.ts\` and not by hand. From the labelled pairs of
${named.join("\n")}
 * (labels that begin with \`ambiguous\` and \`same_site_renamed\` left out; of the last two the pairs that share a key),
 * and ${sets.flatMap(({ made }) => made).length} pairs made from matches of the first, by changing one number or taking another's name.
 * Logistic regression over all pairs; both thresholds set on the ${FOLDS} folds held out in turn, grouped by site or company.
 */
export const WEIGHTS: Weights = {
  intercept: ${weights.intercept},
  features: {
${rows.join("\n")}
  },
  likely: ${weights.likely},
  same: ${weights.same},
};
`,
  );
  console.log(`${TARGET}\nlikely from ${weights.likely}, same from ${weights.same}`);
}

main();

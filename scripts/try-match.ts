import { WEIGHTS } from "@quasarix/shared/registry/match/weights.ts";
import { dataFolder } from "./match/data-folder.ts";
import { examined } from "./match/examples.ts";
import { labelledSets } from "./match/labelled.ts";
import { report } from "./match/report.ts";

const folder = dataFolder();
if (folder === null) {
  console.error("there are no labelled pairs: set QUASARIX_SHARED to the folder of real input");
  process.exitCode = 2;
} else {
  for (const line of report(labelledSets(folder).map(examined), WEIGHTS)) console.log(line);
}

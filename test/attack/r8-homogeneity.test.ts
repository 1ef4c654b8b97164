import { profileRule } from "@quasarix/shared/benchmark/profile.ts";
import { noiseVariance } from "@quasarix/shared/benchmark/use/estimate.ts";
import { figuresOf } from "@quasarix/shared/benchmark/use/figures.ts";
import { figureRows } from "@quasarix/shared/benchmark/use/rows.ts";
import { describe, expect, test } from "vitest";
import { looks } from "./looks.ts";
import { measure, PATIENCE, sized } from "./measured.ts";
import { measureGuesses } from "./supplier-guess.ts";

const RULE = profileRule("eight", 12);
/** Eight sponsors of five records each, all of them 2; the victim is one of the first sponsor's. */
const ALL = Array.from({ length: 40 }, (_, at) => ({ sponsor: `org_${at % 8}`, value: 2 }));
const METRICS = ["score/quasarix@1/benchmark-1", "findings/major", "remediation/days"];

describe("R8, a cell in which all 40 records score 2", () => {
  test("the screen never says all, none or 100 %", () => {
    const runs = sized(200, 2_000, 20_000);
    let shown = 0;
    let sure = 0;
    for (const bins of looks({ seed: "r8", records: ALL, runs, rule: RULE }))
      for (const metric of METRICS) {
        const counted = { bins: bins as [number, number, number, number, number], noise: noiseVariance(RULE.b) };
        const figures = figuresOf(metric, counted);
        expect(figures).not.toBeNull();
        for (const [, says] of figures ? figureRows(figures) : []) {
          shown++;
          if (/\b(0|100) ?%|\b(9[89]|[12]) ?%|[+]- 0(\.0)?(?![.0-9])/.test(says)) sure++;
        }
      }
    const what = "figures on the screen below 3 %, above 97 % or without a margin";
    measure({ test: "R8", what, size: `${shown} figures of ${runs} releases`, measured: sure, most: 0 });
  });

  test("no score is surer for all being alike", { timeout: PATIENCE }, () => {
    const releases = sized(500, 5_000, 100_000);
    measureGuesses({ test: "R8", others: "39, all 2", known: ALL.slice(1), sponsor: "org_0", releases, rule: RULE });
  });
});

import process from "node:process";

const shared = "packages/shared/src";
const AREAS = {
  log: [`${shared}/log/{proof,proof-path,note,tile}.ts`],
  statement: [`${shared}/statement/verify*.ts`],
  policy: [`${shared}/policy/*.ts`],
};

/** One area at a time, named by MUTATE: `npm run mutate` (scripts/mutate.mjs) sets it. */
export default {
  mutate: AREAS[process.env.MUTATE],
  mutator: { excludedMutations: ["StringLiteral"] },
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutate.config.ts" },
  // Stryker would read tsconfig.json by an API that TypeScript 7 no longer has; vitest needs none of it.
  tsconfigFile: "none",
  disableTypeChecks: false,
  concurrency: 1,
  thresholds: { high: 95, low: 90, break: 90 },
  reporters: ["progress-append-only", "clear-text", "json"],
  clearTextReporter: { allowColor: false, reportTests: false },
  jsonReporter: { fileName: `.work/mutation/${process.env.MUTATE}.json` },
  tempDirName: ".work/stryker",
  ignorePatterns: [".work", ".wrangler", ".quasarix", "dist", "bench/results"],
};

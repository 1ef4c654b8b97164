import path from "node:path";
import { defineConfig } from "vitest/config";
import node from "./vitest.config.ts";

/** The Node tests of one area, over the sources beside them: node_modules leads to the sources that have no mutants. */
export default defineConfig({
  resolve: {
    alias: {
      "@quasarix/shared": path.resolve("packages/shared/src"),
      "@quasarix/client": path.resolve("packages/client/src"),
    },
  },
  test: {
    ...node.test,
    include: [`test/${process.env["MUTATE"]}/**/*.test.ts`],
    // Seconds for each mutant; what it says of `decide` the differential test says too.
    exclude: [...(node.test?.exclude ?? []), "test/policy/small-world.test.ts"],
    setupFiles: ["test/mutate-setup.ts"],
  },
});

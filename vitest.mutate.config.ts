import path from "node:path";
import { defineConfig } from "vitest/config";
import node from "./vitest.config.ts";

/** The Node tests of one area, over the sources beside them: node_modules leads to the sources that have no mutants. */
export default defineConfig({
  resolve: { alias: { "@quasarix/shared": path.resolve("packages/shared/src") } },
  test: { ...node.test, include: [`test/${process.env["MUTATE"]}/**/*.test.ts`], setupFiles: ["test/mutate-setup.ts"] },
});

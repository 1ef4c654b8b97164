import { defineConfig } from "vitest/config";

/** `*.workerd.test.ts` run in workerd (vitest.workerd.config.ts), every other test in Node. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.workerd.test.ts", "node_modules/**"],
    testTimeout: 60_000,
    // Some wait for servers that they started. At full size a file may take memory for two.
    maxWorkers: process.env["LONG"] === "1" ? 2 : 3,
    // Files share what they import: a third less to compile. None leaves anything behind in a module.
    isolate: false,
  },
});

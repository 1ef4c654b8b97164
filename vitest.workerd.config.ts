import { readFileSync } from "node:fs";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { resident } from "./test/resident.ts";
import { testSecrets } from "./test/secrets.ts";
import { sharedPath } from "./test/shared-data.ts";

const readShared = (...parts: string[]): string | null => {
  const path = sharedPath(...parts);
  return path && readFileSync(path, "utf8");
};

/** Tests in the real runtime: D1, Durable Objects and R2 as the Worker sees them. */
export default defineConfig(async () => ({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: {
        cf: false,
        serviceBindings: { RESIDENT: resident },
        // Each tick of duty's is a round; a discovery batch is closed when a test says so (`closeBatch`).
        bindings: {
          ...testSecrets,
          ROUND_SECONDS: "0.001",
          BATCH_SECONDS: "604800",
          TEST_MIGRATIONS: await readD1Migrations("./migrations"),
        },
      },
    }),
  ],
  test: {
    include: ["test/**/*.workerd.test.ts"],
    // At full size a file leaves objects busy that a reset passes over: there each has a runtime of its own.
    isolate: process.env["LONG"] === "1",
    maxWorkers: process.env["LONG"] === "1" ? 2 : 4,
    testTimeout: 60_000,
    // The Worker's own line for each request: thousands. A test that wants them takes them by its port.
    onConsoleLog: (line: string) => !/"requestId"|"message":"planted/.test(line),
    provide: {
      long: process.env["LONG"] === "1",
      attack: process.env["ATTACK"] === "1",
      wycheproof: readShared("vectors", "wycheproof", "ed25519_test.json"),
    },
  },
}));

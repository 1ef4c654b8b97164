import { build } from "esbuild";

/** One ES module for workerd, resolved as wrangler does it: `workerd` and `worker` before `browser`. */
export async function bundleWorker(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    loader: { ".sql": "text", ".html": "text", ".txt": "text", ".bin": "binary" },
    define: { "process.env.NODE_ENV": '"production"' },
    keepNames: true,
    logLevel: "silent",
  });
}

// What migrations are written from, and nothing else: the queries beside this folder are SQL text.
export * from "./access.ts";
export * from "./benchmark.ts";
export * from "./duplicate.ts";
export * from "./lists.ts";
export * from "./registry.ts";
export * from "./sharing.ts";
export * from "./statements.ts";

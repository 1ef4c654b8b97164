export * from "./registry.ts";
export * from "./sharing.ts";
export * from "./statements.ts";

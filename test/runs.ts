import fc from "fast-check";

/** How often a property is tried: `full` with LONG=1, and under mutation what `mutate-setup.ts` says. */
export const runs = (usual: number, full = usual): number =>
  fc.readConfigureGlobal().numRuns ?? (process.env["LONG"] === "1" ? full : usual);

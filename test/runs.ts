import fc from "fast-check";

const few = fc.readConfigureGlobal().numRuns;

/** Under `npm run mutate`, where the sources hold slips already. */
export const isMutated = few !== undefined;

/** How often a property is tried: `full` with LONG=1, and under mutation what `mutate-setup.ts` says. */
export const runs = (usual: number, full = usual): number => few ?? (process.env["LONG"] === "1" ? full : usual);

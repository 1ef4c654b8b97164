import type { Framework } from "../framework.ts";
import { CARE } from "./care.ts";
import { OPENNESS } from "./openness.ts";
import { SURROUNDINGS } from "./surroundings.ts";
import { TERMS_OF_WORK } from "./terms-of-work.ts";
import { WORKERS_SAY } from "./workers-say.ts";

/** The benchmarks that a consortium may begin with (FIELD 1). Climate resilience comes with the first review. */
export const QUASARIX_1: Framework = {
  framework: "quasarix",
  version: 1,
  title: "Quasarix Trace benchmarks",
  from: "2025-01-01",
  benchmarks: [...OPENNESS, ...WORKERS_SAY, ...TERMS_OF_WORK, ...CARE, ...SURROUNDINGS],
};

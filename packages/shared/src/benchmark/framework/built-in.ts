import type { Framework } from "./framework.ts";
import { QUASARIX_1 } from "./quasarix/first.ts";

/** Frameworks that come with the software. They mean something in a consortium once its operator has published them. */
export const FRAMEWORKS: readonly Framework[] = [QUASARIX_1];

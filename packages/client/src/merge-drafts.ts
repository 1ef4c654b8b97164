import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import type { Saying } from "./drafts.ts";

/** For the operator: two ids of one facility, of which `stays` stands for both from now on. */
export const mergeOf = (stays: string, absorbs: string): Saying => ({
  vct: vctOf("merge"),
  sub: stays,
  claims: { absorbs },
});

/** Undoes a merge; `stays` is the one that it named. */
export const splitOf = (stays: string, merge: string): Saying => ({ vct: vctOf("split"), sub: stays, re: merge });

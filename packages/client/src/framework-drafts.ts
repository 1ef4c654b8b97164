import type { Framework } from "@quasarix/shared/benchmark/framework/framework.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { plain, type Saying } from "./drafts.ts";

/** One version, whole; open to all. */
export const frameworkOf = (consortium: string, claims: Framework): Saying => ({
  vct: vctOf("framework"),
  sub: consortium,
  claims: plain(claims),
});

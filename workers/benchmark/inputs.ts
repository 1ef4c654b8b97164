import { base64url } from "@quasarix/shared/base64.ts";
import { packageHead, packageRecord } from "@quasarix/shared/benchmark/audit-package.ts";
import { BORN, forgottenFrom } from "@quasarix/shared/benchmark/life.ts";
import type { Cell, Series } from "@quasarix/shared/benchmark/plan.ts";
import { planSecrets } from "@quasarix/shared/benchmark/plan-secrets.ts";
import { fromUtf8, utf8 } from "@quasarix/shared/bytes.ts";
import type { CohortName, ReleaseLedger } from "./ledger.ts";
import type { ReleasePorts } from "./ports.ts";
import { planOf } from "./proposed.ts";
import { recordsOf } from "./records-of.ts";

/** Records of one piece of the stream. */
const AT_ONCE = 1_000;

/** What an appointed auditor re-runs a release from (shared/benchmark/audit-package.ts). Null unless it is published and not yet forgotten. */
export function packageOf(
  { ledger, vault, now }: Pick<ReleasePorts, "ledger" | "vault" | "now">,
  name: CohortName,
): ReadableStream<Uint8Array> | null {
  const kept = ledger.plan(name.plan);
  const life = ledger.cohort(name)?.life ?? BORN;
  const series = kept && planOf(kept).series.find(({ cohorts }) => cohorts.some(({ id }) => id === name.cohort));
  if (!kept?.adopted || !series) return null;
  const forgotten = forgottenFrom(life, planOf(kept));
  if (forgotten === null || now() >= forgotten * 1000) return null;
  const secret = planSecrets(vault.releaseRoot(), kept.nonce).secretOf(name.cohort);
  const head = packageHead({
    plan: fromUtf8(kept.file) as string,
    cohort: name.cohort,
    votes: kept.adopted.votes,
    secret: base64url(secret),
  });
  return streamOf(recordLines(ledger, name, series), head);
}

/** In pieces by site: nothing is held while the reader takes its time. */
function* recordLines(ledger: ReleaseLedger, name: CohortName, series: Series): Generator<string> {
  for (let after = ""; ; ) {
    const piece = [...ledger.countedAfter(name, after, AT_ONCE)];
    const lines = [...recordsOf(series, name.cohort, piece)].map(({ site, cell, sponsor, values }) => {
      const { path } = series.cells[cell] as Cell;
      return packageRecord({ site, path, sponsor, values: values.join("") });
    });
    // A stream that is given nothing waits for ever.
    if (lines.length > 0) yield lines.join("");
    if (piece.length < AT_ONCE) return;
    after = piece.at(-1)?.site ?? after;
  }
}

function streamOf(pieces: Iterator<string>, head: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    type: "bytes",
    start: (controller) => controller.enqueue(utf8(head)),
    pull: (controller) => {
      const { value, done } = pieces.next();
      if (done) return controller.close();
      controller.enqueue(utf8(value));
    },
  });
}

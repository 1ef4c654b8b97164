import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import type { WalkLine } from "@quasarix/shared/log/dossier.ts";
import { verifyWalk } from "@quasarix/shared/log/dossier.ts";
import { consortiumKey } from "@quasarix/shared/log/entry.ts";
import { ok } from "@quasarix/shared/result.ts";
import type { Client } from "./client.ts";
import { type Answer, badInput, broken } from "./refusal.ts";
import { readWholeLog } from "./whole-log.ts";

export interface CheckedDossier {
  readonly subject: string;
  /** Log index of the opening; -1 for the consortium, whose K is open. */
  readonly opening: number;
  /** Size of the log that the walk is complete up to. */
  readonly asOf: number;
  readonly lines: readonly (WalkLine & { readonly statementHash: string })[];
  /** Lines beyond `asOf`: in the log, not yet in a published checkpoint. */
  readonly ahead: number;
}

const PAGE = 1000;

/**
 * FORMATS 2, completeness: K against the opening, the walk by `prev`, and every tag looked for in all entries since the
 * opening. The tree is recomputed from those entries first, so that none is taken on trust.
 */
export async function checkDossier(client: Client, subject: string): Promise<Answer<CheckedDossier>> {
  const last = await client.log.advance();
  if (!last.ok) return last;
  if (last.value === null) return badInput("the log has published no checkpoint yet");
  const { size } = last.value.checkpoint;
  const whole = await readWholeLog(client.routes, client.log, last.value, () => undefined);
  if (!whole.ok) return whole;
  const read = await readLines(client, subject);
  if (!read.ok) return read;
  const isConsortium = subject === client.consortium.id;
  const opening = isConsortium ? ok({ index: -1, commitment: null }) : await client.consortium.openingOf(subject);
  if (!opening.ok) return opening;
  const walk = read.value.lines.filter((line) => line.index < size);
  const { index, commitment } = opening.value;
  const walked = verifyWalk({
    K: isConsortium ? consortiumKey(subject) : read.value.K,
    subject,
    commitment: commitment === null ? null : fromBase64url(commitment),
    openingIndex: index,
    walk,
    entries: whole.value.entries.entries(),
  });
  if (!walked.ok) return broken("dossier", walked.failure.reason, `seq ${walked.failure.at} of ${subject}`);
  const hashes = walked.value.map((entry) => base64url(entry.facts.statementHash));
  const lines = walk.map((line, i) => ({ ...line, statementHash: hashes[i] as string }));
  return ok({ subject, opening: index, asOf: size, lines, ahead: read.value.lines.length - walk.length });
}

async function readLines(client: Client, subject: string): Promise<Answer<{ K: Bytes; lines: WalkLine[] }>> {
  const lines: WalkLine[] = [];
  let K: Bytes = new Uint8Array(0);
  for (let after: number | null = -1; after !== null; ) {
    const page = await client.routes.dossier(subject, after, PAGE);
    if (!page.ok) return page;
    K = fromBase64url(page.value.K) as Bytes;
    lines.push(...page.value.lines);
    after = page.value.next;
  }
  return ok({ K, lines });
}

import { readAudit } from "@quasarix/client/audit-view.ts";
import type { Saying } from "@quasarix/client/drafts.ts";
import { disputeOf, replyOf, type Spoken } from "@quasarix/client/response-drafts.ts";
import { all } from "@quasarix/client/routes.ts";
import { must, type Party } from "./party.ts";

type Numbers = readonly number[];

const answered = (spoken: Spoken, numbers: Numbers): Saying =>
  replyOf(spoken, {
    text: "Thank you for the visit. What we have done is said finding by finding.",
    answers: numbers.map((finding) => ({ finding, done: true, text: "Mended within the week, with photographs." })),
  });
const accepted = (spoken: Spoken): Saying => replyOf(spoken, { text: "We accept the report." }, { stance: "accepts" });
const disputed = (spoken: Spoken): Saying =>
  disputeOf(spoken, { why: "On that day the line stood still: what was seen belongs to our neighbour." });

/**
 * What a supplier answers of the first audits of its sites: one finding by finding, one accepted; the first supplier
 * disputes a third. To answer is to read, so those audits are opened; all others stay drafts.
 */
export async function respond({ client, author }: Party, turn: number): Promise<void> {
  const audits = must(
    await all((cursor) => client.routes.audits({ cursor, limit: 100, purpose: "corrective-action" })),
  );
  const answers = turn === 0 ? [answered, accepted, disputed] : [answered, accepted];
  for (const [at, answer] of answers.entries()) {
    const one = audits[at];
    if (one?.lifecycle.response !== "awaited") continue;
    const read = must(await readAudit(client, one.audit, { purpose: "corrective-action" }));
    const { findings } = read.statement.sections.get("findings")?.members ?? {};
    const numbers = Array.isArray(findings) ? findings.map((it) => (it as { number: number }).number) : [];
    must(await author.say(answer({ audit: one.audit, site: one.site }, numbers)));
  }
}

import { readList } from "@quasarix/client/import/headings-list.ts";
import type { ListRow } from "@quasarix/client/import/headings-rows.ts";
import { journalFrom } from "@quasarix/client/import/journal.ts";
import type { Held } from "@quasarix/client/import-run.ts";
import type { Review } from "@quasarix/client/overlap-places.ts";
import type { OverlapParts } from "@quasarix/client/overlap-run.ts";
import { memoryStore } from "@quasarix/client/overlap-store.ts";
import type { ClientPorts } from "@quasarix/client/ports.ts";
import type { Answer } from "@quasarix/client/refusal.ts";
import type { SiteAnswers } from "@quasarix/client/site-answers.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { clientFor } from "../workerd-client.ts";
import type { Org } from "../world.ts";

/** As the node store keeps it, in memory. */
function claimStore(): OverlapParts["claims"] {
  const journal = journalFrom("");
  let held: readonly Held[] = [];
  const store: OverlapParts["claims"]["store"] = {
    held: async () => held.filter(({ key }) => journal.find(key) === null),
    hold: async (rows) => {
      held = rows;
    },
    acknowledge: async (rows, left) => {
      for (const { key, digest } of rows) journal.add(key, digest);
      held = left;
    },
  };
  return { store, journal };
}

/** A member that says this of every place in doubt. */
export const answering = (review: Review): SiteAnswers => ({
  add: () => {},
  of: review,
  open: (_, candidates) => candidates,
  save: async () => {},
});

export const must = <T>(answer: Answer<T>): T => {
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
  return answer.value;
};

/** What `quasarix overlap` hands to the SDK for a member that waits for no round. */
export async function overlapParts(who: Org, over: Partial<ClientPorts> = {}): Promise<OverlapParts> {
  const client = await clientFor(who, over);
  return {
    client,
    author: client.author({ org: who.id, signer: who.record }),
    relation: "current",
    store: memoryStore(),
    claims: claimStore(),
    answers: answering(() => null),
    progress: () => {},
    patience: 0,
  };
}

/** Of a file in which every row is good. */
export async function rowsIn(csv: string): Promise<readonly ListRow[]> {
  const read = await readList(utf8(csv));
  if (!read.ok) throw new Error(read.failure.message);
  if (read.value.problems.length > 0) throw new Error(JSON.stringify(read.value.problems));
  return read.value.rows;
}

import { checkReceipt } from "@quasarix/client/receipt-check.ts";
import type { Receipt } from "@quasarix/shared/wire/statement.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { clientFor } from "../workerd-client.ts";
import { auditContent } from "../world.ts";
import { newPlace, type Place } from "./place.ts";

describe("a receipt that proves something else is refused by its author", () => {
  let place: Place;
  let one: Receipt;
  let other: Receipt;

  beforeAll(async () => {
    place = await newPlace();
    const { world, firm, site } = place;
    one = await world.audit(firm, site, auditContent());
    other = await world.audit(firm, site, auditContent());
  });

  const flipped = (text: string, at: number): string =>
    `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;
  const rows: Record<string, { spoil: (receipt: Receipt, other: Receipt) => Receipt; why: string }> = {
    "of another statement": { spoil: (_, other) => other, why: "another statement" },
    "with another's proof": { spoil: (one, other) => ({ ...one, proof: other.proof }), why: "another statement" },
    "with another index beside the proof": {
      spoil: (one) => ({ ...one, index: one.index + 1 }),
      why: "numbers that differ from the proof",
    },
    "with another seq beside the proof": {
      spoil: (one) => ({ ...one, seq: one.seq + 1 }),
      why: "numbers that differ from the proof",
    },
    "with another index in the proof": {
      spoil: ({ index: _, ...one }) =>
        ({ ...one, proof: one.proof.replace(/^index \d+$/m, "index 0") }) as unknown as Receipt,
      why: "inclusion",
    },
    "with a bit of its entry, nonce or header turned": {
      spoil: (one) => ({ ...one, proof: flipped(one.proof, one.proof.indexOf("extra ") + 6 + 60) }),
      why: "commit",
    },
    "with a bit of its path turned": {
      spoil: (one) => ({ ...one, proof: flipped(one.proof, one.proof.indexOf("\n", one.proof.indexOf("index ")) + 3) }),
      why: "inclusion",
    },
  };

  test.each(Object.keys(rows))("%s", async (what) => {
    const { spoil, why } = rows[what] as (typeof rows)[string];
    const { log } = await clientFor(place.firm);
    const expected = { statementHash: one.statementHash, subject: place.site };
    expect(await checkReceipt(log, one, expected)).toMatchObject({ ok: true });
    const refused = await checkReceipt(log, spoil(one, other), expected);
    expect(refused).toMatchObject({ ok: false, failure: { reason: "proof", step: "receipt", at: one.statementHash } });
    expect(!refused.ok && "why" in refused.failure && refused.failure.why.startsWith(why)).toBe(true);
  });
});

import { checkChain, type ReceiptPlace } from "@quasarix/client/receipt-chain.ts";
import { NO_RECEIPT, receiptHash } from "@quasarix/shared/policy/receipt.ts";
import type { ReceiptView } from "@quasarix/shared/wire/receipts.ts";
import { describe, expect, test } from "vitest";

/** Receipts one upon the other, as they should be; `reader` by place. */
function chain(...readers: readonly string[]): ReceiptView[] {
  const made: ReceiptView[] = [];
  for (const [seq, reader] of readers.entries()) {
    const rest = {
      seq,
      at: 1_000 + seq,
      site: "site_1",
      audit: "audit",
      reader,
      standing: "grant",
      sections: ["existence"],
      purpose: "due-diligence",
      because: [],
      prev: made.at(-1)?.hash ?? NO_RECEIPT,
    } as const satisfies Omit<ReceiptView, "hash" | "sections" | "because"> & { sections: unknown; because: unknown };
    const receipt = { ...rest, sections: [...rest.sections], because: [...rest.because] };
    made.push({ ...receipt, hash: receiptHash(receipt) });
  }
  return made;
}

const honest = chain("birch", "cedar", "fir", "birch");
const place = (seq: number, of: readonly ReceiptView[] = honest): ReceiptPlace => ({
  seq,
  hash: (of[seq] as ReceiptView).hash,
});
const told = (receipts: readonly ReceiptView[], known: readonly ReceiptPlace[] = []) => {
  const checked = checkChain(receipts, known);
  return checked.ok ? (checked.value?.seq ?? "empty") : `${checked.failure.why} at ${checked.failure.at}`;
};
const altered = (at: number, over: Partial<ReceiptView>) => honest.map((it, i) => (i === at ? { ...it, ...over } : it));

describe("a supplier's software, shown its receipts", () => {
  test.each([
    { what: "takes an honest chain", receipts: honest, says: 3 },
    { what: "takes none at all, before it saw any", receipts: [], says: "empty" },
    { what: "sees another reader in an old one", receipts: altered(1, { reader: "elm" }), says: "hash at 1" },
    { what: "sees another time", receipts: altered(2, { at: 1 }), says: "hash at 2" },
    { what: "sees another section", receipts: altered(3, { sections: ["scores"] }), says: "hash at 3" },
    { what: "sees a `prev` of elsewhere", receipts: altered(2, { prev: NO_RECEIPT }), says: "prev at 2" },
    { what: "sees one left out", receipts: honest.filter(({ seq }) => seq !== 1), says: "seq at 1" },
    { what: "sees the first one left out", receipts: honest.slice(1), says: "seq at 0" },
    { what: "sees two change places", receipts: [0, 2, 1, 3].map((i) => honest[i] as ReceiptView), says: "seq at 1" },
    { what: "sees one twice", receipts: [0, 1, 1, 2].map((i) => honest[i] as ReceiptView), says: "seq at 2" },
    {
      what: "sees one left out and the rest numbered anew",
      receipts: honest.filter(({ seq }) => seq !== 1).map((it, seq) => ({ ...it, seq })),
      says: "prev at 1",
    },
  ])("$what", ({ receipts, says }) => {
    expect(told(receipts)).toBe(says);
  });

  const other = chain("birch", "cedar", "elm", "birch");
  test.each([
    { what: "knows the last one again", receipts: honest, known: [place(3)], says: 3 },
    { what: "knows it again under newer ones", receipts: honest, known: [place(1)], says: 3 },
    { what: "sees that it is gone", receipts: honest.slice(0, 3), known: [place(3)], says: "gone at 3" },
    { what: "sees that all are gone", receipts: [], known: [place(0)], says: "gone at 0" },
    {
      what: "sees a chain forged anew from before it",
      receipts: other,
      known: [place(3)],
      says: "another-than-before at 3",
    },
    {
      what: "sees a fork that the log speaks against",
      receipts: other,
      known: [place(2)],
      says: "another-than-before at 2",
    },
    { what: "may know two places", receipts: honest, known: [place(3), place(0)], says: 3 },
    {
      what: "believes neither of two that speak of one place",
      receipts: honest,
      known: [place(2), place(2, other)],
      says: "another-than-before at 2",
    },
  ])("$what", ({ receipts, known, says }) => {
    expect(told(receipts, known)).toBe(says);
  });
});

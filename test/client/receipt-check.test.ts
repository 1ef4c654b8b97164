import { auditOf } from "@quasarix/client/drafts.ts";
import { checkReceipt } from "@quasarix/client/receipt-check.ts";
import { refusalSays } from "@quasarix/client/refusal.ts";
import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { formatTlogProof, parseTlogProof, type TlogProof } from "@quasarix/shared/log/tlog-proof.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import type { Receipt } from "@quasarix/shared/wire/statement.ts";
import { beforeAll, expect, test } from "vitest";
import { type FakeConsortium, fakeConsortium, taken } from "./fake-consortium.ts";

let world: FakeConsortium;
let receipt: Receipt;
beforeAll(async () => {
  world = await fakeConsortium();
  const content = { existence: {} } as unknown as Parameters<typeof auditOf>[2];
  receipt = taken(await world.supplier.say(auditOf(world.site, "supplier-signed", content)));
});

const another = base64url(sha256(utf8("another")));

/** The receipt with its proof changed. Numbers beside it are left out, so that only the proof speaks. */
function altered(change: (proof: TlogProof) => Partial<TlogProof>): Pick<Receipt, "proof" | "statementHash"> {
  const proof = parseTlogProof(receipt.proof);
  if (!proof.ok) throw new Error("no proof");
  const { statementHash } = receipt;
  return { statementHash, proof: formatTlogProof({ ...proof.value, ...change(proof.value) }) };
}

/** One bit of `extra = entry[57] || nonce[16] || header[104]`. */
const flipped = (at: number) => altered(({ extra }) => ({ extra: extra?.with(at, (extra[at] as number) ^ 1) ?? null }));

const told = async (said: Parameters<typeof checkReceipt>[1], expected: { subject?: string; hash?: string } = {}) => {
  const { hash = receipt.statementHash, subject = world.site } = expected;
  const checked = await checkReceipt(world.client.log, said, { statementHash: hash, subject });
  return checked.ok ? "logged" : refusalSays(checked.failure);
};

test("a receipt as it came is logged", async () => {
  expect(await told(receipt)).toBe("logged");
});

test.each([
  { what: "an entry of another version", at: 0, says: /entry-version/ },
  { what: "another time", at: 8, says: /inclusion/ },
  { what: "another tag", at: 20, says: /inclusion/ },
  { what: "another commit", at: 40, says: /commit/ },
  { what: "another nonce", at: 60, says: /commit/ },
  { what: "another seq in the header", at: 80, says: /commit/ },
  { what: "another statement in the header", at: 120, says: /commit/ },
  { what: "another subject in the header", at: 176, says: /commit/ },
])("refuses $what", async ({ at, says }) => {
  expect(await told(flipped(at))).toMatch(says);
});

test("refuses a proof without its extra, and one whose note the policy does not know", async () => {
  expect(await told(altered(() => ({ extra: null })))).toMatch(/extra-length/);
  expect(
    await told(altered(({ note }) => ({ note: note.replaceAll("log.example/fake", "log.example/else") }))),
  ).toMatch(/no-known-signature/);
});

test("refuses a good proof of something else than was asked", async () => {
  expect(await told(receipt, { hash: another })).toMatch(/another statement/);
  expect(await told(receipt, { subject: world.supplier.org })).toMatch(/another subject/);
});

test.each(["index", "seq", "admittedAt"] as const)(
  "refuses `%s` beside the proof that is not the proof's",
  async (name) => {
    expect(await told({ ...receipt, [name]: receipt[name] + 1 })).toMatch(/numbers that differ/);
  },
);

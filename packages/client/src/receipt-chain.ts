import { NO_RECEIPT, type ReceiptsClaims, receiptHash, receiptsClaims } from "@quasarix/shared/policy/receipt.ts";
import { fail, ok, type Result } from "@quasarix/shared/result.ts";
import { catalogueRow } from "@quasarix/shared/statement/catalogue.ts";
import { verifySignature } from "@quasarix/shared/statement/signature.ts";
import { hashText, parseStatement } from "@quasarix/shared/statement/statement.ts";
import type { ReceiptView } from "@quasarix/shared/wire/receipts.ts";
import * as z from "zod";
import type { Client } from "./client.ts";
import { checkReceipt } from "./receipt-check.ts";
import { type Answer, broken } from "./refusal.ts";
import { all } from "./routes.ts";

/** A place in a chain that is known to have been there: the last one seen, or one that the log holds. */
export type ReceiptPlace = ReceiptsClaims;

export type ChainRefusal = {
  readonly why: "seq" | "prev" | "hash" | "another-than-before" | "gone";
  readonly at: number;
};

/**
 * Whole and unaltered from the first on: no receipt skipped, each hashed as it says and upon the one before, and every
 * one of `known` still there. The last one's place; null of an empty chain.
 */
export function checkChain(
  receipts: readonly ReceiptView[],
  known: readonly ReceiptPlace[],
): Result<ReceiptPlace | null, ChainRefusal> {
  const before = Map.groupBy(known, ({ seq }) => seq);
  let prev: string = NO_RECEIPT;
  for (const [seq, receipt] of receipts.entries()) {
    if (receipt.seq !== seq) return fail({ why: "seq", at: seq });
    if (receipt.prev !== prev) return fail({ why: "prev", at: seq });
    if (receiptHash(receipt) !== receipt.hash) return fail({ why: "hash", at: seq });
    if (before.get(seq)?.some(({ hash }) => hash !== receipt.hash))
      return fail({ why: "another-than-before", at: seq });
    prev = receipt.hash;
  }
  const gone = known.find(({ seq }) => seq >= receipts.length);
  if (gone) return fail({ why: "gone", at: gone.seq });
  return ok(receipts.length === 0 ? null : { seq: receipts.length - 1, hash: prev });
}

export interface CheckedReceipts {
  readonly receipts: number;
  /** Seen at an earlier check, and still there. */
  readonly before: number;
  /** How many of them the newest head in our own dossier vouches for. */
  readonly logged: number;
}

const kept = z.strictObject({ last: receiptsClaims.nullable(), head: receiptsClaims.nullable() });

/** The whole of our own chain against what we saw before and what the log holds, and remembers how far it goes now. */
export async function checkReceipts(client: Client, org: string): Promise<Answer<CheckedReceipts>> {
  const name = `receipts-${org}`;
  const text = await client.keep.read(name);
  const before = text === null ? { last: null, head: null } : kept.parse(JSON.parse(text));
  // Before the list: so that it cannot be newer than that.
  const head = await loggedHead(client, org);
  if (!head.ok) return head;
  if (before.head && (head.value?.seq ?? -1) < before.head.seq)
    return broken("receipts", "the newest head was withheld", `seq ${before.head.seq}`);
  const receipts = await all((cursor) => client.routes.receipts({ cursor, limit: 100 }));
  if (!receipts.ok) return receipts;
  const known = [before.last, before.head, head.value].filter((place) => place !== null);
  const checked = checkChain(receipts.value, known);
  if (!checked.ok) return broken("receipts", checked.failure.why, `seq ${checked.failure.at}`);
  await client.keep.write(name, JSON.stringify({ last: checked.value, head: head.value }));
  const reach = (place: ReceiptPlace | null) => (place ? place.seq + 1 : 0);
  return ok({ receipts: receipts.value.length, before: reach(before.last), logged: reach(head.value) });
}

/** What the platform signed into our dossier: statement, signature and place in the log hold. Null: nothing yet. */
async function loggedHead(client: Client, org: string): Promise<Answer<ReceiptPlace | null>> {
  const refuse = (why: string) => broken("receipts", `the head's ${why}`);
  const answer = await client.routes.receiptHead();
  if (!answer.ok) return answer;
  const { head } = answer.value;
  if (head === null) return ok(null);
  const parsed = parseStatement(head.statement);
  if (!parsed.ok) return refuse(parsed.failure.reason);
  const { claims, kid, signature, signed } = parsed.value;
  if (catalogueRow(claims.vct)?.type !== "receipts" || claims.iss !== client.consortium.id)
    return refuse("author or type");
  const key = await client.consortium.keyOf(kid);
  if (!key.ok) return key;
  if (!(await verifySignature(client.host.verify, key.value, signature, signed))) return refuse("signature");
  const logged = await checkReceipt(client.log, head, { statementHash: hashText(parsed.value), subject: org });
  if (!logged.ok) return logged;
  const said = receiptsClaims.safeParse({ seq: claims["seq"], hash: claims["hash"] });
  return said.success ? ok(said.data) : refuse("claims");
}

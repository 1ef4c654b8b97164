import { rulebookOf } from "@quasarix/client/drafts.ts";
import { NO_RECEIPT, receiptHash } from "@quasarix/shared/policy/receipt.ts";
import { FIRST_RULEBOOK, type Rulebook } from "@quasarix/shared/policy/rulebook.ts";
import type { SubmissionState } from "@quasarix/shared/wire/statement.ts";
import { afterEach, describe, expect, test, vi } from "vitest";
import { stateReceiptHeads } from "../../workers/duty/receipt-heads.ts";
import { dutyPorts } from "../crash/duty-hand.ts";
import { csvOf, DAY, type House, house, leaveHouse, NOON, PURPOSE, read, receiptsOf } from "../reading-house.ts";
import { duty, env, publish } from "../workerd-world.ts";
import { auditContent, type Org } from "../world.ts";

afterEach(leaveHouse);

/** All that an answer is, but what tells one request from another. */
async function heard(it: House, who: Org, path: string): Promise<string> {
  const answer = await it.world.get(who, path);
  const headers = [...answer.headers].filter(([name]) => name !== "request-id" && name !== "date");
  return JSON.stringify([answer.status, headers, (await answer.text()).replace(/"request-id":"[^"]*"/, "")]);
}

describe("a reader, where the rulebook", () => {
  test("shows names, is named at once, with the grant", async () => {
    const it = await house({ show: "named" });
    await read(it, it.birch);
    expect(await receiptsOf(it, it.mill)).toMatchObject([
      { reader: it.birch.id, at: NOON, because: [expect.any(String)] },
    ]);
    expect((await csvOf(it, it.mill))[1]).toContain(`,${it.birch.id},birch,grant,existence scores,due-diligence,`);
  });

  test("shows categories, is *a member*, without the grant that would name it", async () => {
    const it = await house({ show: "category" });
    await read(it, it.birch);
    expect(await receiptsOf(it, it.mill)).toMatchObject([{ reader: "member", at: NOON, because: [] }]);
    const [, row = ""] = await csvOf(it, it.mill);
    expect(row).toContain(",member,a member,grant,existence scores,due-diligence,");
    for (const trace of [it.birch.id, "birch"]) expect(row).not.toContain(trace);
  });

  test("shows names after a week, is named then: not a millisecond before", async () => {
    const it = await house({ show: "delayed", days: 7 });
    await read(it, it.birch);
    vi.setSystemTime(NOON + 7 * DAY - 1);
    expect([await receiptsOf(it, it.mill), (await csvOf(it, it.mill)).length]).toEqual([[], 1]);
    vi.setSystemTime(NOON + 7 * DAY);
    expect(await receiptsOf(it, it.mill)).toMatchObject([{ reader: it.birch.id, at: NOON }]);
    expect((await csvOf(it, it.mill)).length).toBe(2);
  });

  test("shows names after a week: what the supplier itself read since waits, or its `prev` would be a hidden one's hash", async () => {
    const it = await house({ show: "delayed", days: 7 });
    await read(it, it.mill);
    await read(it, it.birch);
    vi.setSystemTime(NOON + 1000);
    await read(it, it.mill);
    const shown = async (query = "") => (await receiptsOf(it, it.mill, query)).map(({ seq }) => seq);
    expect(await shown()).toEqual([0]);
    expect(await shown(`from=${NOON + 1}`)).toEqual([]);
    expect((await csvOf(it, it.mill)).length).toBe(2);
    vi.setSystemTime(NOON + 7 * DAY);
    expect(await shown()).toEqual([0, 1, 2]);
  });

  test("comes to show names at once: what was hidden before stays so until its own time, and all behind it", async () => {
    const it = await house({ show: "delayed", days: 7 });
    await read(it, it.birch);
    const { statement: _, ...first } = FIRST_RULEBOOK;
    await it.world.say(it.world.operator, rulebookOf(env.ORIGIN, first));
    vi.setSystemTime(NOON + 1);
    await read(it, it.cedar);
    expect(await receiptsOf(it, it.mill)).toEqual([]);
    vi.setSystemTime(NOON + 7 * DAY);
    expect((await receiptsOf(it, it.mill)).map(({ reader }) => reader)).toEqual([it.birch.id, it.cedar.id]);
  });
});

describe.each([{ show: "named" } as const, { show: "category" } as const, { show: "delayed", days: 7 } as const])(
  "whatever the rulebook shows ($show)",
  (show) => {
    test("a member that reads what it submitted, without a grant, stands in its own chain alone", async () => {
      const it = await house(show);
      const elm = await it.world.admit("elm", "member");
      vi.setSystemTime(NOON + 3_000);
      const { statementHash } = await it.world.submit(elm, it.site, auditContent());
      await duty();
      const state = await it.world.json<SubmissionState>(elm, "GET", `/v1/submissions/${statementHash}`);
      await read(it, elm, state.audit as string);
      vi.setSystemTime(NOON + 8 * DAY);
      expect(await receiptsOf(it, it.mill)).toEqual([]);
      expect(await receiptsOf(it, elm)).toMatchObject([{ reader: elm.id, standing: "submitter" }]);
    });

    test("the chain that is shown begins at the beginning and holds", async () => {
      const it = await house(show);
      for (const who of [it.birch, it.mill, it.cedar, it.firm]) await read(it, who);
      vi.setSystemTime(NOON + 7 * DAY);
      const receipts = await receiptsOf(it, it.mill);
      expect(receipts.map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
      expect(receipts.map(({ prev }) => prev)).toEqual([NO_RECEIPT, ...receipts.slice(0, -1).map(({ hash }) => hash)]);
      for (const { hash, ...receipt } of receipts) expect(receiptHash(receipt)).toBe(hash);
    });
  },
);

/** Everything that a supplier gets about who read: lists, pages, file, head, its whole dossier. */
async function seenBySupplier(show: Rulebook["receipts"], swap: boolean, later = NOON): Promise<string[]> {
  const it = await house(show);
  const [one, other] = swap ? [it.cedar, it.birch] : [it.birch, it.cedar];
  await read(it, one);
  vi.setSystemTime(NOON + 5);
  await read(it, other);
  await read(it, one);
  vi.setSystemTime(later + 10);
  expect(await stateReceiptHeads(await dutyPorts())).toBe(later === NOON && show.show === "delayed" ? 0 : 1);
  await publish();
  const paths = [
    "/v1/receipts",
    "/v1/receipts?limit=1",
    `/v1/receipts?site=${it.site}&from=${NOON + 1}`,
    "/v1/receipts.csv",
    "/v1/receipts.csv?limit=2",
    "/v1/receipts/head",
    `/v1/dossiers/${it.mill.id}`,
    `/v1/dossiers/${it.site}`,
    `/v1/audits?${PURPOSE}`,
    `/v1/audits/${it.audit}?${PURPOSE}`,
    "/v1/grants",
  ];
  const seen: string[] = [];
  for (const path of paths) seen.push(`${path} ${await heard(it, it.mill, path)}`);
  return seen;
}

describe("which of two members read", () => {
  test("is not in any byte that the supplier gets, where receipts show categories", async () => {
    expect(await seenBySupplier({ show: "category" }, true)).toEqual(await seenBySupplier({ show: "category" }, false));
  });

  test("is not in any byte before its time, where names come later", async () => {
    const show = { show: "delayed", days: 7 } as const;
    expect(await seenBySupplier(show, true)).toEqual(await seenBySupplier(show, false));
  });

  test("is seen by this comparison, where receipts show names", async () => {
    const [straight, swapped] = [
      await seenBySupplier({ show: "named" }, false),
      await seenBySupplier({ show: "named" }, true),
    ];
    const differs = straight.filter((answer, i) => answer !== swapped[i]).map((answer) => answer.split(" ")[0]);
    expect(differs).toEqual([
      "/v1/receipts",
      "/v1/receipts?limit=1",
      expect.stringMatching(/^\/v1\/receipts\?site=/),
      "/v1/receipts.csv",
      "/v1/receipts.csv?limit=2",
      "/v1/receipts/head",
      expect.stringMatching(/^\/v1\/dossiers\/org_/),
      // Its proof, since the head of the receipts is in the log.
      expect.stringMatching(/^\/v1\/audits\/[\w-]+\?/),
    ]);
  });
});

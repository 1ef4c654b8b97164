import { rulebookOf } from "@quasarix/client/drafts.ts";
import { memoryKeep } from "@quasarix/client/ports.ts";
import { checkReceipts } from "@quasarix/client/receipt-chain.ts";
import { NO_RECEIPT, receiptHash } from "@quasarix/shared/policy/receipt.ts";
import { FIRST_RULEBOOK, type Rulebook } from "@quasarix/shared/policy/rulebook.ts";
import type { ReceiptView } from "@quasarix/shared/wire/receipts.ts";
import type { SubmissionState } from "@quasarix/shared/wire/statement.ts";
import { afterEach, describe, expect, test, vi } from "vitest";
import { stateReceiptHeads } from "../../workers/duty/receipt-heads.ts";
import { dutyPorts } from "../crash/duty-hand.ts";
import { loadDice, seededDice } from "../seeded-dice.ts";
import { clientFor } from "../workerd-client.ts";
import { duty, env, newWorld, publish } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

/** Far ahead of the machine's clock, so that no alarm goes off but those that the test sets off. */
const NOON = 1_990_000_000_000;
const DAY = 86_400_000;
const PURPOSE = "purpose=due-diligence";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

interface House {
  readonly world: World;
  readonly mill: Org;
  readonly birch: Org;
  readonly cedar: Org;
  readonly firm: Org;
  readonly site: string;
  readonly audit: string;
}

/** Two members with equal grants on one audit, under a rulebook whose receipts are shown so; the same ids each time. */
async function house(show: Rulebook["receipts"], seed = "receipts"): Promise<House> {
  vi.useFakeTimers({ toFake: ["Date"], now: NOON });
  const dice = seededDice(seed);
  loadDice(dice);
  const world = await newWorld({ random: (length) => dice(length) });
  const mill = await world.admit("mill", "supplier");
  const birch = await world.admit("birch", "member");
  const cedar = await world.admit("cedar", "member");
  const firm = await world.admit("firm", "auditor");
  const site = await world.openSite(mill, "=Mill, 1");
  const { statement: _, ...first } = FIRST_RULEBOOK;
  await world.say(world.operator, rulebookOf(env.ORIGIN, { ...first, receipts: show }));
  for (const member of [birch, cedar]) await grant(world, mill, member, site);
  const audit = (await world.audit(firm, site, auditContent())).statementHash;
  await duty();
  await publish();
  return { world, mill, birch, cedar, firm, site, audit };
}

const grant = (world: World, mill: Org, member: Org, site: string) =>
  world.grant(mill, {
    grantee: member.id,
    site,
    grantSections: ["existence", "scores"],
    purposes: ["due-diligence"],
    notBefore: 0,
    notAfter: NOON * 2,
  });

const read = async ({ world, audit }: House, who: Org, id = audit) =>
  expect((await world.get(who, `/v1/audits/${id}?${PURPOSE}`)).status).toBe(200);
const receiptsOf = async ({ world }: House, who: Org, query = "") =>
  (await world.json<{ items: ReceiptView[] }>(who, "GET", `/v1/receipts${query && "?"}${query}`)).items;
const csvOf = async ({ world }: House, who: Org, query = "") =>
  (await (await world.get(who, `/v1/receipts.csv${query && "?"}${query}`)).text()).split("\r\n").slice(0, -1);

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

describe("the list and the file", () => {
  test("are filtered by site and time, and come in pages that open each other", async () => {
    const it = await house({ show: "named" });
    const elsewhere = await it.world.openSite(it.mill, "Mill 2");
    const second = (await it.world.audit(it.firm, elsewhere, auditContent())).statementHash;
    for (const [i, id] of [it.audit, second, it.audit, second].entries()) {
      vi.setSystemTime(NOON + i);
      await read(it, it.mill, id);
    }
    const seqs = async (query: string) => (await receiptsOf(it, it.mill, query)).map(({ seq }) => seq);
    expect(await seqs(`site=${elsewhere}`)).toEqual([1, 3]);
    expect(await seqs(`from=${NOON + 1}&until=${NOON + 3}`)).toEqual([1, 2]);
    expect(await seqs(`from=${NOON + 3}&until=${NOON + 3}`)).toEqual([]);
    const page = await it.world.get(it.mill, `/v1/receipts.csv?site=${elsewhere}&limit=1`);
    const link = page.headers.get("link") ?? "";
    expect(link).toMatch(/^<\/v1\/receipts\.csv\?[^>]+>; rel="next"$/);
    const next = await it.world.get(it.mill, link.slice(1, link.indexOf(">")));
    expect(next.headers.get("link")).toBeNull();
    expect((await next.text()).split("\r\n")[1]).toContain(",3,");
    const cursor = new URLSearchParams(link.slice(link.indexOf("?"), link.indexOf(">"))).get("cursor");
    expect(await seqs(`site=${elsewhere}&cursor=${cursor}`)).toEqual([3]);
    for (const other of ["", `site=${it.site}&`, `site=${elsewhere}&from=1&`])
      expect((await it.world.get(it.mill, `/v1/receipts?${other}cursor=${cursor}`)).status).toBe(422);
  });

  test("the file is CSV for people: typed, named, a header, a site whose name is a formula as text", async () => {
    const it = await house({ show: "named" });
    await read(it, it.birch);
    const answer = await it.world.get(it.mill, "/v1/receipts.csv");
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="receipts.csv"',
      "cache-control": "no-store",
    });
    const [header, row] = (await answer.text()).split("\r\n");
    expect(header).toMatch(/^time,site,site name,audit,reader,reader name,/);
    expect(row).toContain(`${new Date(NOON).toISOString()},${it.site},"'=Mill, 1",${it.audit},`);
  });

  test.each(["limit=5001", "limit=0", "site=x", "from=-1", "from=1.5", "until=x", "cursor=x", "limit=1&limit=2"])(
    "the file is refused for %s, by name",
    async (query) => {
      const it = await house({ show: "named" });
      const answer = await it.world.get(it.mill, `/v1/receipts.csv?${query}`);
      expect([answer.status, await answer.json()]).toMatchObject([422, { errors: [{}] }]);
    },
  );
});

describe("the supplier's software", () => {
  test("finds its chain whole, again later, and as the log holds it", async () => {
    const it = await house({ show: "named" });
    const client = await clientFor(it.mill, { keep: memoryKeep() });
    expect(await checkReceipts(client, it.mill.id)).toEqual({ ok: true, value: { receipts: 0, before: 0, logged: 0 } });
    await read(it, it.birch);
    await read(it, it.cedar);
    expect(await checkReceipts(client, it.mill.id)).toMatchObject({ value: { receipts: 2, before: 0, logged: 0 } });
    await stateReceiptHeads(await dutyPorts());
    await publish();
    await read(it, it.birch);
    expect(await checkReceipts(client, it.mill.id)).toMatchObject({ value: { receipts: 3, before: 2, logged: 2 } });
  });

  /** The operator takes the last receipts out and hashes nothing anew: the shorter chain holds in itself. */
  const forget = (it: House, from: number) =>
    env.DB.prepare("DELETE FROM receipts WHERE holder = ? AND seq >= ?").bind(it.mill.id, from).run();

  test("sees a receipt taken back that it saw, and a stranger's software that the log held", async () => {
    const it = await house({ show: "named" });
    const client = await clientFor(it.mill, { keep: memoryKeep() });
    await read(it, it.birch);
    await stateReceiptHeads(await dutyPorts());
    await publish();
    await read(it, it.cedar);
    await checkReceipts(client, it.mill.id);
    await forget(it, 1);
    const gone = (at: number) => ({
      ok: false,
      failure: { reason: "proof", step: "receipts", why: "gone", at: `seq ${at}` },
    });
    expect(await checkReceipts(client, it.mill.id)).toEqual(gone(1));
    expect(await checkReceipts(await clientFor(it.mill), it.mill.id)).toMatchObject({ ok: true });
    await forget(it, 0);
    expect(await checkReceipts(await clientFor(it.mill), it.mill.id)).toEqual(gone(0));
  });

  test("sees a head withheld that it was shown before", async () => {
    const it = await house({ show: "named" });
    const client = await clientFor(it.mill, { keep: memoryKeep() });
    await read(it, it.birch);
    await stateReceiptHeads(await dutyPorts());
    await publish();
    await checkReceipts(client, it.mill.id);
    await env.DB.prepare("DELETE FROM receipt_heads").run();
    expect(await checkReceipts(client, it.mill.id)).toMatchObject({ failure: { why: "the newest head was withheld" } });
  });
});

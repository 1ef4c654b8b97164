import { memoryKeep } from "@quasarix/client/ports.ts";
import { checkReceipts } from "@quasarix/client/receipt-chain.ts";
import { afterEach, describe, expect, test, vi } from "vitest";
import { stateReceiptHeads } from "../../workers/duty/receipt-heads.ts";
import { dutyPorts } from "../crash/duty-hand.ts";
import { type House, house, leaveHouse, NOON, read, receiptsOf } from "../reading-house.ts";
import { clientFor } from "../workerd-client.ts";
import { env, publish } from "../workerd-world.ts";
import { auditContent } from "../world.ts";

afterEach(leaveHouse);

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

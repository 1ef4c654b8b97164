import { fsck } from "@quasarix/client/fsck.ts";
import { checkLog } from "@quasarix/client/log-check.ts";
import { refusalSays } from "@quasarix/client/refusal.ts";
import { describe, expect, test } from "vitest";
import { fakeConsortium, taken } from "./fake-consortium.ts";

const quiet = () => undefined;

describe("fsck", () => {
  test("finds nothing where nothing is wrong", async () => {
    const { client, server } = await fakeConsortium();
    const report = taken(await fsck(client, quiet));
    expect(report).toMatchObject({ size: server.lines.length, rows: server.lines.length, dossiers: 1, faults: [] });
    expect(report.checkpoints).toBe(server.published.length);
  });

  test.each([
    { what: "a row that is gone", row: () => null, faults: ["row-missing", "seq", "prev"] },
    { what: "a body that was altered", row: () => ({ bodyHash: "A".repeat(43) }), faults: ["body"] },
    { what: "a projection that is missing", row: () => ({ projected: false }), faults: ["projection"] },
    { what: "another time", row: () => ({ admittedAt: 1 }), faults: ["admitted-at"] },
    { what: "another seq", row: () => ({ seq: 77 }), faults: ["seq"] },
    { what: "another statement", row: () => ({ statementHash: "A".repeat(43) }), faults: ["statement-hash", "body"] },
    { what: "another nonce", row: () => ({ nonce: "A".repeat(22) }), faults: ["commit"] },
    { what: "a header that is none", row: () => ({ header: "AAAA" }), faults: ["header-form", "seq", "prev"] },
  ])("names $what by its index", async ({ row: spoil, faults }) => {
    const { client, server } = await fakeConsortium();
    server.lies.row = (row) => {
      const spoilt = row["index"] === 2 ? spoil() : {};
      return spoilt && { ...row, ...spoilt };
    };
    const report = taken(await fsck(client, quiet));
    expect(report.faults.map(({ fault }) => fault)).toEqual(faults);
    expect(report.faults[0]?.index).toBe(2);
  });

  test("names a row that stands twice", async () => {
    const { client, server } = await fakeConsortium();
    server.lies.row = (row) => (row["index"] === 3 ? { ...row, index: 2 } : row);
    const report = taken(await fsck(client, quiet));
    expect(report.faults).toContainEqual({ index: 2, fault: "row-twice" });
    expect(report.faults).toContainEqual({ index: 3, fault: "row-missing" });
  });

  test("refuses a log whose entries do not make its root", async () => {
    const { client, server } = await fakeConsortium();
    const line = server.lines[1];
    if (line) line.sealed = { ...line.sealed, entry: line.sealed.entry.with(30, 7) };
    const report = await fsck(client, quiet);
    expect(report.ok ? "" : refusalSays(report.failure)).toMatch(/(entry|checkpoint) does not hold/);
  });

  test("refuses a tile that is not what the entries make", async () => {
    const { client, server } = await fakeConsortium();
    taken(await client.log.advance());
    const size = server.log.edge.size;
    const tile = server.log.tiles.get(`0/0/${size}`) as Uint8Array<ArrayBuffer>;
    server.log.tiles.set(`0/0/${size}`, tile.with(0, (tile[0] as number) ^ 1));
    const report = await fsck(client, quiet);
    expect(report.ok ? "" : refusalSays(report.failure)).toMatch(/tile does not hold/);
  });
});

describe("log check", () => {
  test("verifies every published checkpoint once, from where it last ended", async () => {
    const { client, server } = await fakeConsortium();
    const first = taken(await checkLog(client, true, quiet));
    expect(first).toMatchObject({ from: 0, checkpoints: server.published.length, entries: server.lines.length });
    expect(taken(await checkLog(client, false, quiet))).toMatchObject({ from: first.size, checkpoints: 0 });
  });

  test("names a published checkpoint that does not continue the one before", async () => {
    const { client, server } = await fakeConsortium();
    const [, second] = server.published;
    const third = server.published[2];
    if (second && third) third.note = second.note;
    const checked = await checkLog(client, false, quiet);
    expect(checked.ok ? "" : refusalSays(checked.failure)).toMatch(/checkpoint does not hold: order/);
  });

  test("names a published checkpoint that is served twice", async () => {
    const { client, server } = await fakeConsortium();
    server.published.splice(2, 0, server.published[1] as (typeof server.published)[number]);
    const checked = await checkLog(client, false, quiet);
    expect(checked.ok ? "" : refusalSays(checked.failure)).toMatch(/checkpoint does not hold: order/);
  });
});

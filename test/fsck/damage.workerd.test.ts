import { checkDossier } from "@quasarix/client/dossier-check.ts";
import { auditOf } from "@quasarix/client/drafts.ts";
import { fsck } from "@quasarix/client/fsck.ts";
import { checkLog } from "@quasarix/client/log-check.ts";
import { memoryKeep } from "@quasarix/client/ports.ts";
import { subjectHash } from "@quasarix/shared/log/entry.ts";
import { entriesPath, tilePath } from "@quasarix/shared/log/tile.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { plantFault } from "../../workers/store/fault.ts";
import { runDuty } from "../crash/duty-hand.ts";
import { clientFor } from "../workerd-client.ts";
import { env, newWorld } from "../workerd-world.ts";
import { auditContent, type Org } from "../world.ts";
import { newPlace, type Place, proof, published } from "./place.ts";
import { flip, inDatabase, inSequencer } from "./spoil.ts";

let place: Place;
let site: string;
let firm: Org;
/** Log index of the last audit of the site, and of the one before it. */
let last: number;
let before: number;
let size: number;

beforeEach(async () => {
  place = await newPlace();
  ({ site, firm } = place);
  [before, last] = place.audits;
  size = last + 1;
});

const check = async () => fsck(await clientFor(place.world.operator), () => undefined);
const partial = () => size % 256;

test("nothing is found where nothing is wrong", async () => {
  expect(await check()).toMatchObject({ ok: true, value: { size, rows: size, ahead: 0, staged: 0, faults: [] } });
  expect(await checkDossier(await clientFor(place.mill), site)).toMatchObject({ ok: true, value: { ahead: 0 } });
});

describe("fsck names what another hand did to the database", () => {
  const faults = (...kinds: string[]) => kinds.map((fault) => ({ index: last, fault }));
  const rows: Record<string, { readonly spoil: string; readonly faults: () => readonly object[] }> = {
    "a row that is gone": { spoil: "DELETE FROM statements WHERE log_index = ?", faults: () => faults("row-missing") },
    "a row at another index": {
      spoil: "UPDATE statements SET log_index = 900 WHERE log_index = ?",
      faults: () => faults("row-missing"),
    },
    "another seq": {
      spoil: "UPDATE statements SET seq = seq + 1 WHERE log_index = ?",
      faults: () => faults("commit", "seq"),
    },
    "another prev": {
      spoil: `UPDATE statements SET prev = '${"A".repeat(43)}' WHERE log_index = ?`,
      faults: () => faults("commit", "prev"),
    },
    "another time": {
      spoil: "UPDATE statements SET admitted_at = admitted_at + 1 WHERE log_index = ?",
      faults: () => faults("admitted-at"),
    },
    "another statementHash": {
      spoil: `UPDATE statements SET hash = '${"A".repeat(43)}' WHERE log_index = ?`,
      faults: () => faults("commit", "body", "projection"),
    },
    "another statement under the hash": {
      spoil: "UPDATE statement_bodies SET jwt = jwt || 'A' WHERE id = (SELECT id FROM statements WHERE log_index = ?)",
      faults: () => faults("body"),
    },
    "a projection that is gone": {
      spoil: "DELETE FROM audits WHERE log_index = ?",
      faults: () => faults("projection"),
    },
  };

  test.each(Object.keys(rows))("%s", async (what) => {
    const { spoil, faults } = rows[what] as (typeof rows)[string];
    await inDatabase(spoil, last);
    const report = await check();
    expect(report).toMatchObject({ ok: true, value: { faults: faults() } });
    expect(report.ok && report.value.faults.length).toBe(faults().length);
  });

  test("another subject, in the row's own dossier and in the one that it now stands in", async () => {
    await inDatabase("UPDATE statements SET subject = ? WHERE log_index = ?", place.mill.id, last);
    const report = await check();
    const named = report.ok ? report.value.faults : [];
    expect(named.map(({ index, fault }) => `${fault} at ${index}`)).toEqual(
      ["commit", "seq", "prev"].map((fault) => `${fault} at ${last}`),
    );
  });

  test("a row in the middle of a dossier: its own index, and the next one's broken chain", async () => {
    await inDatabase("DELETE FROM statements WHERE log_index = ?", before);
    expect(await check()).toMatchObject({
      ok: true,
      value: {
        faults: [
          { index: before, fault: "row-missing" },
          { index: last, fault: "seq" },
          { index: last, fault: "prev" },
        ],
      },
    });
  });

  test("a statement that was staged and never logged is counted, and gone once duty has run", async () => {
    plantFault({ pause: async (at) => (at === "sequence" ? Promise.reject(new Error("planted")) : undefined) });
    await place.world.audit(firm, site, auditContent()).catch(() => undefined);
    plantFault(null);
    expect(await check()).toMatchObject({ ok: true, value: { size, staged: 1, faults: [] } });
    await runDuty();
    await published();
    expect(await check()).toMatchObject({ ok: true, value: { staged: 0, faults: [] } });
  });
});

describe("fsck and `log check` name what another hand did to the bucket", () => {
  const rows: Record<string, { spoil: () => Promise<void>; finds: () => object }> = {
    "a bit of an entry": {
      spoil: () => flip(`log/${entriesPath(0, partial())}`, 59 * before + 30),
      finds: () => proof("entry", "another hash than in its tile", before),
    },
    "a bit of an entry's time": {
      spoil: () => flip(`log/${entriesPath(0, partial())}`, 59 * last + 2 + 1),
      finds: () => proof("entry", "another hash than in its tile", last),
    },
    "a bit of a tile": {
      spoil: () => flip(`log/${tilePath(0, 0, partial())}`, 32 * before),
      finds: () => proof("tile", "other hashes", tilePath(0, 0, partial())),
    },
    "a bit of an entry's length": {
      spoil: () => flip(`log/${entriesPath(0, partial())}`, 1),
      finds: () => ({ ok: false, failure: { reason: "proof", step: "entries" } }),
    },
    "a bundle that is gone": {
      spoil: () => env.LOG_BUCKET.delete(`log/${entriesPath(0, partial())}`),
      finds: () => proof("entries", "missing", entriesPath(0, partial())),
    },
    "a tile that is gone": {
      spoil: () => env.LOG_BUCKET.delete(`log/${tilePath(0, 0, partial())}`),
      finds: () => proof("tile", "missing", tilePath(0, 0, partial())),
    },
  };

  test.each(Object.keys(rows))("%s", async (what) => {
    const { spoil, finds } = rows[what] as (typeof rows)[string];
    await spoil();
    expect(await check()).toMatchObject(finds());
    expect(await checkLog(await clientFor(null), true, () => undefined)).toMatchObject(finds());
  });

  test("a bit of the checkpoint", async () => {
    await flip("log/checkpoint", 30);
    expect(await check()).toMatchObject({ ok: false, failure: { reason: "proof", step: "checkpoint" } });
  });

  test("a log that begins anew under the same key is a split view to whoever saw the first", async () => {
    const keep = memoryKeep();
    expect((await (await clientFor(null, { keep })).log.advance()).ok).toBe(true);
    const other = await newWorld();
    const mill = await other.admit("mill", "supplier");
    for (let i = 0; i < size; i++) await other.openSite(mill, `Mill ${i}`);
    await published();
    const refused = await checkLog(await clientFor(null, { keep }), false, () => undefined);
    expect(refused).toMatchObject({ ok: false, failure: { reason: "proof", step: "consistency", why: "split view" } });
  });
});

describe("a sequencer that does not keep a dossier's order", () => {
  const author = async () => (await clientFor(firm)).author({ org: firm.id, signer: firm.record });
  const oneMore = () => auditOf(site, "auditor-signed", auditContent());
  const rows: Record<string, { spoil: string; why: () => object; faults: readonly string[] }> = {
    "skips a seq": {
      spoil: "UPDATE dossier SET next = next + 1 WHERE subject = ?",
      why: () => ({ step: "dossier", why: "a skipped seq", at: `seq 3 of ${site}` }),
      faults: ["seq"],
    },
    "gives a seq twice": {
      spoil: "UPDATE dossier SET next = next - 1 WHERE subject = ?",
      why: () => ({ step: "dossier", why: "another past", at: site }),
      faults: ["seq"],
    },
    "forgets what went before": {
      spoil: "UPDATE dossier SET last = zeroblob(32) WHERE subject = ?",
      why: () => ({ step: "dossier", why: "prev", at: `seq 3 of ${site}` }),
      faults: ["prev"],
    },
  };

  test.each(Object.keys(rows))("that %s: its author's receipt check and fsck say so", async (what) => {
    const { spoil, why, faults } = rows[what] as (typeof rows)[string];
    // The author has walked this dossier before, as every author of a second statement has.
    const writing = await author();
    const first = await writing.say(oneMore());
    if (!first.ok) throw new Error(JSON.stringify(first.failure));
    await published();
    await inSequencer(spoil, subjectHash(site));
    const refused = await writing.say(oneMore());
    expect(refused).toMatchObject({ ok: false, failure: { reason: "proof", ...why() } });
    await published();
    const report = await check();
    expect(report).toMatchObject({ ok: true, value: { faults: faults.map((fault) => ({ index: size + 1, fault })) } });
  });

  test("a tag that is twice in the log is found by whoever holds K, though the database shows one row", async () => {
    await inSequencer("UPDATE dossier SET next = next - 1 WHERE subject = ?", subjectHash(site));
    const twice = await place.world.audit(firm, site, auditContent());
    await inDatabase("DELETE FROM statements WHERE log_index = ?", twice.index);
    await published();
    expect(await checkDossier(await clientFor(place.mill), site)).toEqual(
      proof("dossier", "tag-twice", `seq 1 of ${site}`),
    );
  });

  test("a statement that the walk leaves out is found by whoever holds K", async () => {
    await inDatabase("DELETE FROM statements WHERE log_index = ?", last);
    expect(await checkDossier(await clientFor(place.mill), site)).toEqual(
      proof("dossier", "withheld", `seq 1 of ${site}`),
    );
  });
});

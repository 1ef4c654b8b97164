import { type ColumnParts, mergeColumns, readColumns } from "@quasarix/client/own-columns.ts";
import { memoryKeep } from "@quasarix/client/ports.ts";
import { fromBase64url } from "@quasarix/shared/base64.ts";
import { fromUtf8, utf8 } from "@quasarix/shared/bytes.ts";
import { type PrivateColumns, SMALLEST_BLOB } from "@quasarix/shared/duplicate/columns.ts";
import { webRandom, webSealer } from "@quasarix/shared/webcrypto.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { idOf } from "../policy/author-world.ts";
import { clientFor } from "../workerd-client.ts";
import { env, newWorld } from "../workerd-world.ts";
import type { Org, World } from "../world.ts";

let world: World;
let birch: Org;
let cedar: Org;
let mill: Org;

beforeEach(async () => {
  world = await newWorld();
  birch = await world.admit("birch", "member");
  cedar = await world.admit("cedar", "member");
  mill = await world.admit("mill", "supplier");
});

const key = webRandom(crypto)(32);
const partsOf = async (who: Org, over: Partial<ColumnParts> = {}): Promise<ColumnParts> => ({
  routes: (await clientFor(who)).routes,
  keep: memoryKeep(),
  sealer: webSealer(crypto),
  org: who.id,
  key,
  ...over,
});
const row = (name: string, over: Partial<PrivateColumns> = {}): PrivateColumns => ({
  site: idOf("site", name),
  ...over,
});
const WORDS = { erp: "ERP-4711", category: "Denim", owner: "Ana Sousa" };

describe("private columns", () => {
  test("come back as they were kept, and the server holds none of the words", async () => {
    const parts = await partsOf(birch);
    expect(await mergeColumns(parts, [row("a", WORDS)])).toMatchObject({ ok: true });
    expect(await readColumns(parts)).toMatchObject({ ok: true, value: { book: { rows: [row("a", WORDS)] } } });
    const kept = await env.DB.prepare("SELECT * FROM own_columns").all();
    const blob = fromBase64url(String(kept.results[0]?.["sealed"])) as Uint8Array;
    const rest = JSON.stringify(kept.results) + new TextDecoder("latin1").decode(blob);
    for (const word of [...Object.values(WORDS), idOf("site", "a")]) expect(rest).not.toContain(word);
  });

  test("are as long at the server whatever they say", async () => {
    await mergeColumns(await partsOf(birch), [row("a", WORDS)]);
    await mergeColumns(await partsOf(cedar), [row("a"), row("b", { ...WORDS, risk: "high" })]);
    const { results } = await env.DB.prepare("SELECT length(sealed) AS length FROM own_columns").all();
    expect(results).toEqual([results[0], results[0]]);
    expect(results).toHaveLength(2);
  });

  test("of one member are no other's, and of a member alone", async () => {
    await mergeColumns(await partsOf(birch), [row("a", WORDS)]);
    for (const who of [cedar, mill, world.operator]) expect((await world.get(who, "/v1/own-columns")).status).toBe(404);
    expect((await put(mill, { "if-none-match": "*" })).status).toBe(404);
  });

  test("that a colleague changed in between are merged, not overwritten", async () => {
    const [mine, hers] = [await partsOf(birch), await partsOf(birch)];
    await mergeColumns(mine, [row("a", WORDS)]);
    const stale = await readColumns(mine);
    await mergeColumns(hers, [row("b", { owner: "Rui" })]);
    let asked = 0;
    // The first look is the one from before the colleague wrote.
    const ownColumns: ColumnParts["routes"]["ownColumns"] = async () => {
      const now = await mine.routes.ownColumns();
      if (asked++ > 0 || !stale.ok || !now.ok) return now;
      return { ok: true, value: { ...now.value, etag: stale.value.etag as string } };
    };
    await mergeColumns({ ...mine, routes: { ...mine.routes, ownColumns } }, [row("c", { risk: "low" })]);
    expect(asked).toBe(2);
    const read = await readColumns(hers);
    expect(read.ok && read.value.book.rows.map(({ site }) => site).sort()).toEqual(
      ["a", "b", "c"].map((name) => idOf("site", name)).sort(),
    );
  });

  test("of an older state than one has seen are refused", async () => {
    const parts = await partsOf(birch);
    await mergeColumns(parts, [row("a", WORDS)]);
    const old = await env.DB.prepare("SELECT etag, sealed FROM own_columns").first<{ etag: string; sealed: string }>();
    await mergeColumns(parts, [row("b", WORDS)]);
    await env.DB.prepare("UPDATE own_columns SET etag = ?, sealed = ?").bind(old?.etag, old?.sealed).run();
    expect(await readColumns(parts)).toMatchObject({ ok: false, failure: { why: "an older state" } });
    await env.DB.prepare("DELETE FROM own_columns").run();
    expect(await readColumns(parts)).toMatchObject({ ok: false, failure: { why: "gone" } });
  });

  test("sealed with another key are not overwritten", async () => {
    await mergeColumns(await partsOf(birch), [row("a", WORDS)]);
    const stranger = await partsOf(birch, { key: webRandom(crypto)(32) });
    expect(await mergeColumns(stranger, [row("b")])).toMatchObject({ ok: false, failure: { reason: "input" } });
  });
});

const BLOB = new Uint8Array(SMALLEST_BLOB);
async function put(who: Org, headers: Record<string, string>, sealed: string = blobText(BLOB)): Promise<Response> {
  const body = utf8(JSON.stringify({ sealed }));
  return world.send(who, "PUT", "/v1/own-columns", body, "application/json", headers);
}
const blobText = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

describe("PUT /v1/own-columns", () => {
  test.each<[string, Record<string, string>, number]>([
    ["without a word on what it replaces", {}, 428],
    ["as the first one, where there is none", { "if-none-match": "*" }, 200],
    ["in place of what is not there", { "if-match": '"x"' }, 412],
  ])("%s is answered with %i", async (_what, headers, status) => {
    expect((await put(birch, headers)).status).toBe(status);
  });

  test("as the first one where there is one, or in place of an older one, is refused", async () => {
    const etag = (await put(birch, { "if-none-match": "*" })).headers.get("etag") as string;
    expect((await put(birch, { "if-none-match": "*" })).status).toBe(412);
    const next = blobText(BLOB.map(() => 1));
    expect((await put(birch, { "if-match": etag }, next)).status).toBe(200);
    expect((await put(birch, { "if-match": etag }, next)).status).toBe(412);
  });

  test.each([
    ["not base64", "x y"],
    ["shorter than the smallest", blobText(new Uint8Array(2_048))],
    ["of no power of two", blobText(new Uint8Array(5_000))],
  ])("with a blob %s is refused by its schema", async (_what, sealed) => {
    expect((await put(birch, { "if-none-match": "*" }, sealed)).status).toBe(422);
  });

  test("keeps its text as it came", async () => {
    await put(birch, { "if-none-match": "*" });
    const answer = await world.get(birch, "/v1/own-columns");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(fromUtf8(utf8(await answer.text()))).toContain(blobText(BLOB));
  });
});

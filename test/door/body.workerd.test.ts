import { describe, expect, test } from "vitest";
import { readBody } from "../../workers/door/body.ts";

const LIMIT = 600_000;
const AT = "https://api.example/";

/** Each byte differs from those around it, so that a lost or moved part shows. */
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 31) ^ (i >> 8));

/** As it comes over the net: in pieces, its length not said. */
function inPieces(bytes: Uint8Array, piece: number): { request: Request; written: Promise<void> } {
  const { readable, writable } = new IdentityTransformStream();
  const write = async () => {
    const writer = writable.getWriter();
    for (let at = 0; at < bytes.length; at += piece) await writer.write(bytes.subarray(at, at + piece));
    await writer.close();
  };
  const request = new Request(AT, { method: "POST", body: readable });
  // A reader that has seen enough cancels the stream, which the writer hears of as an error.
  return { request, written: write().catch(() => {}) };
}

describe.each([0, 1, 4_096, 262_143, 262_144, 262_145, 524_288, LIMIT])("a body of %i bytes", (length) => {
  test("is read whole when its length is said", async () => {
    const request = new Request(AT, {
      method: "POST",
      body: bytesOf(length),
      headers: { "content-length": `${length}` },
    });
    expect(await readBody(request, LIMIT)).toEqual({ ok: true, value: bytesOf(length) });
  });

  test.each([1_000, 65_536, 300_000])("is read whole in pieces of %i", async (piece) => {
    const { request, written } = inPieces(bytesOf(length), piece);
    expect(await readBody(request, LIMIT)).toEqual({ ok: true, value: bytesOf(length) });
    await written;
  });
});

test("a body that says too much is refused unread", async () => {
  const request = new Request(AT, { method: "POST", body: "a", headers: { "content-length": `${LIMIT + 1}` } });
  expect(await readBody(request, LIMIT)).toEqual({ ok: false, failure: { reason: "too-large", limit: LIMIT } });
});

test.each([LIMIT + 1, 4 * LIMIT])("a body of %i bytes that says nothing is refused by what arrives", async (length) => {
  const { request, written } = inPieces(bytesOf(length), 50_000);
  expect(await readBody(request, LIMIT)).toEqual({ ok: false, failure: { reason: "too-large", limit: LIMIT } });
  await written;
});

test("a length that is a lie does not cut the body", async () => {
  const request = new Request(AT, { method: "POST", body: bytesOf(5_000), headers: { "content-length": "7" } });
  expect(await readBody(request, LIMIT)).toEqual({ ok: true, value: bytesOf(5_000) });
});

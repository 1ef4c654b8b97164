import { ATTEMPTS, delayOf, retryAfterOf } from "@quasarix/client/backoff.ts";
import { chunked, linesBody, parseLines } from "@quasarix/client/json-lines.ts";
import type { ClientPorts } from "@quasarix/client/ports.ts";
import { memoryKeep } from "@quasarix/client/ports.ts";
import { refusalSays } from "@quasarix/client/refusal.ts";
import { routes } from "@quasarix/client/routes.ts";
import { transport } from "@quasarix/client/transport.ts";
import { lineAnswer } from "@quasarix/shared/wire/statement.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

type Step = Response | Error;

const problem = (status: number, headers: Record<string, string> = {}): Response =>
  Response.json({ type: "/problems/x", title: "No", status, detail: "why" }, { status, headers });

/** A server that answers in this order and then for ever as it last did. */
function world(steps: readonly Step[]) {
  const waits: number[] = [];
  const sent: { url: string; authorization: string | undefined }[] = [];
  let attempt = 0;
  const ports: ClientPorts = {
    origin: "https://api.example",
    fetch: async (url, init) => {
      sent.push({ url, authorization: (init.headers as Record<string, string>)["authorization"] });
      const step = steps[Math.min(sent.length, steps.length) - 1] as Step;
      if (step instanceof Error) throw step;
      return step.clone();
    },
    authorize: async () => `Bearer ${++attempt}`,
    keep: memoryKeep(),
    host: {
      verify: () => false,
      random: (length) => new Uint8Array(length).fill(128),
      now: () => 0,
      wait: async (milliseconds) => {
        waits.push(milliseconds);
      },
    },
  };
  return { ports, waits, sent, send: transport(ports) };
}

const get = { method: "GET", path: "/v1/x" } as const;

describe("a request", () => {
  test.each([
    { what: "an answer", steps: [new Response("yes")], tries: 1 },
    { what: "503 once", steps: [problem(503), new Response("yes")], tries: 2 },
    { what: "429 twice", steps: [problem(429), problem(429), new Response("yes")], tries: 3 },
    { what: "a connection that breaks", steps: [new TypeError("fetch failed"), new Response("yes")], tries: 2 },
  ])("survives $what", async ({ steps, tries }) => {
    const { send, sent } = world(steps);
    expect(await send(get)).toMatchObject({ ok: true });
    expect(sent.length).toBe(tries);
  });

  test.each([401, 404, 409, 413, 422, 501])("is not repeated after %i", async (status) => {
    const { send, sent } = world([problem(status)]);
    expect(await send(get)).toMatchObject({ ok: false, failure: { reason: "problem", problem: { status } } });
    expect(sent.length).toBe(1);
  });

  test("gives up in the end, with the last reason", async () => {
    const { send, sent, waits } = world([problem(503)]);
    expect(await send(get)).toMatchObject({ ok: false, failure: { problem: { status: 503 } } });
    expect(sent.length).toBe(ATTEMPTS);
    expect(waits.length).toBe(ATTEMPTS - 1);
  });

  test("signs every attempt anew, since an assertion works once", async () => {
    const { send, sent } = world([problem(503), problem(503), new Response("yes")]);
    await send(get);
    expect(sent.map(({ authorization }) => authorization)).toEqual(["Bearer 1", "Bearer 2", "Bearer 3"]);
  });

  test("that is open to all carries no signature", async () => {
    const { send, sent } = world([new Response("yes")]);
    await send({ ...get, isOpen: true });
    expect(sent[0]?.authorization).toBeUndefined();
  });

  test("waits at least as long as the server asked for", async () => {
    const { send, waits } = world([problem(503, { "retry-after": "7" }), new Response("yes")]);
    await send(get);
    expect(waits[0]).toBeGreaterThanOrEqual(7000);
  });

  test("says in one sentence what a proxy's page of HTML was", async () => {
    const { send } = world([new Response("<html>", { status: 400 })]);
    const answer = await send(get);
    expect(answer.ok ? "" : refusalSays(answer.failure)).toBe(
      "the answer of `/v1/x` is not as the contract says: status 400 without problem details",
    );
  });

  test("writes its query as it signs it", async () => {
    const { ports, sent } = world([Response.json({ items: [], next: null })]);
    await routes(transport(ports)).audits({ purpose: "due-diligence", cursor: "a b&c" });
    expect(sent[0]?.url).toBe("https://api.example/v1/audits?purpose=due-diligence&cursor=a+b%26c");
  });
});

test("waits grow, differ by the dice and stay bounded", () => {
  fc.assert(
    fc.property(fc.nat(30), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, dice) => {
      const wait = delayOf(attempt, null, dice);
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(15_000);
      expect(delayOf(attempt, 9_999_999, dice)).toBeLessThan(70_000);
    }),
  );
  expect(delayOf(3, null, 0)).toBeGreaterThan(delayOf(0, null, 0.9));
});

test.each([
  { header: null, wait: null },
  { header: "3", wait: 3000 },
  { header: "Thu, 01 Jan 1970 00:00:05 GMT", wait: 5000 },
  { header: "soon", wait: null },
])("Retry-After `$header` is $wait ms", ({ header, wait }) => {
  expect(retryAfterOf(header, 0)).toBe(wait);
});

describe("JSON Lines", () => {
  test("pieces keep order, and each is within lines and bytes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 40, unit: "grapheme-ascii" })),
        fc.integer({ min: 1, max: 9 }),
        (texts, most) => {
          const limit = 120;
          const chunks = chunked(texts, most, limit);
          expect(chunks.flat()).toEqual(texts);
          for (const chunk of chunks) {
            expect(chunk.length).toBeLessThanOrEqual(most);
            expect(chunk.length).toBeGreaterThan(0);
          }
        },
      ),
    );
    const statements = Array.from({ length: 50 }, () => "x".repeat(100));
    for (const chunk of chunked(statements, 1000, 1000)) {
      expect(linesBody(chunk.map((statement) => ({ statement }))).bytes.length).toBeLessThanOrEqual(1000);
    }
  });

  test("an answer with a line that is none is refused by its number", () => {
    const good = JSON.stringify({ line: 1, problem: { type: "/problems/x", title: "No", status: 422 } });
    const bytes = new TextEncoder().encode(`${good}\n{"line":2}\n`);
    expect(parseLines(lineAnswer, bytes, "/v1/statements")).toMatchObject({ ok: false, failure: { detail: "line 2" } });
  });
});

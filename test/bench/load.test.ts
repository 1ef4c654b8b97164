import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LoadRequest, quantile, runLoad } from "../../bench/load.ts";

let server: Server;
let origin = "";
let open = 0;
let most = 0;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  most = Math.max(most, ++open);
  let body = "";
  for await (const part of request) body += part;
  await sleep(5);
  open--;
  response.statusCode = body === "refuse me" ? 422 : 200;
  response.end(`${request.method} ${request.url} ${request.headers["x-probe"]} ${body}`);
}

beforeAll(async () => {
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const post = (body: string): LoadRequest => ({ method: "POST", path: "/p?q=1", headers: { "x-probe": "yes" }, body });

describe("a load", () => {
  test("sends each request once, keeps the answers in order, and never has more open than it has clients", async () => {
    const bodies = Array.from({ length: 40 }, (_, i) => (i === 7 ? "refuse me" : `n${i}`));
    const requests = bodies.map(post);
    const result = await runLoad({ origins: [origin], requests, clients: 4, maxSeconds: 20 });
    expect(result.statuses).toEqual({ 200: 39, 422: 1 });
    expect(result.answers.map((answer) => answer?.body)).toEqual(bodies.map((body) => `POST /p?q=1 yes ${body}`));
    expect(most).toBe(4);
    expect(result.p50Ms).toBeGreaterThanOrEqual(4);
    expect(result.p99Ms).toBeGreaterThanOrEqual(result.p50Ms);
  });

  test("starts no request after its time", async () => {
    const requests = Array.from({ length: 10_000 }, () => post("x"));
    const result = await runLoad({ origins: [origin], requests, clients: 2, maxSeconds: 0.1 });
    expect(result.answered).toBeGreaterThan(0);
    expect(result.answered).toBeLessThan(100);
  });

  test("ends its clients when the server is gone, and says which requests had no answer", async () => {
    const gone = createServer((request, response) => {
      if (request.url === "/last") request.socket.destroy();
      else response.end("here");
    });
    await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
    const requests = ["/first", "/last", "/never"].map((path) => ({ ...post("x"), path }));
    const target = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
    const { answers, answered } = await runLoad({ origins: [target], requests, clients: 1, maxSeconds: 20 });
    gone.close();
    expect({ answers, answered }).toEqual({ answers: [{ status: 200, body: "here" }, null, null], answered: 1 });
  });

  test.each(["http://localhost:1", "http://10.0.0.1:1", "https://127.0.0.1:1"])("refuses %s", async (elsewhere) => {
    await expect(runLoad({ origins: [origin, elsewhere], requests: [], clients: 1, maxSeconds: 1 })).rejects.toThrow(
      "loopback",
    );
  });
});

test.each([
  { share: 0.5, of: [1, 2, 3, 4], is: 2 },
  { share: 0.99, of: [1, 2, 3, 4], is: 4 },
  { share: 0.99, of: Array.from({ length: 100 }, (_, i) => i + 1), is: 99 },
  { share: 0.5, of: [], is: Number.NaN },
])("the $share quantile of $of.length values is $is", ({ share, of, is }) => {
  expect(quantile(of, share)).toBe(is);
});

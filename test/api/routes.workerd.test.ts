import { beforeEach, describe, expect, test } from "vitest";
import { isOpen } from "../../workers/api/open.ts";
import { AT, api, ask, emptyWorld, env, party, send } from "./small-api.ts";

interface Row {
  readonly security?: readonly unknown[];
  readonly summary?: string;
  readonly responses: Record<string, unknown>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Row>>;
  readonly components: { readonly schemas: Record<string, unknown> };
}

/** What a person reads in a browser, or the document itself. */
const NOT_IN_THE_CONTRACT = new Set(["/openapi.json", "/reference", "/reference/:file", "/reference/start.js"]);

const document = async (): Promise<Document> => (await send(new Request(`${AT}/openapi.json`))).json();

/** `get /v1/sites/{id}` for every handler that is not middleware. */
const served = (): string[] =>
  api.routes
    .filter(({ method, path }) => method !== "ALL" && !NOT_IN_THE_CONTRACT.has(path))
    .map(({ method, path }) => {
      const template = path.replaceAll(/:(\w+)/g, "{$1}").replace(/\*$/, "{path}");
      return `${method.toLowerCase()} ${template}`;
    });

const described = ({ paths }: Document): string[] =>
  Object.entries(paths).flatMap(([path, rows]) => Object.keys(rows).map((method) => `${method} ${path}`));

beforeEach(emptyWorld);

describe("the contract", () => {
  test("has a row for every route, and a route for every row", async () => {
    const rows = described(await document()).sort();
    expect([...new Set(served())].sort()).toEqual(rows);
  });

  test("is OpenAPI 3.1 with the schemas by name", async () => {
    const { openapi, components } = await document();
    expect(openapi).toBe("3.1.0");
    expect(Object.keys(components.schemas)).toEqual(
      expect.arrayContaining(["Problem", "Site", "DossierPage", "WalkLine"]),
    );
  });

  test("says of every row whether it asks for an assertion, and it does", async () => {
    const { paths } = await document();
    for (const [path, rows] of Object.entries(paths))
      for (const [method, row] of Object.entries(rows)) {
        const isSigned = path.startsWith("/v1/") && !isOpen(method.toUpperCase(), path, env.ORIGIN);
        expect([path, method, row.security !== undefined]).toEqual([path, method, isSigned]);
      }
  });

  test("has a summary and a problem for every row", async () => {
    for (const [path, rows] of Object.entries((await document()).paths))
      for (const [method, row] of Object.entries(rows))
        expect([path, method, row.summary === undefined, "default" in row.responses || path === "/health"]).toEqual([
          path,
          method,
          false,
          true,
        ]);
  });
});

test("every route under /v1 that is not open answers a stranger with 401, before anything else", async () => {
  for (const [path, rows] of Object.entries((await document()).paths)) {
    for (const method of Object.keys(rows)) {
      if (!path.startsWith("/v1/") || isOpen(method.toUpperCase(), path, env.ORIGIN)) continue;
      const answer = await send(new Request(AT + path.replaceAll(/[{}]/g, ""), { method: method.toUpperCase() }));
      expect([method, path, answer.status]).toEqual([method, path, 401]);
    }
  }
});

describe("refusals", () => {
  test("carry the id of the request, and never an echo of the input", async () => {
    const birch = await party("birch");
    const answer = await ask(birch, "/v1/sites?limit=many-and-secret");
    expect(answer.status).toBe(422);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    const body = await answer.text();
    expect(JSON.parse(body)).toMatchObject({
      type: "/problems/invalid-input",
      "request-id": answer.headers.get("request-id"),
      errors: [{ pointer: "/limit" }],
    });
    expect(body).not.toContain("secret");
  });

  test.each([
    { body: "not JSON", text: "{", status: 422 },
    { body: "a name twice", text: '{"kind":"site","kind":"organisation"}', status: 422 },
    { body: "an unknown member", text: '{"kind":"site","more":1}', status: 422 },
    { body: "nothing", text: "", status: 422 },
  ])("$body as a body: $status", async ({ text, status }) => {
    const mill = await party("mill", { kind: "supplier" });
    const answer = await ask(mill, "/v1/subjects", { method: "POST", text });
    expect(answer.status).toBe(status);
  });

  test("of a failure on our side say nothing of it", async () => {
    const broken = {
      DB: {
        withSession: () => ({
          prepare: () => {
            throw new TypeError("a secret row");
          },
        }),
      },
    };
    const answer = await send(new Request(`${AT}/v1/consortium`), broken as never);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("secret");
  });

  test("of a route that is not there are a problem too", async () => {
    expect(await (await send(new Request(`${AT}/nothing`))).json()).toMatchObject({ status: 404 });
  });
});

test("the security headers of an answer", async () => {
  const answer = await ask(await party("birch"), "/v1/organisations");
  const headers = [...answer.headers]
    .filter(([name]) => name !== "request-id")
    .map(([name, value]) => `${name}: ${value}`);
  expect(headers.sort()).toEqual([
    "cache-control: no-store",
    "content-security-policy: default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "content-type: application/json",
    "cross-origin-opener-policy: same-origin",
    "cross-origin-resource-policy: same-origin",
    "origin-agent-cluster: ?1",
    "permissions-policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy: no-referrer",
    "strict-transport-security: max-age=63072000; includeSubDomains",
    "x-content-type-options: nosniff",
    "x-dns-prefetch-control: off",
    "x-download-options: noopen",
    "x-frame-options: DENY",
    "x-permitted-cross-domain-policies: none",
    "x-xss-protection: 0",
  ]);
});

import { checkpointText, signCheckpoint } from "@quasarix/shared/log/checkpoint.ts";
import { webSigner } from "@quasarix/shared/webcrypto.ts";
import { describe, expect, test } from "vitest";
import { home } from "../../workers/portal/home.tsx";
import { AT, send } from "../api/small-api.ts";
import { jwkOf } from "../secrets.ts";

const checkpoint = { origin: "log.example/x", size: 12345, root: new Uint8Array(32).fill(7) };

const page = async (log: () => Response) => home(async () => log()).request("/");

describe("the home page", () => {
  test("shows the log's size and root, the reference, and three commands", async () => {
    const note = await signCheckpoint(await webSigner(crypto, jwkOf("log")), checkpoint);
    const html = await (await page(() => new Response(note))).text();
    expect(html).toMatch(/^<!doctype html>/);
    for (const part of ["12,345 entries", checkpointText(checkpoint).split("\n")[2] as string, 'href="/reference"'])
      expect(html).toContain(part);
    expect(html.match(/npx quasarix/g)).toHaveLength(3);
    expect(html).toContain("food inspections stand in for supplier audits");
  });

  test.each([
    { log: "nothing is published", answer: () => new Response("", { status: 404 }) },
    { log: "what is published does not read", answer: () => new Response("<b>not a note</b>") },
  ])("says so where $log", async ({ answer }) => {
    const html = await (await page(answer)).text();
    expect(html).toContain("Nothing is published yet.");
    expect(html).not.toContain("<b>");
  });

  test("runs no script and loads nothing from elsewhere", async () => {
    const answer = await page(() => new Response("", { status: 404 }));
    const html = await answer.text();
    expect(html).not.toMatch(/<script|style=|https?:\/\//);
    expect(answer.headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });
});

describe("the reference page", () => {
  test("loads three local files and its start, under a strict policy", async () => {
    const answer = await send(new Request(`${AT}/reference`));
    const html = await answer.text();
    const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path as string);
    expect(loaded).toHaveLength(4);
    for (const path of loaded) expect([path, (await send(new Request(AT + path))).status]).toEqual([path, 200]);
    expect(answer.headers.get("content-security-policy")).toContain("script-src 'self';");
    expect(answer.headers.get("content-security-policy")).not.toContain("unsafe");
  });

  test.each(["index.html", "swagger-initializer.js", "package.json", "..%2Fpackage.json"])(
    "does not serve %s",
    async (file) => {
      expect((await send(new Request(`${AT}/reference/${file}`))).status).toBe(404);
    },
  );

  test("is not there where the deployment has no local files", async () => {
    expect((await send(new Request(`${AT}/reference`), { ASSETS: undefined } as never)).status).toBe(404);
  });
});

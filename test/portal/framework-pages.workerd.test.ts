import { QUASARIX_1 } from "@quasarix/shared/benchmark/framework/quasarix/first.ts";
import { quasarixReview } from "@quasarix/shared/benchmark/framework/quasarix/review.ts";
import { describe, expect, test } from "vitest";
import { home, isPortal } from "../../workers/portal/home.tsx";
import { hashOf } from "../policy/author-world.ts";

const statement = hashOf("version 1");
const second = { statement: hashOf("version 2"), claims: quasarixReview(statement) };
const first = { statement, claims: QUASARIX_1 };

const summary = {
  statement,
  framework: "quasarix",
  version: 1,
  title: "A <b>title</b>",
  from: "2025-01-01",
  benchmarks: 19,
};
const served: Record<string, unknown> = {
  "/v1/frameworks?limit=100": { items: [summary], next: null },
  "/v1/frameworks/quasarix": { framework: "quasarix", versions: [second, first] },
};
const asked: string[] = [];
const app = home(async (path) => {
  asked.push(path);
  return path in served ? Response.json(served[path]) : Response.json({}, { status: 404 });
});
const get = async (path: string) => {
  const answer = await app.request(path);
  return { status: answer.status, html: await answer.text(), headers: answer.headers };
};

describe("the benchmarks' pages", () => {
  test("list the versions, and escape what they are called", async () => {
    const { html } = await get("/frameworks");
    expect(html).toContain('href="/frameworks/quasarix/1"');
    expect(html).toContain("A &lt;b&gt;title&lt;/b&gt;");
  });

  test("of a version lead to a page for each benchmark", async () => {
    const { html } = await get("/frameworks/quasarix/1");
    for (const { id, name } of QUASARIX_1.benchmarks) {
      expect(html).toContain(`href="/frameworks/quasarix/1/${id}"`);
      expect(html).toContain(name);
    }
  });

  test.each(QUASARIX_1.benchmarks.map((one) => ({ id: one.id, one })))(
    "say of $id what each level is and what it has to rest on",
    async ({ id, one }) => {
      const { html, status } = await get(`/frameworks/quasarix/1/${id}`);
      expect(status).toBe(200);
      for (const { says } of one.levels) expect(html).toContain(says.replaceAll("'", "&#39;"));
      expect(html.includes("This benchmark is critical")).toBe(one.critical);
      expect(html).toContain(`<code>${one.evidence}</code>`);
      expect(html).toContain("urn:quasarix:framework:quasarix@1");
    },
  );

  test("say what the next version changes, and how an earlier score is shown there", async () => {
    const old = (await get("/frameworks/quasarix/1/living-wage")).html;
    expect(old).toContain("Version 2, from 2027-01-01 on");
    expect(old).toContain("1 as 1, 2 as 1, 3 as 2, 4 as 3, 5 as 4");
    const now = (await get("/frameworks/quasarix/2/living-wage")).html;
    expect(now).toContain("What version 2 changed");
    expect((await get("/frameworks/quasarix/1/worker-voice")).html).not.toContain("Version 2");
  });

  test("hold no script, and nothing from elsewhere", async () => {
    for (const path of ["/frameworks", "/frameworks/quasarix/2", "/frameworks/quasarix/2/climate-resilience"]) {
      const { html, headers } = await get(path);
      expect(html).not.toMatch(/<script|style=|https?:\/\//);
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("cache-control")).toBe("no-store");
    }
  });

  test.each([
    "/frameworks/quasarix/3",
    "/frameworks/quasarix/1/climate-resilience",
    "/frameworks/other/1",
    "/frameworks/quasarix/01",
    "/frameworks/quasarix/1/living-wage/more",
    "/frameworks/..%2Fkeyring/1",
  ])("do not show %s", async (path) => {
    const { status, html } = await get(path);
    expect(status).toBe(404);
    expect(html).toContain("There is no such page");
  });

  test("ask the API for frameworks and nothing else", () => {
    for (const path of asked) expect(path).toMatch(/^\/v1\/frameworks([?]|\/[^/]+$)/);
  });
});

test("the portal answers its own pages and leaves the rest to the API", () => {
  const paths = ["/", "/home.css", "/frameworks", "/frameworks/quasarix/1/living-wage"];
  expect(paths.filter(isPortal)).toEqual(paths);
  expect(["/v1/frameworks", "/frameworksx", "/health", "/log/checkpoint", "//"].filter(isPortal)).toEqual([]);
});

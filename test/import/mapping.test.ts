import { parseMapping } from "@quasarix/client/import/mapping.ts";
import { describe, expect, test } from "vitest";
import { draftsOf, HEAD, plain, run, says } from "./small-mapping.ts";

describe("a file that does not fit the mapping is refused before any row", () => {
  test.each([
    {
      what: "a column is missing",
      rows: "id,site,country,gln,date\n1,a,b,c,d\n",
      said: "refused main:1:1 score header",
    },
    {
      what: "a column is there twice",
      rows: "id,site,country,gln,date,score,date\n",
      said: "refused main:1:7 date header",
    },
    {
      what: "a joined file lacks its column",
      rows: HEAD,
      findings: "audit,title\n",
      said: "refused findings.csv:1:1 word header",
    },
    {
      what: "a joined file is no CSV",
      rows: HEAD,
      findings: "PK\u0003\u0004",
      said: "refused findings.csv:1:1 - not-csv",
    },
    {
      what: "a joined file has too many rows",
      rows: HEAD,
      findings: `audit,title,word\n${"1,a,Minor\n".repeat(7)}`,
      said: "refused findings.csv:8:1 - too-many-rows",
    },
  ])("$what", async ({ rows, findings, said }) => {
    const items = await run(findings === undefined ? { rows } : { rows, findings });
    expect(says(items)).toEqual([said]);
    expect(draftsOf(items)).toEqual([]);
  });

  test("more rows than the limit end the run with a clear problem", async () => {
    const rows = Array.from({ length: 6 }, (_, at) => `${at},Mill,India,,03.02.2025,71\n`).join("");
    const items = await run({ rows: HEAD + rows });
    expect(draftsOf(items).length).toBe(5);
    expect(says(items)).toEqual(["refused main:7:1 - too-many-rows"]);
  });
});

describe("a mapping file says what is wrong with it", () => {
  const withPlain = (over: object) => JSON.stringify({ ...plain, ...over });
  test.each([
    { what: "not JSON", text: "{", pointer: "" },
    { what: "an unknown member", text: withPlain({ columns: [] }), pointer: "" },
    { what: "a version of tomorrow", text: withPlain({ version: 2 }), pointer: "/version" },
    {
      what: "a path outside the sections",
      text: withPlain({ audit: { "prices.total": { value: 1 } } }),
      pointer: "/audit",
    },
    {
      what: "a path through another one's value",
      text: withPlain({ audit: { "scores.a": { value: 1 }, "scores.a.b": { value: 2 } } }),
      pointer: "/audit",
    },
    {
      what: "a path into the prototype",
      text: withPlain({ audit: { "scores.__proto__": { value: 1 } } }),
      pointer: "/audit/scores.__proto__",
    },
    { what: "a join that is not there", text: withPlain({ joins: {} }), pointer: "/lists/findings.findings/title" },
    {
      what: "a joined file in another folder",
      text: withPlain({ joins: { findings: { file: "../secret.csv", on: { id: "id" } } } }),
      pointer: "/joins/findings/file",
    },
  ])("$what", ({ text, pointer }) => {
    const parsed = parseMapping(text);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.failure[0]?.pointer).toBe(pointer);
  });
});

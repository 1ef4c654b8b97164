import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type GrantItem, readGrants } from "@quasarix/client/grant-file.ts";
import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { PRESETS } from "@quasarix/shared/policy/sections.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { afterAll, describe, expect, test } from "vitest";

const NOW = Date.UTC(2026, 10, 1);
const idOf = (prefix: string, name: string) => `${prefix}_${base64url(sha256(utf8(name)).slice(0, 16))}`;
const site = idOf("site", "Mill 1");
const birch = idOf("org", "birch");
/** Its id begins with a dash, as one in 64 does. */
const audit = base64url(new Uint8Array(32).fill(0xfa)).replace(/^./, "-");

const HEADER = "site,grantee,sections,purposes,from,until";
const row = (over: Record<string, string> = {}): string => {
  const cells: Record<string, string> = {
    site,
    grantee: "members",
    sections: "summary",
    purposes: "due-diligence",
    from: "2026-11-01",
    until: "2027-11-01",
    ...over,
  };
  return Object.values(cells).join(",");
};

async function read(...lines: string[]): Promise<GrantItem[]> {
  const items: GrantItem[] = [];
  const chunks = async function* () {
    yield utf8(`${lines.join("\n")}\n`);
  };
  for await (const item of readGrants(chunks(), NOW)) items.push(item);
  return items;
}

const placesIn = (items: readonly GrantItem[]): string[] =>
  items.map((it) =>
    it.kind === "grant"
      ? `${it.wanted.line} good`
      : `${it.problem.line}:${it.problem.column} ${it.problem.field ?? ""}`,
  );

describe("a file of grants", () => {
  test("is read as it says, its columns in any order", async () => {
    const [item] = await read(
      "until,purposes,audit,grantee,site,from,sections",
      `2027-11-01,due-diligence audit-avoidance,'${audit},${birch},${site},,"existence, scores"`,
    );
    expect(item).toEqual({
      kind: "grant",
      wanted: {
        line: 2,
        isFromNow: true,
        claims: {
          grantee: birch,
          site,
          audit,
          grantSections: ["existence", "scores"],
          purposes: ["due-diligence", "audit-avoidance"],
          notBefore: NOW,
          notAfter: Date.UTC(2027, 10, 1),
        },
      },
    });
  });

  test.each(Object.entries(PRESETS))("takes the preset %s", async (name, sections) => {
    expect(await read(HEADER, row({ sections: name }))).toMatchObject([
      { wanted: { claims: { grantSections: sections } } },
    ]);
  });

  test("names every bad cell by line and column, and takes the good rows around them", async () => {
    const items = await read(
      HEADER,
      row(),
      row({ site: "Mill 1", grantee: "all", until: "31.12.2027" }),
      row({ sections: "summary;commercial", purposes: "" }),
      "too,few",
      row({ until: "2026-11-01" }),
      row({ until: "2027-02-31" }),
      row({ grantee: birch }),
    );
    expect(placesIn(items)).toEqual([
      "2 good",
      "3:1 site",
      "3:2 grantee",
      "3:6 until",
      "4:3 sections",
      "4:4 purposes",
      "5:3 sections",
      "6:6 until",
      "7:6 until",
      "8 good",
    ]);
  });

  test("has formulas for data: they are named, never kept, and nothing of them reaches a terminal as it was", async () => {
    const items = await read(HEADER, row({ grantee: "=HYPERLINK(0)" }), row({ site: "\u001b[31m@SUM(A1)" }));
    expect(items.map((it) => (it.kind === "problem" ? it.problem.message : ""))).toEqual([
      "`=HYPERLINK(0)` is a formula; must be an organisation's id, `org_...`, or `members`",
      "`\ufffd[31m@SUM(A1)`: must be a site's id, `site_...`",
    ]);
  });

  test.each([
    { what: "a misspelt column", header: `${HEADER},audits`, says: /`audits` is none of/ },
    { what: "a column too few", header: "site,grantee,sections,purposes,from", says: /`until` is missing/ },
    { what: "a column twice", header: `${HEADER},site`, says: /twice/ },
    { what: "semicolons", header: HEADER.replaceAll(",", ";"), says: /semicolons/ },
  ])("with $what is refused whole", async ({ header, says }) => {
    const [item, ...more] = await read(header, row());
    expect(more).toEqual([]);
    expect(item?.kind === "refused" && item.problem.message).toMatch(says);
  });
});

const main = path.resolve(import.meta.dirname, "../../packages/client/src/cli/main.ts");
const folder = mkdtempSync(path.join(os.tmpdir(), "quasarix-grants-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function quasarix(args: readonly string[]): { exit: number | null; out: string; err: string } {
  const env = { ...process.env, QUASARIX_HOME: path.join(folder, "home") };
  const run = spawnSync(process.execPath, [main, ...args], { cwd: folder, env });
  return { exit: run.status, out: run.stdout.toString(), err: run.stderr.toString() };
}

describe("the commands", () => {
  test.each(["request ask", "request list", "request answer", "grant give"])("help of `%s` has an example", (words) => {
    expect(quasarix([...words.split(" "), "--help"])).toMatchObject({
      exit: 0,
      out: expect.stringContaining(`example: quasarix ${words}`),
    });
  });

  test("a file without a good row ends in 1 before anything is asked of a server", () => {
    const file = path.join(folder, "bad.csv");
    writeFileSync(file, `${HEADER}\n${row({ until: "soon" })}\n`);
    const { exit, out } = quasarix(["grant", "give", "--csv", file, "--json"]);
    expect(exit).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ given: [], problems: [{ line: 2, column: 6, field: "until" }] });
  });

  const REQUEST = "A".repeat(43);
  test.each([
    { what: "a file and a site", args: ["grant", "give", "--csv", "x.csv", "--site", site], says: /no --site/ },
    { what: "a dry run of no file", args: ["grant", "give", "--dry-run", "--site", site], says: /--csv is missing/ },
    { what: "a file that is not there", args: ["grant", "give", "--csv", "none.csv"], says: /no such file/ },
    {
      what: "an answer that is none",
      args: ["request", "answer", REQUEST, "maybe"],
      says: /yes\|partly\|later\|no\|help/,
    },
    {
      what: "a no that opens",
      args: ["request", "answer", REQUEST, "no", "--sections", "summary"],
      says: /opens nothing/,
    },
    {
      what: "a partly that says nothing less",
      args: ["request", "answer", REQUEST, "partly"],
      says: /less than was asked/,
    },
    {
      what: "a standing no",
      args: ["request", "answer", REQUEST, "no", "--standing", "members"],
      says: /opens nothing/,
    },
    {
      what: "a request without a purpose",
      args: ["request", "ask", "--site", site, "--sections", "summary", "--until", "2027-01-01"],
      says: /purposes/,
    },
    {
      what: "a day that is none",
      args: [
        "request",
        "ask",
        "--site",
        site,
        "--sections",
        "summary",
        "--purpose",
        "due-diligence",
        "--until",
        "2027-02-30",
      ],
      says: /no date/,
    },
  ])("$what ends in 2", ({ args, says }) => {
    const { exit, err } = quasarix(args);
    expect([exit, err]).toEqual([2, expect.stringMatching(says)]);
  });
});

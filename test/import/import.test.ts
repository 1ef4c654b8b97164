import { journalLine } from "@quasarix/client/import/journal.ts";
import { newReport, noteItem, reportJson, reportText } from "@quasarix/client/import/report.ts";
import { describe, expect, test } from "vitest";
import { draftsOf, GOOD, HEAD, mappingOf, plain, run, says } from "./small-mapping.ts";

describe("a cell that cannot be read is named, and the good row goes on", () => {
  test.each([
    {
      what: "a date that is not on the calendar",
      row: "1,Mill,India,,30.02.2025,71",
      said: "problem main:2:5 date date",
    },
    { what: "a date of another form", row: "1,Mill,India,,2025-02-03,71", said: "problem main:2:5 date date" },
    { what: "an empty date", row: "1,Mill,India,,,71", said: "problem main:2:5 date empty" },
    {
      what: "a word where a number stands",
      row: "1,Mill,India,,03.02.2025,good",
      said: "problem main:2:6 score number",
    },
    {
      what: "a formula where a number stands",
      row: "1,Mill,India,,03.02.2025,=1+1",
      said: "problem main:2:6 score formula",
    },
    { what: "a number without an end", row: "1,Mill,India,,03.02.2025,1e999", said: "problem main:2:6 score number" },
    {
      what: "a country that the mapping does not name",
      row: "1,Mill,Inda,,03.02.2025,71",
      said: "problem main:2:3 country no-case",
    },
    {
      what: "a prototype's name as a country",
      row: "1,Mill,__proto__,,03.02.2025,71",
      said: "problem main:2:3 country no-case",
    },
    {
      what: "a GLN whose check digit does not fit",
      row: "1,Mill,India,4006381333932,03.02.2025,71",
      said: "problem main:2:4 gln content",
    },
    {
      what: "a name above 200 characters",
      row: `1,${"M".repeat(201)},India,,03.02.2025,71`,
      said: "problem main:2:2 site content",
    },
    {
      what: "a control character in a name",
      row: "1,Mi\u001bll,India,,03.02.2025,71",
      said: "problem main:2:2 site content",
    },
    { what: "a missing cell", row: "1,Mill,India,,03.02.2025", said: "problem main:2:6 score columns" },
  ])("$what", async ({ row, said }) => {
    const items = await run({ rows: `${HEAD}${row}\n${GOOD}` });
    expect(says(items)).toEqual([said]);
    expect(draftsOf(items).map((draft) => draft.line)).toEqual([3]);
  });

  test("every bad cell of a row is named, each once", async () => {
    const items = await run({ rows: `${HEAD}1,,Mars,12,never,=A1\n` });
    expect(says(items).map((it) => it.split(" ")[1])).toEqual(
      ["main:2:2", "main:2:3", "main:2:5", "main:2:6", "main:2:4"].sort(),
    );
  });
});

describe("text that a spreadsheet would run", () => {
  test.each(["=cmd|' /C calc'!A0", "+1", "-1", "@SPOT CAFE"])("%s is kept as it came and reported", async (name) => {
    const items = await run({ rows: `${HEAD}1,${name},India,,03.02.2025,71\n` });
    expect(says(items)).toEqual(["warning main:2:2 site formula"]);
    expect(draftsOf(items)[0]?.site.place.name).toBe(name);
  });

  test("HTML is text like any other", async () => {
    const items = await run({ rows: `${HEAD}1,<script>alert(1)</script>,India,,03.02.2025,71\n` });
    expect(draftsOf(items)[0]?.site.place.name).toBe("<script>alert(1)</script>");
  });

  test("a problem quotes no control characters back to the terminal", async () => {
    const items = await run({ rows: `${HEAD}1,Mill,India,,\u001b[2J,71\n` });
    const problem = items.find((it) => it.kind === "problem");
    expect(problem?.kind === "problem" && problem.problem.message).toBe(
      "`\ufffd[2J` is not a date of the form DD.MM.YYYY",
    );
  });
});

describe("findings from a second file", () => {
  test("they are numbered, and keep the scheme's word beside its level", async () => {
    const items = await run({ rows: `${HEAD}${GOOD}` });
    const mapping = "urn:quasarix:scheme:smeta@1";
    expect(draftsOf(items)[0]?.content.findings.findings).toEqual([
      { number: 1, title: "Exit blocked", severity: { level: 4, original: "Critical", mapping } },
      {
        number: 2,
        title: "Wages unclear",
        severity: { level: null, original: "Collaborative action required", mapping },
        collaborative: true,
      },
    ]);
    expect(items.at(-1)).toEqual({ kind: "unmatched", join: "findings", rows: 1 });
  });

  test("an audit without any has an empty list, which says that nothing was found", async () => {
    const items = await run({ rows: `${HEAD}1,Mill,India,,03.02.2025,71\n` });
    expect(draftsOf(items)[0]?.content.findings).toEqual({ findings: [] });
  });

  test("a word that the scheme's table lacks is a problem in that file, never a guess", async () => {
    const items = await run({ rows: `${HEAD}${GOOD}`, findings: "audit,title,word\n8,Exit blocked,B\n" });
    expect(says(items)).toEqual(["problem findings.csv:2:3 word severity"]);
    expect(draftsOf(items)).toEqual([]);
  });

  test("a broken row of that file is named there", async () => {
    const items = await run({ rows: `${HEAD}${GOOD}`, findings: 'audit,title,word\n8,"Exit,Minor\n8,Other,Minor\n' });
    expect(says(items)).toEqual(["problem findings.csv:2:2 title open-quote"]);
    expect(draftsOf(items)[0]?.content.findings.findings?.length).toBe(1);
  });

  test("an audit above the size of a statement is named", async () => {
    const json = {
      ...plain,
      lists: { "findings.findings": { join: "findings", fields: { description: { column: "title" } } } },
    };
    const findings = (rows: number) => `audit,title\n${`8,${"x".repeat(7_000)}\n`.repeat(rows)}`;
    const limits = { joinRows: 100 };
    expect(says(await run({ rows: `${HEAD}${GOOD}`, findings: findings(20), json, limits }))).toEqual([]);
    const items = await run({ rows: `${HEAD}${GOOD}`, findings: findings(30), json, limits });
    expect(says(items)).toEqual(["problem main:2:1 - too-large"]);
  });
});

describe("nothing is imported twice", () => {
  const rows = `${HEAD}${GOOD}1,Loom,Turkey,,04.02.2025,60\n`;

  test("a key depends on the mapping's id and the key cells only", async () => {
    const [first] = draftsOf(await run({ rows: `${HEAD}${GOOD}` }));
    const [other] = draftsOf(
      await run({ rows: `${HEAD}8,Other,Turkey,,05.02.2025,1\n`, findings: "audit,title,word\n" }),
    );
    const [elsewhere] = draftsOf(await run({ rows: `${HEAD}${GOOD}`, json: { ...plain, id: "elsewhere" } }));
    expect(other?.key).toBe(first?.key);
    expect(elsewhere?.key).not.toBe(first?.key);
    expect(first?.key).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  test("what the journal has is known; what a crash tore off its end is sent again", async () => {
    const [mill, loom] = draftsOf(await run({ rows }));
    const journal = journalLine(mill as never) + journalLine(loom as never).slice(0, -1);
    const items = await run({ rows, journal });
    expect(items.map((it) => it.kind)).toEqual(["known", "draft", "unmatched"]);
  });

  test("a row that says something else than when it was imported is a problem", async () => {
    const journal = draftsOf(await run({ rows }))
      .map(journalLine)
      .join("");
    const items = await run({ rows: rows.replace("71", "72"), journal });
    expect(says(items)).toEqual(["problem main:2:1 id changed"]);
  });

  test("the same row again is a repeat; the same key with other cells is a problem", async () => {
    const items = await run({ rows: `${HEAD}${GOOD}${GOOD}${GOOD.replace("71", "72")}` });
    expect(items.map((it) => it.kind)).toEqual(["draft", "repeat", "problem", "unmatched"]);
    expect(says(items)).toEqual(["problem main:4:1 id key-again"]);
  });
});

test("the report names every bad row by file, line and column, after the notice and the counts", async () => {
  const report = newReport(mappingOf(plain));
  for (const item of await run({ rows: `${HEAD}${GOOD}1,Mill,India,,never,71\n2,@x,India,,03.02.2025,71\n` }))
    noteItem(report, item);
  expect(reportText(report, "audits.csv")).toBe(
    [
      "Note: made up",
      "2 audits with 2 findings at 2 sites, mapping plain",
      "0 imported before, 0 rows repeated, 1 problems, 1 warnings",
      "1 rows of `findings` belong to no row of the file",
      "problem audits.csv:3:5 (date): `never` is not a date of the form DD.MM.YYYY",
      "warning audits.csv:4:2 (site): `@x` begins like a formula; it is kept as text",
      "",
    ].join("\n"),
  );
  expect(reportJson(report)).toMatchObject({
    notice: "made up",
    audits: 2,
    problems: { count: 1 },
    warnings: { count: 1 },
  });
});

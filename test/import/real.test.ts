import path from "node:path";
import { type ImportItem, importAudits } from "@quasarix/client/import/import.ts";
import { journalFrom, journalLine } from "@quasarix/client/import/journal.ts";
import { type ImportReport, newReport, noteItem, reportText } from "@quasarix/client/import/report.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { sharedPath } from "../shared-data.ts";
import { fileChunks, firstLines, importAll, mappingFile } from "./files.ts";

const long = process.env["LONG"] === "1";
const SLICE = 1_500;
const MINUTES = 5 * 60_000;
const chicago = sharedPath("data", "inspections", "chicago-food", "inspections.csv.gz");
const sanFrancisco = sharedPath("data", "inspections", "sf-food-safety", "inspections.csv");

function sourcesOf(file: string, rows: number) {
  const main = rows === 0 ? fileChunks(file) : firstLines(fileChunks(file), rows + 1);
  return { main, open: (name: string) => fileChunks(path.join(path.dirname(file), name)) };
}

interface Run {
  readonly report: ImportReport;
  readonly items: readonly ImportItem[];
}

async function runOf(mappingName: string, file: string): Promise<Run> {
  const mapping = mappingFile(mappingName);
  const report = newReport(mapping);
  const items: ImportItem[] = [];
  for await (const item of importAudits({ mapping, sources: sourcesOf(file, long ? 0 : SLICE) })) {
    noteItem(report, item);
    items.push(item);
  }
  return { report, items };
}

const draftsOf = (items: readonly ImportItem[]) => items.flatMap((item) => (item.kind === "draft" ? [item.draft] : []));

describe.skipIf(!chicago)("Chicago food inspections, standing in for supplier audits", () => {
  let run: Run;
  beforeAll(async () => {
    run = await runOf("chicago-food.json", chicago as string);
  }, MINUTES);

  test("every inspection becomes an audit and none is refused", () => {
    const { drafts, problems, repeats } = run.report;
    expect({ drafts, problems, repeats }).toEqual({ drafts: long ? 27_600 : SLICE, problems: 0, repeats: 0 });
  });

  test("no finding is lost", () => {
    const { findings, unmatched } = run.report;
    const left = unmatched.get("findings") ?? 0;
    expect(findings + left).toBe(111_362);
    if (long) expect(findings).toBe(111_362);
  });

  test("each finding keeps the source's word beside the level of the table", () => {
    const levels: Record<string, Set<number | null>> = {};
    for (const draft of draftsOf(run.items))
      for (const { severity } of draft.content.findings.findings ?? []) {
        expect(severity?.mapping).toBe("urn:quasarix:scheme:chicago-food-inspection@1");
        levels[severity?.original ?? ""] ??= new Set();
        levels[severity?.original ?? ""]?.add(severity?.level ?? null);
      }
    expect(levels).toEqual({ minor: new Set([2]), serious: new Set([3]), critical: new Set([4]) });
  });

  test("the licences are split among five members, each licence with one of them", () => {
    const memberOf = new Map<string, string>();
    for (const { site, groups } of draftsOf(run.items)) {
      expect(memberOf.get(site.key) ?? groups["member"]).toBe(groups["member"]);
      memberOf.set(site.key, groups["member"] as string);
    }
    expect(new Set(memberOf.values()).size).toBe(5);
  });

  test("the six auditor groups are there, and rows without one say so", () => {
    const groups = new Set(draftsOf(run.items).map((draft) => draft.groups["auditor"]));
    expect([...groups].sort()).toEqual(["blue", "brown", "green", "orange", "purple", "unknown", "yellow"]);
  });

  test("the report says what the data is before it counts", () => {
    expect(reportText(run.report, "inspections.csv.gz")).toMatch(
      /^Note: Food inspections .* stand in for supplier audits/,
    );
  });

  test("a name that begins like a formula is kept as text and reported", async () => {
    const warned = run.report.warningList.filter((it) => it.reason === "formula").map((it) => it.field);
    if (long) expect(warned).toEqual(["DBA_Name"]);
    expect(run.report.warnings).toBe(warned.length);
  });

  test(
    "a second run imports nothing twice and goes on where the first was cut",
    async () => {
      const drafts = draftsOf(run.items);
      const half = drafts.slice(0, drafts.length / 2);
      const journal = journalFrom(half.map(journalLine).join(""));
      const mapping = mappingFile("chicago-food.json");
      const sources = () => sourcesOf(chicago as string, long ? 0 : SLICE);
      const rest = draftsOf(await importAll({ mapping, sources: sources(), journal }));
      expect(rest.map((draft) => draft.key)).toEqual(drafts.slice(half.length).map((draft) => draft.key));
      for (const draft of rest) journal.add(draft.key, draft.digest);
      const third = await importAll({ mapping, sources: sources(), journal });
      expect(draftsOf(third)).toEqual([]);
      expect(third.filter((item) => item.kind === "known").length).toBe(drafts.length);
    },
    MINUTES,
  );
});

describe.skipIf(!sanFrancisco)("San Francisco food safety, standing in for supplier audits", () => {
  let run: Run;
  beforeAll(async () => {
    run = await runOf("sf-food-safety.json", sanFrancisco as string);
  }, MINUTES);

  test("inspections, sites and violations come from three files", () => {
    const { drafts, findings, problems, repeats, sites, unmatched } = run.report;
    if (!long) return expect({ drafts, problems, repeats }).toEqual({ drafts: SLICE, problems: 0, repeats: 0 });
    // Two rows share business, date and type with an earlier one: one says the same, one another score.
    expect({ drafts, problems, repeats, sites: sites.size }).toEqual({
      drafts: 14_231,
      problems: 1,
      repeats: 1,
      sites: 5_758,
    });
    // 38,074 rows belong to an inspection; two of them to both inspections of one business on one day.
    expect({ findings, left: unmatched.get("violations") }).toEqual({ findings: 38_076, left: 932 });
  });

  test("scores stay in the source's own scale", () => {
    for (const { content } of draftsOf(run.items)) {
      const overall = content.scores.overall;
      expect(overall?.scale).toBe("urn:quasarix:scale:sf-food-score");
      expect(String(overall?.value)).toBe(overall?.original);
    }
  });

  test("a severity is there only where the description states one", () => {
    for (const { content } of draftsOf(run.items))
      for (const { title, severity } of content.findings.findings ?? [])
        expect(severity?.original ?? null).toBe(/^(High|Moderate|Low) risk/.exec(title ?? "")?.[0] ?? null);
  });

  test("a corrected violation is closed on its day; a time where the date should be is named by file, line and column", () => {
    const all = draftsOf(run.items).flatMap((draft) => draft.content.findings.findings ?? []);
    expect(all.some((it) => it.status === "closed" && it.closedOn !== undefined)).toBe(true);
    expect(run.report.warningList).toContainEqual({
      file: "violations.csv",
      line: 2_228,
      column: 3,
      field: "description",
      reason: "date",
      message: "`12:15:17 PM` is not a date of the form M/D/YYYY",
    });
  });
});

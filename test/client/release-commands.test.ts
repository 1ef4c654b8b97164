import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { commandFor } from "@quasarix/client/cli/commands.ts";
import { planHash, writePlan } from "@quasarix/shared/benchmark/plan-file.ts";
import { writeRelease } from "@quasarix/shared/benchmark/release-bytes.ts";
import { afterAll, describe, expect, test } from "vitest";
import { CRITICAL, fileOf, GERMANY, INDIA, OTHER, type PlanLike, planOf, WATER } from "../benchmark/use/files.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "quasarix-release-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileNamed = (name: string, content: string | Uint8Array): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};

const METRICS = { metrics: [WATER, CRITICAL] };
const BEFORE = [20, 20, 10, 3, 2] as const;
const AFTER = [2, 3, 10, 20, 20] as const;

function made(name: string, like: PlanLike = {}) {
  const bytes = writePlan(planOf({ ...METRICS, ...like }));
  const release = (cohort: string, bins: typeof BEFORE | typeof AFTER) => {
    const rows = [GERMANY, INDIA].flatMap((cell) =>
      [WATER, CRITICAL].map((metric) => [cell, [...bins], metric] as const),
    );
    const file = { ...fileOf(cohort, rows as never, [OTHER]), planHash: planHash(bytes) };
    return fileNamed(`${name}-${cohort}.json`, writeRelease(file));
  };
  return { plan: fileNamed(`${name}.json`, bytes), q1: release("2026-Q1", BEFORE), q2: release("2026-Q2", AFTER) };
}
const ours = made("ours");
const theirs = made("theirs", { consortium: "log.example/two" });

/** Without a process, an account or a server: what it says, or the sentence of its usage error. */
async function run(words: string, options: Record<string, unknown> = {}, positionals: readonly string[] = []) {
  const notes: string[] = [];
  const terminal = { note: (line: string) => notes.push(line) } as never;
  const found = commandFor(words.split(" "));
  if (!found) throw new Error(`no command ${words}`);
  const call = { positionals, options, home: path.join(folder, "home"), terminal };
  const ended = await found.command.run(call).catch((error: Error) => error);
  return ended instanceof Error ? { refused: ended, text: "", value: null, notes } : { refused: null, ...ended, notes };
}

const reason = ({ refused }: { refused: (Error & { refusal?: { detail?: string } }) | null }): string =>
  refused?.refusal?.detail ?? refused?.message ?? "";

const at = { plan: [ours.plan], file: [ours.q1] };

describe("release show", () => {
  test("shows each metric with its margins, says whose figures they are, and what else there is", async () => {
    const { text } = await run("release show", at);
    for (const said of [
      "log.example/one, 2026-Q1: 8 or more companies",
      `${WATER}, all peers, 2026-Q1`,
      "2 findings or fewer",
      "the sum of 2 published cells, without 1 withheld.",
      "19 times in 20",
      `--cell '${GERMANY}'`,
    ])
      expect(text).toContain(said);
  });

  test("one cell, one metric, as CSV and as a drawing", async () => {
    const [csv, svg] = [path.join(folder, "out.csv"), path.join(folder, "out.svg")];
    const { text } = await run("release show", { ...at, metric: WATER, cell: GERMANY, csv, svg });
    expect(text).not.toContain(CRITICAL);
    expect(
      new Set(
        readFileSync(csv, "utf8")
          .split("\r\n")
          .slice(1, -1)
          .map((row) => row.split(",")[1]),
      ),
    ).toEqual(new Set([GERMANY]));
    expect(readFileSync(svg, "utf8")).toMatch(/^<svg .*<\/svg>\n$/s);
  });

  test("without a cell named the CSV has every branch of which something is published", async () => {
    const csv = path.join(folder, "all.csv");
    await run("release show", { ...at, csv });
    const cells = new Set(
      readFileSync(csv, "utf8")
        .split("\r\n")
        .slice(1, -1)
        .map((row) => row.split(",")[1]),
    );
    expect([...cells]).toEqual(["all", "industry=textiles", GERMANY, INDIA]);
  });

  test("a withheld cell says so, and nothing more", async () => {
    const { text } = await run("release show", { ...at, cell: OTHER });
    expect(text).toContain("it is under the floor, and in no total");
    expect(text).not.toContain(" % ");
  });

  test.each([
    { what: "a metric of no plan", options: { ...at, metric: "findings/minor" }, says: "is no metric of this plan" },
    { what: "a cell of no plan", options: { ...at, cell: "country=DE" }, says: "is no cell of this plan" },
    { what: "a drawing of two metrics", options: { ...at, svg: "x.svg" }, says: "a drawing shows one metric" },
    { what: "a file without its plan", options: { file: [ours.q1] }, says: "--plan and --file belong together" },
    { what: "another's plan", options: { plan: [theirs.plan], file: [ours.q1] }, says: "whose file is not given" },
    { what: "a plan that is none", options: { plan: [ours.q1], file: [ours.q1] }, says: "no plan's file" },
  ])("$what is refused in a sentence", async ({ options, says }) => {
    expect(reason(await run("release show", options))).toContain(says);
  });
});

describe("release trend and release add", () => {
  test("an arrow where the change exceeds the band", async () => {
    const { text } = await run("release trend", { plan: [ours.plan], file: [ours.q2, ours.q1], metric: WATER });
    expect(text).toMatch(/2026-Q1 -> 2026-Q2: .*: up [0-9]+ points, better \(band [0-9]+ points\)/);
  });
  test("one cohort is no trend", async () => {
    expect(reason(await run("release trend", at))).toContain("two cohorts");
  });
  test("files of different plans are no trend, unless their cells mean the same", async () => {
    const trend = (other: { plan: string; q2: string }) =>
      run("release trend", { plan: [ours.plan, other.plan], file: [ours.q1, other.q2] });
    expect(reason(await trend(made("fewer", { metrics: [WATER, CRITICAL, "findings/minor"] })))).toContain(
      "`findings/minor`",
    );
    expect(reason(await trend(theirs))).toContain("log.example/two");
    expect(reason(await trend(made("next", { marks: ["a year later"] })))).toBe("");
  });
  test("two consortia are one picture, with the narrower margin", async () => {
    const options = { plan: [ours.plan, theirs.plan], metric: WATER, cell: GERMANY };
    const sum = await run("release add", options, [ours.q1, theirs.q1]);
    const one = await run("release show", { ...at, metric: WATER, cell: GERMANY });
    const margin = (text: string): number => Number(/4 or better +[0-9]+ % \+- ([0-9]+)/.exec(text)?.[1]);
    expect(sum.text).toContain("log.example/one and log.example/two, 2026-Q1");
    expect(sum.text).toContain("counted twice");
    expect(margin(sum.text)).toBeLessThan(margin(one.text));
  });
  test("a file is not added to itself", async () => {
    expect(reason(await run("release add", { plan: [ours.plan] }, [ours.q1, ours.q1]))).toBe("two are of 2026-Q1");
  });
});

test("release page says the rules in sentences", async () => {
  const { text } = await run("release page", { plan: [ours.plan] });
  expect(text.split("\n")).toContain("No company counts for more than five suppliers.");
});

describe("release place", () => {
  const own = fileNamed(
    "own.csv",
    [
      "site,metric,value,date,country,industry",
      `Mill,${WATER},5,2026-02-01,DE,textiles`,
      `Loom,${WATER},2,2026-02-01,IN,textiles`,
      `Loom,${WATER},1,2025-02-01,IN,textiles`,
      `Late,${WATER},1,2026-04-01,DE,textiles`,
      `Bad,${WATER},9,2026-04-01,DE,textiles`,
      "",
    ].join("\n"),
  );

  test("each own supplier audited in the cohort stands among its peers, and a bad row is named", async () => {
    const { text, notes } = await run("release place", { ...at, own, metric: WATER });
    expect(text).toMatch(
      /your 2 suppliers audited then, on average: better than [0-9]+ % \+- [0-9]+ of all peers; of the peers without your own/,
    );
    expect(text).toMatch(/Mill, bin 5: better than more than 97 % \+- [0-9]+/);
    expect(text).not.toContain("Late, bin");
    expect(notes).toEqual([expect.stringContaining("own.csv:6:3: `9`: must be 1 to 5")]);
  });

  test("with no release yet: one's own distribution, one's own change and the descriptors, never an empty page", async () => {
    const grievance = "score/quasarix@1/grievance-mechanism";
    const file = fileNamed(
      "before.csv",
      `site,metric,value,date\nMill,${grievance},4,2026-02-01\nMill,${grievance},2,2025-02-01\n`,
    );
    const { text } = await run("release place", { own: file });
    for (const said of [
      "Nothing is published yet",
      "1 supplier of yours; 4 or better: 1; mean 4.0",
      "since the audit before: 1 better, 0 worse, 0 the same",
      "Can workers complain without fear",
    ])
      expect(text).toContain(said);
    expect(text).not.toContain(" % ");
  });

  test.each([
    { what: "neither a file nor audits", options: at, says: "say --own FILE or --from-audits" },
    { what: "both", options: { ...at, own, "from-audits": true }, says: "say --own FILE or --from-audits" },
    { what: "audits without a purpose", options: { ...at, "from-audits": true }, says: "--purpose is missing" },
  ])("$what is a usage error", async ({ options, says }) => {
    expect(reason(await run("release place", options))).toContain(says);
  });
});

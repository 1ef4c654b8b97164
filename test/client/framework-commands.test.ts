import path from "node:path";
import type { Command } from "@quasarix/client/cli/command.ts";
import { frameworkCommands } from "@quasarix/client/cli/framework.ts";
import { fileOf, SHIPPED } from "@quasarix/client/cli/framework-choice.ts";
import { readScores, scoresText } from "@quasarix/client/cli/score-text.ts";
import { frameworkBook } from "@quasarix/shared/benchmark/framework/book.ts";
import { QUASARIX_1 } from "@quasarix/shared/benchmark/framework/quasarix/first.ts";
import { quasarixReview } from "@quasarix/shared/benchmark/framework/quasarix/review.ts";
import { describe, expect, test } from "vitest";
import { hashOf } from "../policy/author-world.ts";

/** Of what comes along, so that there is no server to ask. */
async function run(words: string, positionals: readonly string[], options: Record<string, string> = {}) {
  const command = frameworkCommands.find((one) => one.words === words) as Command;
  const call = { positionals, options: { shipped: true, ...options }, home: path.sep, terminal: null as never };
  return command.run(call).catch((error: Error) => ({ text: `refused: ${error.message}`, value: null }));
}

describe("the frameworks that come along", () => {
  test("are listed with their versions, and shown with what a review changed", async () => {
    expect((await run("framework list", [])).text).toMatch(/quasarix@1 .*\nquasarix@2 /);
    const { text } = await run("framework show", ["quasarix@2"]);
    for (const said of ["climate-resilience", "critical", "What it changed in version 1:", "The bar rises by a level"])
      expect(text).toContain(said);
    expect((await run("framework show", ["quasarix@1"])).text).not.toContain("climate-resilience");
  });

  test("are files to publish: the review without the statement that nobody knows yet", async () => {
    expect((await run("framework show", ["quasarix@1"])).value).toEqual(QUASARIX_1);
    const review = (await run("framework show", ["quasarix"])).value as typeof QUASARIX_1;
    expect(review.version).toBe(2);
    expect(Object.keys(review.reviews ?? {})).toEqual(["changes", "mapping"]);
    const named = quasarixReview(hashOf("version 1"));
    expect(fileOf(named)).toEqual(named);
  });

  test.each(SHIPPED.flatMap(({ claims }) => claims.benchmarks.map(({ id }) => [`quasarix@${claims.version}`, id])))(
    "have in %s a page for whoever scores %s",
    async (framework, benchmark) => {
      const { text } = await run("framework guide", [benchmark as string], { framework: framework as string });
      for (const title of ["  1  ", "  5  ", "Where to look:", "How to score:", "What it has to rest on:"])
        expect(text).toContain(title);
      expect(text).toContain(`"scale":"urn:quasarix:framework:${framework}"`);
    },
  );

  test.each([
    ["framework guide", ["worker-vioce"], {}, "has no benchmark `worker-vioce`: data-sharing,"],
    ["framework guide", ["climate-resilience"], { framework: "quasarix@1" }, "quasarix@1 has no benchmark"],
    ["framework guide", ["worker-voice"], { framework: "quasarix@9" }, "no framework `quasarix@9` is published"],
    ["framework show", ["Quasarix 1"], {}, "`Quasarix 1` is no framework"],
    ["framework show", ["a", "b"], {}, "one argument too many"],
  ] as const)("%s %j %j: %s", async (words, positionals, options, says) => {
    expect((await run(words, positionals, options)).text).toContain(says);
  });
});

describe("scores in words", () => {
  const book = frameworkBook([QUASARIX_1, quasarixReview(hashOf("version 1"))]);
  const scale = "urn:quasarix:framework:quasarix@1";
  const living = { topic: "living-wage", scale, value: 4, original: "4" };
  const other = { topic: "pillar-1", scale: "percent", value: 80, original: "80 %" };
  const by = { provenance: "submitted-copy", assessorKind: "auditor" };
  const text = (entry: object, who: Parameters<typeof readScores>[1] = by) =>
    scoresText(readScores({ topics: [other, entry] }, who, book));

  test("stand under the version that they were given by, and below it under the next", () => {
    expect(text(living)).toEqual([
      `  Living-wage commitment, quasarix version 1: 4 of 5 (documents that were seen). ${QUASARIX_1.benchmarks[8]?.levels[3]?.says}`,
      expect.stringMatching(/^ {4}shown under version 2: 3 of 5\. A plan with a date/),
    ]);
  });

  test("are not said over again where the next version says the same", () => {
    expect(text({ ...living, topic: "worker-voice" })[1]).toBe("    shown under version 2: the same");
    expect(text({ ...living, topic: "grievance-mechanism", value: 2 })[1]).toContain("2 of 5. There is a channel, but");
  });

  test.each([
    ["what the audit says", { ...living, evidence: "third-party" }, by, "(a third party saw it for itself)"],
    [
      "no more than its author can see",
      { ...living, evidence: "third-party" },
      { ...by, assessorKind: "member" },
      "(documents",
    ],
    ["the supplier's own word", living, { ...by, provenance: "supplier-signed" }, "(the site's own word)"],
  ])("rest on %s", (_what, entry, who, says) => {
    expect(text(entry, who)[0]).toContain(says);
  });

  test("say nothing of what they rest on while it is not open whose they are", () => {
    expect(text(living, { ...by, assessorKind: null })[0]).toContain("4 of 5. A plan");
  });

  test("of other scales are left as they are, and an audit without any says nothing", () => {
    expect(readScores({ topics: [other] }, by, book)).toEqual([]);
    expect(readScores(undefined, by, book)).toEqual([]);
    expect(readScores({ overall: other }, by, book)).toEqual([]);
  });
});

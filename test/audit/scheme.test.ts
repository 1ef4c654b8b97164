import { CATALOGUE, isPublicScheme, schemeOf } from "@quasarix/shared/audit/scheme/catalogue.ts";
import {
  type CatalogueFile,
  catalogueFile,
  catalogueProblems,
  withFile,
} from "@quasarix/shared/audit/scheme/catalogue-file.ts";
import { coverage } from "@quasarix/shared/audit/scheme/coverage.ts";
import { atLeast, offScale, type Result } from "@quasarix/shared/audit/scheme/result.ts";
import type { Scheme } from "@quasarix/shared/audit/scheme/scheme.ts";
import { TOPICS } from "@quasarix/shared/audit/scheme/topic.ts";
import { type ValidityFacts, validityOf } from "@quasarix/shared/audit/scheme/validity.ts";
import { describe, expect, test } from "vitest";

const urn = (name: string): string => `urn:quasarix:scheme:${name}`;
const named = (name: string): Scheme => schemeOf(CATALOGUE, urn(name)) as Scheme;

describe("the public catalogue", () => {
  const file: CatalogueFile = {
    catalogue: 1,
    version: CATALOGUE.version,
    schemes: [...CATALOGUE.schemes],
    lines: [...CATALOGUE.lines],
  };

  test("is a catalogue file that holds together", () => {
    expect(catalogueFile.parse(file)).toEqual(file);
    expect(catalogueProblems(file, { version: "0", schemes: [], lines: [] })).toEqual([]);
  });

  test("has a line for every scheme, and no topic without a sentence", () => {
    for (const { id } of CATALOGUE.schemes)
      expect(
        CATALOGUE.lines.some(({ scheme }) => scheme === id),
        id,
      ).toBe(true);
    for (const says of Object.values(TOPICS)) expect(says).toMatch(/^[A-Z].*\.$/);
  });

  test("gives a clause and a dated source, or says `recalled` at the level of the topic; and always what is lost", () => {
    for (const line of CATALOGUE.lines) {
      const isSourced = line.clause !== undefined && line.source !== undefined && line.source.date !== "";
      expect(isSourced, `${line.scheme} ${line.version} ${line.topic}`).toBe(line.recalled === undefined);
      expect(line.loses).not.toBe("");
    }
  });

  test("knows which schemes others may be told of", () => {
    expect(isPublicScheme(urn("tfs"))).toBe(true);
    expect(isPublicScheme("urn:example:own")).toBe(false);
  });
});

describe("validity, from the day of the audit", () => {
  const bsci = (value: string): Result => ({ scale: "urn:quasarix:scale:amfori-bsci-grade", value });
  const rows: { what: string; scheme: string; over: Partial<ValidityFacts>; want: string }[] = [
    { what: "SMETA", scheme: "smeta", over: {}, want: "2027-01-31" },
    { what: "amfori BSCI, a `b`", scheme: "amfori-bsci", over: { result: bsci("b") }, want: "2028-01-31" },
    { what: "amfori BSCI, a D", scheme: "amfori-bsci", over: { result: bsci("D") }, want: "2027-01-31" },
    { what: "amfori BSCI, an E", scheme: "amfori-bsci", over: { result: bsci("E") }, want: "not known" },
    { what: "amfori BSCI, not open", scheme: "amfori-bsci", over: {}, want: "2027-01-31..2028-01-31" },
    {
      what: "amfori BSCI, B of another scale",
      scheme: "amfori-bsci",
      over: { result: { scale: "x", value: "B" } },
      want: "not known",
    },
    { what: "RBA", scheme: "rba", over: {}, want: "2028-01-31" },
    { what: "SA8000", scheme: "sa8000", over: {}, want: "2029-01-31" },
    { what: "TfS without findings", scheme: "tfs", over: { findings: [] }, want: "2029-01-31" },
    { what: "TfS, findings not open", scheme: "tfs", over: {}, want: "2026-01-31..2029-01-31" },
    {
      what: "TfS with a major one",
      scheme: "tfs",
      over: { findings: [{ level: 3, isClosed: false }] },
      want: "2027-01-31",
    },
    {
      what: "TfS with a critical one",
      scheme: "tfs",
      over: { findings: [{ level: 4, isClosed: false }] },
      want: "2026-01-31",
    },
    {
      what: "TfS with a closed critical one",
      scheme: "tfs",
      over: { findings: [{ level: 4, isClosed: true }] },
      want: "2029-01-31",
    },
    {
      what: "WRAP silver",
      scheme: "wrap",
      over: { result: { scale: "urn:quasarix:scale:wrap-level", value: "silver" } },
      want: "2026-07-31",
    },
  ];
  test.each(rows)("$what: $want", ({ scheme, over, want }) => {
    const { soonest, latest, isKnown } = validityOf(named(scheme), { auditFrom: "2026-01-31", ...over });
    const span = soonest === latest ? latest : `${soonest}..${latest}`;
    expect(isKnown ? span : "not known").toBe(want);
  });
});

describe("results are compared on their own scale, and on no other", () => {
  const rba = "urn:quasarix:scale:rba-vap";
  const grade = "urn:quasarix:scale:amfori-bsci-grade";
  test.each([
    { scheme: "rba", got: { scale: rba, value: 160 }, least: { scale: rba, value: 160 }, want: true },
    { scheme: "rba", got: { scale: rba, value: "159.9" }, least: { scale: rba, value: 160 }, want: false },
    { scheme: "rba", got: { scale: rba, value: 250 }, least: { scale: rba, value: 160 }, want: null },
    { scheme: "rba", got: { scale: "percent", value: 99 }, least: { scale: rba, value: 160 }, want: null },
    { scheme: "amfori-bsci", got: { scale: grade, value: "b" }, least: { scale: grade, value: "C" }, want: true },
    { scheme: "amfori-bsci", got: { scale: grade, value: "D" }, least: { scale: grade, value: "C" }, want: false },
    { scheme: "amfori-bsci", got: { scale: grade, value: "F" }, least: { scale: grade, value: "C" }, want: null },
    { scheme: "smeta", got: { scale: grade, value: "A" }, least: { scale: grade, value: "C" }, want: null },
  ])("$scheme: $got.value of $got.scale against $least.value: $want", ({ scheme, got, least, want }) => {
    expect(atLeast(named(scheme), got, least)).toBe(want);
  });

  test("a minimum off the scale hears what is on it", () => {
    expect(offScale(named("amfori-bsci"), { scale: grade, value: "F" })).toBe(
      "the grades of amfori BSCI are E, D, C, B, A, the worst first",
    );
    expect(offScale(named("smeta"), { scale: grade, value: "A" })).toBe("SMETA has no overall result");
    expect(offScale(named("rba"), { scale: grade, value: "A" })).toContain(rba);
    expect(offScale(named("rba"), { scale: rba, value: 180 })).toBe(null);
  });
});

describe("what an audit covers", () => {
  const of = (scheme: string, schemeVersion: string, topics: readonly string[]) =>
    coverage(CATALOGUE, { scheme: urn(scheme), schemeVersion, topics });

  test.each([
    { what: "what it states", got: of("smeta", "7.0", ["energy"]), topic: "energy", want: "stated" },
    { what: "nothing beside what it states", got: of("smeta", "7.0", ["energy"]), topic: "wages", want: undefined },
    { what: "a clause that it states", got: of("smeta", "7.0", ["5A"]), topic: "living-wage", want: "sourced" },
    { what: "no clause of another version", got: of("smeta", "6.0", ["5A"]), topic: "living-wage", want: undefined },
    { what: "what its scheme always does", got: of("sa8000", "2014", []), topic: "working-hours", want: "sourced" },
    { what: "no optional part", got: of("smeta", "7.0", []), topic: "business-ethics", want: undefined },
    {
      what: "an optional part that it states",
      got: of("smeta", "7.0", ["10C"]),
      topic: "business-ethics",
      want: "sourced",
    },
    {
      what: "of an unknown version only what is recalled",
      got: of("sa8000", "unknown", []),
      topic: "wages",
      want: "recalled",
    },
    { what: "nothing of an unknown scheme", got: of("nobodys", "1", []), topic: "wages", want: undefined },
    {
      what: "no code that it does not know",
      got: of("smeta", "7.0", ["H&S"]),
      topic: "health-and-safety",
      want: undefined,
    },
  ] as const)("$what", ({ got, topic, want }) => {
    expect(got.get(topic)).toBe(want);
  });
});

describe("a consortium's own catalogue file", () => {
  const own: Scheme = {
    id: "urn:example:looms",
    name: "Looms",
    owner: "Weavers",
    versions: ["1"],
    scales: [{ kind: "grades", id: "urn:example:weave", worstFirst: ["loose", "tight"], mark: "own" }],
    severities: null,
    validity: [{ months: 12, mark: "own" }],
    losses: [],
  };
  const line = { scheme: own.id, version: "1", topic: "wages", recalled: true, loses: "all" } as const;
  const fileOf = (over: object) => ({ catalogue: 1, version: "own", schemes: [own], lines: [line], ...over });
  const firstProblem = (value: unknown): string => {
    const read = catalogueFile.safeParse(value);
    if (!read.success) return `${read.error.issues[0]?.path.join(".")}: ${read.error.issues[0]?.message}`;
    const [first] = catalogueProblems(read.data, CATALOGUE);
    return first ? `${first.path}: ${first.message}` : "none";
  };

  test.each([
    { what: "a sound one", file: fileOf({}), want: "none" },
    {
      what: "a line without clause, source or mark",
      file: fileOf({ lines: [{ ...line, recalled: undefined }] }),
      want: "lines.0.recalled: needs a clause and a dated public source, or else the mark `recalled`",
    },
    {
      what: "a recalled line with a clause",
      file: fileOf({ lines: [{ ...line, clause: "1" }] }),
      want: "lines.0.clause: a recalled line stays at topic level: no clause, no source",
    },
    {
      what: "a source without a date",
      file: fileOf({
        lines: [{ ...line, recalled: undefined, clause: "1", source: { title: "A book", date: "lately" } }],
      }),
      want: "lines.0.source.date: must be YYYY, YYYY-MM or YYYY-MM-DD",
    },
    {
      what: "a line of a scheme that nobody has",
      file: fileOf({ lines: [{ ...line, scheme: "urn:example:other" }] }),
      want: "lines.0.scheme: no such scheme",
    },
    {
      what: "a line of a version that the scheme lacks",
      file: fileOf({ lines: [{ ...line, version: "2" }] }),
      want: "lines.0.version: Looms has 1",
    },
    {
      what: "a table of severities that is not there",
      file: fileOf({ schemes: [{ ...own, severities: "x@1" }] }),
      want: "schemes.0.severities: must be null or one of",
    },
    {
      what: "a validity by a grade that is not on the scale",
      file: fileOf({
        schemes: [
          { ...own, validity: [{ months: 1, result: { scale: "urn:example:weave", values: ["A"] }, mark: "own" }] },
        ],
      }),
      want: "schemes.0.validity.0.result.values: must be of loose, tight",
    },
    { what: "a scheme that stands twice", file: fileOf({ schemes: [own, own] }), want: "schemes.1.id: stands twice" },
    {
      what: "a topic that is not ours",
      file: fileOf({ lines: [{ ...line, topic: "looms" }] }),
      want: "lines.0.topic: must be one of our topics: forced-labour",
    },
  ])("$what", ({ file, want }) => {
    expect(firstProblem(file).slice(0, want.length)).toBe(want);
  });

  test("stands in place of a public scheme of the same id, with all its lines", () => {
    const smeta = { ...own, id: urn("smeta"), scales: [] };
    const mixed = withFile(CATALOGUE, { catalogue: 1, version: "own", schemes: [smeta], lines: [] });
    expect(schemeOf(mixed, urn("smeta"))?.name).toBe("Looms");
    expect(mixed.lines.filter(({ scheme }) => scheme === urn("smeta"))).toEqual([]);
    expect(mixed.lines.some(({ scheme }) => scheme === urn("sa8000"))).toBe(true);
  });
});

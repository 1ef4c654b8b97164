import { formatBundle } from "@quasarix/shared/statement/bundle.ts";
import { exportOf, formatExport, parseExport, parseExportStatement } from "@quasarix/shared/statement/export.ts";
import { verifyBundle } from "@quasarix/shared/statement/verify-bundle.ts";
import { verifyExport } from "@quasarix/shared/statement/verify-export.ts";
import { webVerify } from "@quasarix/shared/webcrypto.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "../runs.ts";
import { type WorldOptions, world } from "./consortium.ts";

const verify = webVerify(crypto);

const walk = [{ seq: 0, index: 4, admittedAt: 1_700_000_000_000, header: "AA", nonce: "AA" }];

async function exported(options: WorldOptions = {}) {
  const { bundle, pin } = await world(options);
  return { bundle, pin, file: formatExport(exportOf([bundle, bundle], walk)) };
}

test("what is written is read as it was", async () => {
  const { bundle, file } = await exported({ erased: ["people"] });
  expect(parseExport(file)).toEqual({ ok: true, value: exportOf([bundle, bundle], walk) });
});

test("the shared parts stand in it once", async () => {
  const { bundle, file } = await exported();
  const note = bundle.proof.slice(bundle.proof.indexOf("\n\n") + 2);
  expect(file.split(JSON.stringify(note).slice(1, -1))).toHaveLength(2);
  expect(file.split("quorum")).toHaveLength(2);
});

test.each<{ what: string; options: WorldOptions; exit: number }>([
  { what: "in order", options: {}, exit: 0 },
  { what: "with an erased section", options: { erased: ["people"] }, exit: 0 },
  { what: "under a lost key", options: { auditor: { loss: 4 } }, exit: 4 },
])("an export $what says of each statement what its bundle says", async ({ options, exit }) => {
  const { bundle, pin, file } = await exported(options);
  const alone = await verifyBundle(formatBundle(bundle), [pin], verify);
  const verdict = await verifyExport(file, [pin], verify);
  expect([verdict.exit, alone.exit]).toEqual([exit, exit]);
  expect(verdict.asOf).toBe(alone.asOf);
  for (const finding of verdict.findings) {
    expect(finding).toMatchObject({ index: alone.index, admittedAt: alone.admittedAt, sections: alone.sections });
  }
});

test("under no pin it is consistent, never valid", async () => {
  const { file } = await exported();
  expect((await verifyExport(file, [], verify)).exit).toBe(3);
});

test.each<{ what: string; spoil: (lines: string[]) => string[]; line: number; reason: string }>([
  { what: "white space", spoil: ([a = "", ...b]) => [a, ` ${b[0]}`, ...b.slice(1)], line: 2, reason: "not-exact" },
  { what: "no head", spoil: ([, ...b]) => b, line: 1, reason: "not-exact" },
  { what: "no final LF", spoil: (lines) => lines.slice(0, -1), line: 4, reason: "not-exact" },
  {
    what: "a walk line before a statement",
    spoil: ([a = "", b = "", c = "", d = "", e = ""]) => [a, d, b, c, e],
    line: 3,
    reason: "not-exact",
  },
])("$what is refused, with its line", async ({ spoil, line, reason }) => {
  const { pin, file } = await exported();
  const verdict = await verifyExport(spoil(file.split("\n")).join("\n"), [pin], verify);
  expect(verdict).toMatchObject({ exit: 1, refused: { line, reason } });
});

test.each<[what: string, line: string, isRead: boolean]>([
  ["as it is written", '{"presentation":"a.b.c~","proof":"p\\n\\n"}', true],
  ["with what has to be escaped, escaped", '{"presentation":"\\"\\\\\\u0000","proof":"\\""}', true],
  ["with an escape that nothing needs", '{"presentation":"\\u0061.b.c~","proof":""}', false],
  ["with the long form of a short escape", '{"presentation":"a","proof":"\\u000a"}', false],
  ["with a bare control character", '{"presentation":"a\tb","proof":""}', false],
  ["with white space", '{"presentation":"a", "proof":""}', false],
  ["with its members turned", '{"proof":"","presentation":"a"}', false],
  ["with a member twice", '{"presentation":"b","presentation":"a","proof":""}', false],
  ["with a member twice, the last being all of the first", '{"presentation":"a","proof":"","presentation":"a"}', false],
  ["with a member more", '{"presentation":"a","proof":"","more":1}', false],
  ["with no erasures spelt out", '{"presentation":"a","proof":"","erasures":[]}', false],
])("a statement's line %s", (_, line, isRead) => {
  expect(parseExportStatement(line) !== null).toBe(isRead);
});

test("a line is read exactly where writing it gives it again", () => {
  const text = fc.string({ unit: fc.constantFrom(...'aZ~."\\\n\0\u2028\ud800é'), maxLength: 6 });
  const spelling = fc.constantFrom(
    (one: string) => JSON.stringify(one),
    (one: string) => `"${one}"`,
    (one: string) => `"${one.replaceAll("a", "\\u0061")}"`,
  );
  fc.assert(
    fc.property(text, text, spelling, spelling, (presentation, proof, first, second) => {
      const line = `{"presentation":${first(presentation)},"proof":${second(proof)}}`;
      const read = parseExportStatement(line);
      const isExact = line.isWellFormed() && line === JSON.stringify({ presentation, proof });
      if (isExact) expect(read).toEqual({ presentation, proof, erasures: [] });
      else if (read) expect(JSON.stringify({ presentation: read.presentation, proof: read.proof })).toBe(line);
    }),
    { numRuns: 2000 },
  );
});

test("the second statement spoilt is named by its line and step", async () => {
  const { pin, file } = await exported();
  const lines = file.split("\n");
  lines[2] = (lines[2] as string).replace(/~[^~]{20}/, "~");
  const verdict = await verifyExport(lines.join("\n"), [pin], verify);
  expect(verdict).toMatchObject({ exit: 1, refused: { line: 3, step: "disclosures" } });
});

test("a row that none of its statements needs is refused", async () => {
  const { bundle, pin } = await world();
  const other = await world({ erased: ["people"] });
  const stranger = formatExport(exportOf([bundle], [])).split("\n");
  const head = formatExport(exportOf([other.bundle], [])).split("\n")[0] as string;
  const verdict = await verifyExport([head, ...stranger.slice(1)].join("\n"), [pin], verify);
  expect(verdict.exit).toBe(1);
});

test("bundles under two checkpoints make no export", async () => {
  const { bundle } = await world();
  const later = { ...bundle, proof: bundle.proof.replace("\n\n", "\n\nx") };
  expect(() => exportOf([bundle, later], [])).toThrow(RangeError);
});

test("one flipped bit before the walk never leaves it valid", async () => {
  const { bundle, pin } = await world();
  const file = Buffer.from(formatExport(exportOf([bundle], [])));
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: file.length * 8 - 1 }), async (bit) => {
      const spoilt = Buffer.from(file);
      spoilt[bit >> 3] = (spoilt[bit >> 3] as number) ^ (1 << (bit & 7));
      return (await verifyExport(new Uint8Array(spoilt), [pin], verify)).exit !== 0;
    }),
    { numRuns: runs(300, 20_000) },
  );
});

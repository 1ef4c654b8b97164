import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Command, Ended } from "@quasarix/client/cli/command.ts";
import { policyCommands } from "@quasarix/client/cli/policy.ts";
import { schemeCommands } from "@quasarix/client/cli/scheme.ts";
import { CATALOGUE } from "@quasarix/shared/audit/scheme/catalogue.ts";
import { PRESETS } from "@quasarix/shared/duplicate/presets.ts";
import { afterAll, describe, expect, test } from "vitest";

const folder = mkdtempSync(path.join(os.tmpdir(), "quasarix-policy-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (name: string, value: unknown): string => {
  const file = path.join(folder, name);
  writeFileSync(file, typeof value === "string" ? value : JSON.stringify(value));
  return file;
};

const terminal = null as never;

/** Without a process of its own: what it says, or the sentence of its usage error. */
async function run(words: string, positionals: readonly string[], options: Record<string, string> = {}) {
  const command = [...policyCommands, ...schemeCommands].find((one) => one.words === words) as Command;
  const ended: Ended | Error = await command
    .run({ positionals, options, home: path.join(folder, "home"), terminal })
    .catch((error: Error) => error);
  return ended instanceof Error ? { refused: ended.message, text: "" } : { refused: null, text: ended.text };
}

const own = { ...CATALOGUE.schemes[0], id: "urn:example:looms", name: "Looms", severities: null, versions: ["1"] };
const line = { scheme: own.id, version: "1", topic: "wages", recalled: true, loses: "all" };
const catalogue = { catalogue: 1, version: "ours", schemes: [own], lines: [line] };

describe("policies and schemes without an account", () => {
  test("a preset comes as a file that is a sound policy", async () => {
    const { text } = await run("policy presets", ["slcp-verified"]);
    expect(JSON.parse(text)).toEqual(PRESETS["slcp-verified"].policy);
    expect((await run("policy check", [fileOf("sound.json", text)])).refused).toBe(null);
    expect((await run("policy presets", [])).text).toContain("any-recent");
  });

  test("a policy that is none hears of every problem at its place", async () => {
    const spoilt = { ...PRESETS["slcp-verified"].policy, topics: ["H&S"], maxAgeMonths: 0 };
    const { refused } = await run("policy check", [fileOf("spoilt.json", spoilt)]);
    for (const said of ["topics.0: must be one of forced-labour", "maxAgeMonths: must be 1 to 120"])
      expect(refused).toContain(said);
  });

  test("a scheme is shown with its crosswalk: sources where there are any, and what is lost", async () => {
    const { text } = await run("scheme show", ["sa8000"]);
    for (const said of ["clause 1, Social Accountability International", "recalled", "what is lost"])
      expect(text).toContain(said);
    expect((await run("scheme show", ["looms"])).refused).toContain("no scheme `looms`");
  });

  test("the example of a catalogue holds together", async () => {
    const example = path.resolve(import.meta.dirname, "../../schemes/example.json");
    expect(await run("scheme check", [example])).toEqual({
      refused: null,
      text: "1 schemes, 2 lines; it holds together\n",
    });
  });

  test("a catalogue of one's own is checked, kept, and found again", async () => {
    const file = fileOf("looms.json", catalogue);
    expect((await run("scheme list", [], { catalogue: file })).text).toContain("Looms");
    expect((await run("scheme list", [])).text).not.toContain("Looms");
    expect((await run("scheme import", [file])).refused).toBe(null);
    expect((await run("scheme list", [])).text).toContain("Looms");
    const spoilt = fileOf("spoilt-looms.json", { ...catalogue, lines: [{ ...line, recalled: undefined }] });
    const { refused } = await run("scheme check", [spoilt]);
    expect(refused).toContain("lines.0.recalled: needs a clause and a dated public source");
  });
});

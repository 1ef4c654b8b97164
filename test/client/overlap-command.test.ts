import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { application } from "@quasarix/client/membership.ts";
import { afterAll, describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(os.tmpdir(), "quasarix-overlap-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEAD = "Site name,Country,Scheme,Audit date\n";
const inFolder = (name: string, content: string): string => {
  writeFileSync(path.join(folder, name), content);
  return name;
};

/** Nothing answers at the address: whatever was sent would fail. */
const API = "http://127.0.0.1:1";

function overlap(...args: readonly string[]) {
  const run = spawnSync(process.execPath, [path.join(root, "packages/client/src/cli/main.ts"), "overlap", ...args], {
    cwd: folder,
    env: { ...process.env, QUASARIX_HOME: path.join(folder, "home") },
  });
  return { exit: run.status, out: run.stdout.toString(), err: run.stderr.toString() };
}

describe("before anything is sent", () => {
  test.each([
    { what: "a file that is not there", args: ["nothing.csv"], says: "there is no such file" },
    { what: "a file without sites", text: "a,b\n1,2\n", says: "no header row names a site" },
    { what: "dates that could be two days", text: `${HEAD}Mill,DE,SMETA,3/4/2026\n`, says: "--dates dmy" },
    { what: "an order of dates that is none", text: HEAD, args: ["--dates", "ymd"], says: "--dates is dmy|mdy" },
    { what: "a country that is none", text: HEAD, args: ["--country", "Atlantis"], says: "is no country" },
    { what: "nobody's list", text: `${HEAD}Mill,DE,,\n`, says: "give --name and --api" },
  ])("$what is a usage error", ({ text, args = [], says }) => {
    const file = text === undefined ? [] : [inFolder("list.csv", text)];
    const ended = overlap(...file, ...args, ...(says.startsWith("give") ? [] : ["--preview"]));
    expect([ended.exit, ended.err]).toEqual([2, expect.stringContaining(says)]);
  });

  test("the preview says what was understood, to people and as JSON, and needs no identity", () => {
    const file = inFolder("good.csv", `${HEAD}Mill,DE,SMETA,30/4/2026\nMill 2,Atlantis,,\n`);
    const shown = overlap(file, "--preview");
    expect([shown.exit, shown.err]).toEqual([0, ""]);
    expect(shown.out).toContain("Dates in Audit date: day first");
    const { columns, rows, problems } = JSON.parse(overlap(file, "--preview", "--json").out);
    expect(columns).toHaveLength(4);
    expect(rows).toBe(1);
    expect(problems).toMatchObject([{ line: 3, column: 2, field: "Country" }]);
  });

  test("keys are made on the spot, the application holds none of them, and the next step is named", () => {
    const file = inFolder("first.csv", `${HEAD}Mill,DE,,\n`);
    const made = overlap(file, "--name", "Birch Retail", "--api", API);
    expect([made.exit, made.out]).toEqual([
      0,
      expect.stringContaining("quasarix org join birch-retail.admission.json"),
    ]);
    const text = readFileSync(path.join(folder, "birch-retail.application.json"), "utf8");
    expect(application.parse(JSON.parse(text))).toMatchObject({ name: "Birch Retail", kind: "member" });
    expect(text).not.toContain('"d"');
    const again = overlap(file, "--yes");
    expect([again.exit, again.err]).toEqual([2, expect.stringContaining("is not admitted yet")]);
  });
});

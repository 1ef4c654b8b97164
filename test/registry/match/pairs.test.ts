import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, test } from "vitest";

const PROGRAM = path.resolve(import.meta.dirname, "../../../bin/quasarix.mjs");

function match(...lines: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [PROGRAM, "site", "match", "--pairs", "-"], {
    input: `${lines.join("\n")}\n`,
    encoding: "utf8",
  });
  return { rows: stdout.split("\r\n").filter((row) => row !== ""), stderr, status };
}

const HEADER = "id,name_a,address_a,country_a,name_b,address_b,country_b,lat_a,lng_a,lat_b,lng_b";
const GOOD =
  '1,Acme Ltd,"Plot 12, Oak Road, Savar",BD,ACME LIMITED,Plot 12 Oak Rd Savar,Bangladesh,23.8,90.2,23.8,90.2';

describe("quasarix site match --pairs", () => {
  test("echoes each row with a verdict, a score and reasons", () => {
    const { rows, status } = match(HEADER, GOOD);
    expect(status).toBe(0);
    expect(rows[0]).toBe(`${HEADER},verdict,score,reasons`);
    expect(rows[1]).toMatch(
      /^1,Acme Ltd,"Plot 12, Oak Road, Savar",.*,same,0\.\d{4},names have the same words; addresses are the same; 0 m apart$/,
    );
  });

  test("names bad rows by line and goes on", () => {
    const bad = "2,,here,BD,Acme,there,BD,,,,";
    const { rows, stderr, status } = match(HEADER, bad, "3,too,few", GOOD, "4,A Mill,x,BD,A Mill,x,BD,999,1,1,1");
    expect(status).toBe(1);
    expect(rows).toHaveLength(4);
    expect(rows[1]).toContain(",unknown,0.0000,name_a is empty");
    expect(stderr).toContain("problem -:2:2 (name_a): a name is needed");
    expect(stderr).toContain("problem -:3:4");
    expect(stderr).toContain("problem -:5:8 (lat_a)");
  });

  test("says which column is missing", () => {
    const { stderr, status } = match("a,b", "1,2");
    expect(status).toBe(2);
    expect(stderr).toContain("`name_a`");
  });
});

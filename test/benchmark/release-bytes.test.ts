import { readRelease, writeRelease } from "@quasarix/shared/benchmark/release-bytes.ts";
import type { ReleaseFile } from "@quasarix/shared/benchmark/release-file.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { describe, expect, test } from "vitest";
import { built, hashOf, pool } from "./small-release.ts";

const file: ReleaseFile = {
  planHash: hashOf("plan"),
  cohort: "2026-Q1",
  cells: [{ path: "all", metric: "findings/critical", bins: [12, -3, 0, 5, 40] }],
  withheld: [{ path: "industry=x", metric: "remediation/days" }],
};
const spelled = `{"planHash":"${file.planHash}","cohort":"2026-Q1","cells":[{"path":"all","metric":"findings/critical","bins":[12,-3,0,5,40]}],"withheld":[{"path":"industry=x","metric":"remediation/days"}]}`;

describe("a release's file", () => {
  test("is compact JSON, its members in the order of BENCHMARKS 1.1", () => {
    expect(new TextDecoder().decode(writeRelease(file))).toBe(spelled);
  });

  test("is written in that order whatever the order of the object's members", () => {
    const turned = { withheld: file.withheld, cells: file.cells, cohort: file.cohort, planHash: file.planHash };
    expect(writeRelease(turned)).toEqual(writeRelease(file));
  });

  test("comes back as it was", () => {
    expect(readRelease(utf8(spelled))).toEqual({ ok: true, value: file });
    const release = built(pool());
    expect(readRelease(release.bytes)).toEqual({ ok: true, value: release.file });
  });

  test.each([
    ["with a final LF", `${spelled}\n`, "not-exact"],
    ["with a space", spelled.replace(":", ": "), "not-exact"],
    ["with -0", spelled.replace(",0,", ",-0,"), "not-exact"],
    ["with an exponent", spelled.replace("40]", "4e1]"), "not-exact"],
    ["with an escape", spelled.replace("all", "\\u0061ll"), "not-exact"],
    [
      "with members in another order",
      spelled.replace(/"path":"all",("metric":"[^"]*")/, '$1,"path":"all"'),
      "not-exact",
    ],
    ["with a fraction", spelled.replace("40]", "40.5]"), "form"],
    ["with a whole number written as a fraction", spelled.replace("40]", "40.0]"), "not-exact"],
    ["with a number beyond what is exact", spelled.replace("40]", "9007199254740993]"), "form"],
    ["with four bins", spelled.replace(",40]", "]"), "form"],
    ["with six bins", spelled.replace(",40]", ",40,1]"), "form"],
    ["with a member more", spelled.replace("}]}", '}],"n":8}'), "form"],
    ["with a count beside the bins", spelled.replace(',"bins"', ',"counted":54,"bins"'), "form"],
    ["with a member twice", spelled.replace(',"cohort"', ',"cohort":"2026-Q2","cohort"'), "json"],
    ["with a byte-order mark", `\uFEFF${spelled}`, "json"],
    ["cut short", spelled.slice(0, -1), "json"],
    ["empty", "", "json"],
  ])("%s is refused", (_, text, failure) => {
    expect(text).not.toBe(spelled);
    expect(readRelease(utf8(text))).toEqual({ ok: false, failure });
  });

  test("that is no UTF-8 is refused", () => {
    const bytes = utf8(spelled);
    bytes[spelled.indexOf("all")] = 0xff;
    expect(readRelease(bytes)).toEqual({ ok: false, failure: "json" });
  });
});

import { chartOf } from "@quasarix/shared/benchmark/use/chart.ts";
import { chartSvg } from "@quasarix/shared/benchmark/use/chart-svg.ts";
import { chartText } from "@quasarix/shared/benchmark/use/chart-text.ts";
import { noiseVariance } from "@quasarix/shared/benchmark/use/estimate.ts";
import { figuresOf } from "@quasarix/shared/benchmark/use/figures.ts";
import { describe, expect, test } from "vitest";
import { DAYS, WATER } from "./files.ts";

const MARK = "imported by members, not a sample";

function chart(
  metric = WATER,
  branch = "industry=textiles",
  bins: [number, number, number, number, number] = [-2, 10, 20, 30, 40],
) {
  const figures = figuresOf(metric, { bins, noise: noiseVariance([2, 1]) });
  if (!figures) throw new Error("no figures");
  return chartOf({ cohort: "2026-Q1", branch, metric, figures, says: ["8 or more companies", MARK] }, 5);
}

describe("on the terminal", () => {
  test.each([40, 60, 80, 200])("no line of a chart of scores is wider than %i columns", (columns) => {
    const bars = chartText(chart(), columns)
      .split("\n")
      .filter((line) => /[=#-]{3}/.test(line));
    expect(bars.length).toBeGreaterThanOrEqual(3);
    for (const line of bars) expect(line.length).toBeLessThanOrEqual(columns);
  });

  test("a bar shows the share and both ends of its margin, without colour", () => {
    const line =
      chartText(chart(), 80)
        .split("\n")
        .find((it) => it.startsWith("  5 ")) ?? "";
    expect(line).toMatch(/^ {2}5 +40 % \+- [0-9]+ +=+#+-+$/);
  });

  test("the table stands beside it: median and quartiles in words", () => {
    const text = chartText(chart(), 80);
    for (const word of ["4 or better", "mean", "lower quartile", "median", "upper quartile"])
      expect(text).toContain(word);
  });
});

describe("as SVG", () => {
  const svg = chartSvg(chart(DAYS, 'industry="a&b"<x>'), "days");
  test("it has a title and a description that says every figure, for who does not see it", () => {
    expect(svg).toMatch(/role="img" aria-labelledby="days-title days-desc"/);
    const said = /<desc id="days-desc">(?<says>[^<]*)<\/desc>/.exec(svg)?.groups?.["says"] ?? "";
    expect(said.match(/[0-9]+ % \+- [0-9]+/g)).toHaveLength(5);
    expect(said).toContain("8 or more companies");
    expect(said).toContain(MARK);
  });
  test("the table is in the drawing too", () => {
    for (const words of ["closed within 60 days", "median", "more than 180, or open"])
      expect(svg).toContain(`>${words}</text>`);
  });
  test("a name steers nothing: it is text", () => {
    expect(svg).toContain("industry &quot;a&amp;b&quot;&lt;x&gt;");
    expect(svg).not.toContain("<x>");
  });
  test("every element is closed, and nothing is fetched from elsewhere", () => {
    const open: string[] = [];
    for (const [, close, name, self] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
      if (close === "/") expect(open.pop()).toBe(name);
      else if (self !== "/") open.push(name as string);
    }
    expect(open).toEqual([]);
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/http|href|url\(|<script|<style/);
  });
  test("no bar leaves the drawing", () => {
    const numbers = [...svg.matchAll(/ (?:x|width)="([0-9]+)"/g)].map(([, found]) => Number(found));
    expect(Math.max(...numbers)).toBeLessThanOrEqual(1080);
  });
});

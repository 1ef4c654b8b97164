import { anothersText } from "@quasarix/client/cli/overlap-text.ts";
import { answersCsv, rowAnswers } from "@quasarix/client/overlap-answers.ts";
import { placeKey } from "@quasarix/client/overlap-places.ts";
import type { SiteOverlap } from "@quasarix/shared/duplicate/overlap.ts";
import { expect, test } from "vitest";

const place = (name: string) => ({ name, country: "BD", city: "Dhaka" });
const answer = (site: string, state: SiteOverlap["state"], own = false): SiteOverlap => ({
  site,
  state,
  own,
  age: state === "usable" ? "6-12" : null,
  missing: state === "usable" ? ["wages", "hours"] : null,
});

const KNOWN: readonly [name: string, known: SiteOverlap | null, says: string][] = [
  ["Mill 1", answer("s1", "usable"), "usable (another member's audit),6-12,wages hours"],
  ["Mill 2", answer("s2", "usable", true), "usable (your own audit),6-12,wages hours"],
  ["Mill 3", answer("s3", "yes"), "usable (another member's audit),,"],
  ["Mill 4", answer("s4", "planned"), "planned by another member,,"],
  ["Mill 5", answer("s5", "expired", true), "expired (your own audit),,"],
  ["Mill 6", answer("s6", "unknown"), "nothing known,,"],
  ["Mill 7", answer("s7", "no"), "no usable audit,,"],
  ["Mill 8", null, "no site yet,,"],
];
const rows = KNOWN.map(([name], i) => ({ line: i + 2, place: place(name) }));
const sites = new Map(KNOWN.flatMap(([name, known]) => (known ? [[placeKey(place(name)), known.site]] : [])));
const answers = rowAnswers(rows, sites, KNOWN.flatMap(([, known]) => (known ? [known] : [])).toReversed());

test("every row has its answer in words, in the order of the file", () => {
  const lines = KNOWN.map(([name, known, says], i) => `${i + 2},${name},Dhaka,BD,${known?.site ?? ""},${says}`);
  expect(answersCsv(answers).split("\r\n")).toEqual([
    "line,name,city,country,site,audit,age in months,missing topics",
    ...lines,
    "",
  ]);
});

test("people read where another's audit stands, and what to do next", () => {
  expect(anothersText(answers, undefined)).toBe(`Audited already, by another member's audit:
  line 2  Mill 1  s1
  line 4  Mill 3  s3
\`quasarix request ask --site SITE\` asks the supplier to show it to you
\`--answers FILE.csv\` writes the answer row by row
`);
  expect(anothersText([], "answers.csv")).toBe("Row by row: answers.csv\n");
});

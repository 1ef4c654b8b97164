import { test } from "vitest";
import { openRule } from "./looks.ts";
import { PATIENCE, sized } from "./measured.ts";
import { measureGuesses } from "./supplier-guess.ts";

const RELEASES = sized(1_500, 20_000, 100_000);

test.each([
  ["of eight companies or more", 12],
  ["of five to seven companies", 6],
])("R4, one score where the attacker knows all others, profile %s", { timeout: PATIENCE }, (profile, members) => {
  const known = [1, 2, 3, 4].map((value) => ({ sponsor: `org_${value}`, value }));
  const rule = openRule(members);
  measureGuesses({
    test: "R4",
    others: `mixed, profile ${profile}`,
    known,
    sponsor: "org_victim",
    releases: RELEASES,
    rule,
  });
});

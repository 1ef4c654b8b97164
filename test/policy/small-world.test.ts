import { AUDIT_SECTIONS } from "@quasarix/shared/policy/sections.ts";
import { expect, test } from "vitest";
import { mergedTree, places } from "./merged-tree.ts";
import { AXES, saidAt, scopeAt } from "./small-world.ts";

const COUNT = AXES.reduce((product, [, values]) => product * values.length, 1);

const HEADER = `Who sees what of an audit, in a world of three organisations: mill (supplier of both sites), firm (auditor), cedar (member).
All ${COUNT.toLocaleString("en")} combinations of
${AXES.map(([name, values]) => `  ${name}: ${values.join(" | ")}`).join("\n")}
are below. Values between which nothing differs share a line, an axis that changes nothing is not asked, and \`any other\`
is every value not named beside it. Who changes an answer checks the table against DESIGN 8 and writes it anew with
npm run test:node -- test/policy/small-world -u
`;

test("every answer of the small world is that of the table", async () => {
  await expect(`${HEADER}\n${mergedTree(AXES, saidAt).join("\n")}\n`).toMatchFileSnapshot("small-world.txt");
});

/** Asking eight times over is dear: in `npm test` every seventh place, with LONG=1 all. */
const EVERY = process.env["LONG"] === "1" ? 1 : 7;

test(`asking for one section opens it where asking for all does, and no other (1 in ${EVERY})`, () => {
  let [wrong, at] = [0, 0];
  for (const place of places(AXES)) {
    at += 1;
    if (at % EVERY !== 0) continue;
    const all = scopeAt(place)?.sections ?? [];
    for (const name of AUDIT_SECTIONS) {
      const one = scopeAt(place, [name])?.sections ?? [];
      if (one.join() !== (all.includes(name) ? name : "")) wrong += 1;
    }
  }
  expect(wrong).toBe(0);
});

import { isDeepStrictEqual } from "node:util";
import { type Decision, decide } from "@quasarix/shared/policy/decide.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isMutated, runs } from "../runs.ts";
import { ASKS, type Case, someCase } from "./cases.ts";
import { askCedar, teachCedar } from "./cedar.ts";
import { BUGS, NO_BUG, planted, RECEIPT_BUGS } from "./planted.ts";
import { type Opinion, type Question, secondOpinion } from "./second-opinion.ts";

const RUNS = runs(2_000, 20_000);
const CASES = RUNS * ASKS;

function opinionOf({ scope }: Decision): Opinion | null {
  if (scope === null) return null;
  const { sections, because, validUntil, origin, receipt } = scope;
  return { sections, because, validUntil, origin, receipt };
}

const questionsOf = ({ facts, asks }: Case) => asks.map((one) => ({ facts, ...one }));
type Asked = ReturnType<typeof questionsOf>[number];

const inRows = (question: Question) => secondOpinion(question)?.sections ?? [];
const inDecide = ({ facts, ask, now }: Asked, by = decide) => [...(by(facts, ask, now).scope?.sections ?? [])];

test(`decide, a table of rows and Cedar agree over ${CASES.toLocaleString("en")} cases`, { timeout: 900_000 }, () => {
  let [cases, open] = [0, 0];
  fc.assert(
    fc.property(someCase, (one) => {
      teachCedar(one.facts);
      for (const question of questionsOf(one)) {
        const opinion = opinionOf(decide(question.facts, question.ask, question.now));
        expect(opinion).toEqual(secondOpinion(question));
        expect(askCedar(question)).toEqual(opinion?.sections ?? []);
        cases += 1;
        if (opinion) open += 1;
      }
    }),
    { numRuns: RUNS },
  );
  console.log(`${cases.toLocaleString("en")} cases, of which ${open.toLocaleString("en")} open something`);
  expect(cases).toBe(CASES);
  expect(open / cases).toBeGreaterThan(0.3);
  expect(open / cases).toBeLessThan(0.8);
});

/** Does some generated case tell the two apart? */
const apart = (tells: (question: Asked) => boolean, { most = 4000, teach = (_: Case["facts"]) => {} } = {}): boolean =>
  fc.check(
    fc.property(someCase, (one) => {
      teach(one.facts);
      return !questionsOf(one).some(tells);
    }),
    // The same cases each time: that a planted slip shows is not left to chance.
    { numRuns: most, seed: 5, endOnFailure: true },
  ).failed;

const text = JSON.stringify;

describe.skipIf(isMutated)("a bug planted in decide makes them disagree", () => {
  test.each(BUGS)("$says", async (bug) => {
    const spoilt = await planted(bug);
    const from = (other: (question: Question) => readonly string[], how = {}) =>
      apart((it) => text(inDecide(it, spoilt)) !== text(other(it)), how);
    expect({ rows: from(inRows), cedar: from(askCedar, { teach: teachCedar }) }).toEqual({ rows: true, cedar: true });
  });

  test.each(RECEIPT_BUGS)("$says", async (bug) => {
    expect(tellsReceipts(await planted(bug))).toBe(true);
  });

  test("and a copy without a bug does not", async () => {
    expect(tellsReceipts(await planted(NO_BUG), { most: runs(1_000, 4_000) })).toBe(false);
  });
});

const tellsReceipts = (by: typeof decide, how = {}): boolean =>
  apart((it) => !isDeepStrictEqual(opinionOf(by(it.facts, it.ask, it.now)), secondOpinion(it)), how);

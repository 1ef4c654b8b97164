import { CATALOGUE } from "@quasarix/shared/audit/scheme/catalogue.ts";
import type { Scheme } from "@quasarix/shared/audit/scheme/scheme.ts";
import { stepSays, whatWouldMakeItAcceptable } from "@quasarix/shared/duplicate/acceptable.ts";
import { type Evaluation, evaluate } from "@quasarix/shared/duplicate/evaluate.ts";
import { REASONS, reasonSays, weightOf } from "@quasarix/shared/duplicate/reasons.ts";
import { describe, expect, test } from "vitest";
import { RULES, type Rule } from "./evaluate-rows.ts";
import { fittingAudit, fittingPolicy, TODAY } from "./evaluate-world.ts";

const evaluated = ({ change }: Rule, scheme: Scheme): Evaluation | null => {
  const changed = change(scheme);
  if (!changed) return null;
  const policy = { ...fittingPolicy(scheme.id), ...changed.policy };
  return evaluate(policy, { ...fittingAudit(scheme), ...changed.audit }, TODAY);
};

const cases = CATALOGUE.schemes
  .flatMap((scheme) =>
    RULES.map((rule) => ({ scheme: scheme.name, rule: rule.rule, want: rule, got: evaluated(rule, scheme) })),
  )
  .filter(({ got }) => got !== null);

describe("each rule, of each scheme", () => {
  test.each(cases)("an audit under $scheme that $rule", ({ want, got }) => {
    expect(got?.verdict).toBe(want.verdict);
    expect(got?.reasons.map(({ code }) => code)).toEqual(want.codes);
  });
});

test("every reason has its rule", () => {
  const shown = new Set(RULES.flatMap(({ codes }) => codes));
  expect([...shown].sort()).toEqual(Object.keys(REASONS).sort());
});

test("only what rejects makes a rejection, and what is not accepted has a step towards it", () => {
  for (const { got } of cases) {
    const { verdict, reasons } = got as Evaluation;
    expect(reasons.some((one) => weightOf(one) === "rejects")).toBe(verdict === "reject");
    expect(whatWouldMakeItAcceptable({ reasons }).length > 0).toBe(verdict !== "accept");
  }
});

const HEADER = `What buyer and supplier both read, rule by rule and scheme by scheme: the verdict, the last day on which it holds, each
reason in one sentence, and what would make the audit acceptable. Today is ${TODAY}. Every audit is of 15 June 2026 and fits its
policy but for the one point that the rule names; a rule is left out where a scheme has no such point. Who changes a
sentence reads the whole page and writes it anew with npm run test:node -- test/duplicate/evaluate -u
`;

const page = (scheme: Scheme): string =>
  RULES.map((rule) => {
    const got = evaluated(rule, scheme);
    if (!got) return "";
    const until = got.until === null ? "" : ` until ${got.until}`;
    const steps = whatWouldMakeItAcceptable(got).map((step) => `    + ${stepSays(step)}`);
    const says = got.reasons.map((reason) => `    ${reasonSays(reason)}`);
    return `  ${rule.rule}: ${got.verdict}${until}\n${[...says, ...steps].join("\n")}\n`;
  }).join("");

test("every sentence is that of the page", async () => {
  const pages = CATALOGUE.schemes.map((scheme) => `\n${scheme.name}: an audit that\n${page(scheme)}`);
  await expect(`${HEADER}${pages.join("")}`).toMatchFileSnapshot("evaluate.txt");
});

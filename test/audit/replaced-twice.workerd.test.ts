import { submissionOf } from "@quasarix/client/drafts.ts";
import { expect, test } from "vitest";
import { env, newWorld } from "../workerd-world.ts";
import { auditContent } from "../world.ts";

test("of two submissions of one request in place of one report, the first alone stands in its place", async () => {
  const world = await newWorld();
  const mill = await world.admit("mill", "supplier");
  const birch = await world.admit("birch", "member");
  const site = await world.openSite(mill);
  const [one, other] = [
    await world.submit(birch, site, auditContent()),
    await world.submit(birch, site, auditContent()),
  ].map(({ statementHash }) => statementHash);
  const inPlaceOf = (older: string | undefined) =>
    world.issue(birch, submissionOf(birch.id, site, auditContent(), older));
  const texts = [await inPlaceOf(one), await inPlaceOf(other), await inPlaceOf(one)];
  const answers = await world.lines("/v1/statements", texts, birch);
  expect(answers.map((answer) => ("problem" in answer ? answer.problem.detail : "logged"))).toEqual([
    "logged",
    "logged",
    expect.stringContaining("a later submission stands in its place already"),
  ]);
  const { results } = await env.DB.prepare("SELECT replaces FROM submissions WHERE replaces IS NOT NULL").all();
  expect(results).toHaveLength(2);
});

import type { ProposalBody, ProposalView } from "@quasarix/shared/wire/releases.ts";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { env } from "../workerd-env.ts";
import { adopted, at, auditAll, look, type Pool, phasesOf, planView, pool, propose, put, vote } from "./pool.ts";

const YEAR: ProposalBody = { kind: "year", metrics: ["findings/critical"] };
let made: Pool;
let lost: ProposalView;
let first: string;
let rival: string;

beforeAll(async () => {
  made = await pool(8, 5);
  await auditAll(made, "2036-03-04");
  lost = await propose(made, { ...YEAR, from: "2037" });
}, 120_000);
afterAll(() => vi.useRealTimers());

const stateOf = async (plan: string) => (await planView(made, plan)).running?.state;

test("of two plans of one year that a majority votes for, the second never stands: noise is not averaged out", async () => {
  const second = await propose(made, YEAR);
  await put(made, second);
  rival = second.plan;
  first = (await adopted(made, YEAR)).plan;
  expect(await stateOf(first)).toBe("adopted");
  for (const member of made.members) await vote(made, member, rival);
  expect(await stateOf(rival)).toBe("lapsed");
  expect(await stateOf(first)).toBe("adopted");
});

test("none is proposed again of days that an adopted plan looks at", async () => {
  const says = "a score would count twice: an adopted plan has 2036, which overlaps 2036";
  await expect(propose(made, YEAR)).rejects.toThrow(says);
});

test("and of the second nothing is ever made", async () => {
  vi.setSystemTime(Date.parse("2037-04-01T00:00:01Z"));
  await look();
  await look();
  expect(await phasesOf(made, rival)).toEqual(["open"]);
  expect(await phasesOf(made, first)).toEqual(["published"]);
});

test("a vote that was lost stays lost when members are suspended later", async () => {
  await put(made, lost);
  for (const member of made.members.slice(0, 4)) await vote(made, member, lost.plan);
  vi.setSystemTime((at("2038-01-01") + 120) * 1000);
  await look();
  await env.DB.prepare("UPDATE organisations SET suspended = 1 WHERE id = ?").bind(made.members[7]?.id).run();
  expect(await stateOf(lost.plan)).toBe("lapsed");
});

import { intentOf } from "@quasarix/client/intent-drafts.ts";
import { listingOf } from "@quasarix/client/listing-drafts.ts";
import { afterEach, describe, expect, test, vi } from "vitest";
import { fixed, seededDice, tick } from "../spine/stage.ts";
import { closeBatch, newWorld } from "../workerd-world.ts";
import type { Org, World } from "../world.ts";
import { buyers } from "./buyers.ts";
import { daysAgo, lists, MEMBERS, overlapBytes, SMETA } from "./overlap-world.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

type Name = (typeof MEMBERS)[number];

interface Played {
  /** Who hands in an audit of the first site, who one of the second that has run out. */
  readonly holders: readonly Name[];
  readonly late: readonly Name[];
  /** Who has the sites on its list beside the asker, and plans an audit of the third. */
  readonly listers: readonly Name[];
}

const plans = (world: World, who: Org, site: string) =>
  world.say(
    who,
    intentOf(who.id, {
      ...{ site, schemes: [SMETA], topics: [], kind: "full", mayJoin: true },
      ...{ from: daysAgo(-10), until: daysAgo(-40) },
    }),
  );

async function batchOver(): Promise<void> {
  await tick();
  await closeBatch();
  vi.setSystemTime(Date.now() + 3_000);
}

/** What birch hears, byte for byte: before the batch closes, after it, and by another need. */
async function heard(count: number, { holders, late, listers }: Played): Promise<string[]> {
  const dice = seededDice("overlap");
  fixed(dice);
  const world = await newWorld({ random: dice });
  const mill = await world.admit("mill", "supplier");
  const sites = [await world.openSite(mill, "Mill 1"), await world.openSite(mill, "Mill 2")];
  sites.push(await world.openSite(mill, "Mill 3"));
  const elsewhere = await world.openSite(mill, "Mill 4");
  const members = await buyers(world, MEMBERS.slice(0, count), [elsewhere]);
  const of = (name: Name) => members.find((one) => one.name === name) ?? members[0];
  for (const name of new Set<Name>(["birch", ...listers])) {
    const who = of(name) as (typeof members)[number];
    await world.say(who, listingOf(who.id, { relation: "current", sites }));
  }
  const birch = members[0] as (typeof members)[number];
  await batchOver();
  for (const name of holders) await lists(world, of(name) as typeof birch, sites[0] as string);
  for (const name of late) await lists(world, of(name) as typeof birch, sites[1] as string, 900);
  for (const name of listers) await plans(world, of(name) as typeof birch, sites[2] as string);
  const before = await overlapBytes(world, birch);
  await batchOver();
  const asked = count < 8 ? {} : ({ maxAgeMonths: 6 } as const);
  return [before, await overlapBytes(world, birch), await overlapBytes(world, birch, asked)];
}

/** As the answer has it, inside a text of JSON. */
const stateIn = (state: string): string => JSON.stringify(JSON.stringify({ state }).slice(1, -1)).slice(1, -1);

describe.each([
  { members: 9, says: ["usable", "planned", "expired"] },
  { members: 6, says: ["yes", "no"] },
])("what a member hears of others among $members", ({ members, says }) => {
  test("is the same to the byte whoever holds an audit, however many do, and whoever lists the site", {
    timeout: 180_000,
  }, async () => {
    const one = await heard(members, { holders: ["cedar"], late: ["elm"], listers: ["fir"] });
    const other = await heard(members, { holders: ["elm"], late: ["cedar"], listers: ["cedar"] });
    const many = await heard(members, {
      holders: ["hazel", "cedar", "fir"],
      late: ["elm", "hazel"],
      listers: ["elm", "fir"],
    });
    for (const state of says) expect(one[1]).toContain(stateIn(state));
    expect(one[0]).not.toContain(stateIn(says[0] as string));
    expect(other).toEqual(one);
    expect(many).toEqual(one);
  });
});

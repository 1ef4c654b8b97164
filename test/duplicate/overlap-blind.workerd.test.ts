import { listingOf } from "@quasarix/client/listing-drafts.ts";
import { afterEach, describe, expect, test, vi } from "vitest";
import { fixed, seededDice, tick } from "../spine/stage.ts";
import { closeBatch, newWorld } from "../workerd-world.ts";
import { lists, MEMBERS, membersWith, overlapBytes } from "./overlap-world.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

type Name = (typeof MEMBERS)[number];

interface Played {
  /** Who hands in an audit of the first site, who one of the second that has run out. */
  readonly holders: readonly Name[];
  readonly late: readonly Name[];
  /** Who has the first site on its list beside the asker. */
  readonly listers: readonly Name[];
}

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
  const sites = [await world.openSite(mill, "Mill 1"), await world.openSite(mill, "Mill 2")] as const;
  const elsewhere = await world.openSite(mill, "Mill 3");
  const members = await membersWith(world, MEMBERS.slice(0, count), [elsewhere]);
  const of = (name: Name) => members.find((one) => one.name === name) ?? members[0];
  for (const name of new Set<Name>(["birch", ...listers])) {
    const who = of(name) as (typeof members)[number];
    await world.say(who, listingOf(who.id, { relation: "current", sites }));
  }
  const birch = members[0] as (typeof members)[number];
  await batchOver();
  for (const name of holders) await lists(world, of(name) as typeof birch, sites[0]);
  for (const name of late) await lists(world, of(name) as typeof birch, sites[1], 900);
  const before = await overlapBytes(world, birch);
  await batchOver();
  const asked = count < 8 ? {} : ({ maxAgeMonths: 6 } as const);
  return [before, await overlapBytes(world, birch), await overlapBytes(world, birch, asked)];
}

describe.each([
  { members: 9, says: '"state":"usable"' },
  { members: 6, says: '"state":"yes"' },
])("what a member hears of others among $members", ({ members, says }) => {
  test("is the same to the byte whoever holds an audit, however many do, and whoever lists the site", {
    timeout: 180_000,
  }, async () => {
    const one = await heard(members, { holders: ["cedar"], late: ["elm"], listers: [] });
    const other = await heard(members, { holders: ["elm"], late: ["cedar"], listers: ["cedar"] });
    const many = await heard(members, {
      holders: ["hazel", "cedar", "fir"],
      late: ["elm", "hazel"],
      listers: ["elm", "fir"],
    });
    expect(one[0]).not.toContain(says);
    expect(one[1]?.replaceAll("\\", "")).toContain(says);
    expect(other).toEqual(one);
    expect(many).toEqual(one);
  });
});

import { mergeOf } from "@quasarix/client/merge-drafts.ts";
import { type OverlapParts, type OverlapRun, runOverlap } from "@quasarix/client/overlap-run.ts";
import { siteDoubles } from "@quasarix/client/site-doubles.ts";
import { allSites } from "@quasarix/client/sites.ts";
import { beforeEach, expect, test } from "vitest";
import { answering, must, overlapParts, rowsIn } from "../client/overlap-member.ts";
import { clientFor } from "../workerd-client.ts";
import { closeBatch, duty, newWorld, publish } from "../workerd-world.ts";
import type { Org, World } from "../world.ts";
import { countsFor, fileOf, HELD, millOf, totals } from "./six-lists.ts";

let world: World;
let members: Org[];

beforeEach(async () => {
  world = await newWorld();
  members = [];
  for (const name of ["birch", "cedar", "elm", "fir", "hazel", "oak"]) members.push(await world.admit(name, "member"));
  // Software waits for a keyring, which duty publishes.
  await round();
});

/** The 15th of a month, about two months ago: valid still, and its order shows. */
const recently = () => `${new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 8)}15`;

/** A member at its machine; a person at it knows its mills by whatever name. */
async function memberAt(member: number): Promise<{ run(): Promise<OverlapRun> }> {
  const parts: OverlapParts = {
    ...(await overlapParts(members[member] as Org)),
    answers: answering(
      (place, candidates) => candidates.find(({ site }) => millOf(site.name) === millOf(place.name))?.site.id ?? "new",
    ),
  };
  const rows = await rowsIn(fileOf(member, recently()));
  return { run: async () => must(await runOverlap(parts, rows)) };
}

async function round(): Promise<void> {
  await duty();
  await publish();
}

async function expectRightCounts(): Promise<void> {
  for (const [member, who] of members.entries()) {
    const view = must(await (await clientFor(who)).routes.overlap({}));
    expect(view.counts).toMatchObject(countsFor(member));
    expect(view.detail).toBe("yes-no");
    expect(view.atStake.audits).toBe(view.counts.usable - view.counts.own);
    for (const site of view.sites) if (!site.own) expect([site.age, site.missing]).toEqual([null, null]);
  }
}

test("six members hand in six spreadsheets and hear which of their sites are audited; the secretariat hears totals", async () => {
  for (const [member, { mills, audited }] of HELD.entries()) {
    const machine = await memberAt(member);
    const runs: OverlapRun[] = [];
    for (let n = 0; n < 3; n++, await round()) runs.push(await machine.run());
    expect(runs.flatMap(({ refused, doubts }) => [...refused, ...doubts])).toEqual([]);
    expect(runs.at(-1)).toMatchObject({ matched: mills.length, opened: 0, listed: 0, waiting: 0, isTaken: true });
    expect(runs.reduce((sum, { claims }) => sum + claims.claimed, 0)).toBe(audited.length);
    expect(runs.at(-1)?.claims).toEqual({ claimed: 0, known: audited.length });
  }
  await closeBatch();
  await expectRightCounts();
  const audits = HELD.flatMap(({ audited }) => audited).length;
  const secretariat = await clientFor(world.operator);
  const sum = must(await secretariat.routes.overlapTotals());
  expect(sum).toMatchObject({ members: members.length, ...totals, audits: audits - 1, heldTwice: 1 });
  for (const { id } of members) expect(JSON.stringify(sum)).not.toContain(id);
  expect(await secretariat.routes.overlap({})).toMatchObject({ ok: false });
});

test("six members whose places come in one round, each in its own words, hear the same once the secretariat joined them", async () => {
  const machines = await Promise.all(members.map((_, member) => memberAt(member)));
  for (let n = 0; n < 3; n++, await round()) for (const machine of machines) await machine.run();
  const secretariat = await clientFor(world.operator);
  const sites = must(await allSites(secretariat));
  const absorbed = new Set<string>();
  for (const { stays, absorbs } of must(await siteDoubles(secretariat, sites, () => {}))) {
    const isOne = millOf(stays.name) === millOf(absorbs.name);
    if (!isOne || absorbed.has(stays.id) || absorbed.has(absorbs.id)) continue;
    absorbed.add(absorbs.id);
    await world.say(world.operator, mergeOf(stays.id, absorbs.id));
  }
  expect(absorbed.size).toBeGreaterThan(0);
  expect(sites.length - absorbed.size).toBe(totals.sites);
  await round();
  await closeBatch();
  await expectRightCounts();
});

import { type OverlapParts, type OverlapRun, runOverlap } from "@quasarix/client/overlap-run.ts";
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
  await duty();
  await publish();
});

/** The 15th of a month, about two months ago: valid still, and its order shows. */
const recently = () => `${new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 8)}15`;

/** Everything a member types: the same command until nothing is left to do. Rounds come in between. */
async function handIn(member: number): Promise<OverlapRun[]> {
  const who = members[member] as Org;
  const parts: OverlapParts = {
    ...(await overlapParts(who)),
    answers: answering(
      (place, candidates) => candidates.find(({ site }) => millOf(site.name) === millOf(place.name))?.site.id ?? "new",
    ),
  };
  const rows = await rowsIn(fileOf(member, recently()));
  const runs: OverlapRun[] = [];
  for (let n = 0; n < 3; n++) {
    runs.push(must(await runOverlap(parts, rows)));
    await duty();
    await publish();
  }
  return runs;
}

test("six members hand in six spreadsheets and hear which of their sites are audited; the secretariat hears totals", async () => {
  const audits = HELD.flatMap(({ audited }) => audited).length;
  const all: OverlapRun[][] = [];
  for (const member of members.keys()) all.push(await handIn(member));
  for (const [member, runs] of all.entries()) {
    const { mills, audited } = HELD[member] as (typeof HELD)[number];
    const last = runs.at(-1) as OverlapRun;
    expect(runs.flatMap(({ refused, doubts }) => [...refused, ...doubts])).toEqual([]);
    expect(last).toMatchObject({ matched: mills.length, opened: 0, listed: 0, waiting: 0, isTaken: true });
    expect(runs.reduce((sum, { claims }) => sum + claims.claimed, 0)).toBe(audited.length);
    expect(last.claims).toMatchObject({ claimed: 0, known: audited.length });
  }
  await closeBatch();
  for (const [member, who] of members.entries()) {
    const view = must(await (await clientFor(who)).routes.overlap({}));
    expect(view.counts).toMatchObject(countsFor(member));
    expect(view.detail).toBe("yes-no");
    expect(view.atStake.audits).toBe(view.counts.usable - view.counts.own);
    for (const site of view.sites) if (!site.own) expect([site.age, site.missing]).toEqual([null, null]);
  }
  const secretariat = await clientFor(world.operator);
  const sum = must(await secretariat.routes.overlapTotals());
  expect(sum).toMatchObject({ members: members.length, ...totals, audits: audits - 1, heldTwice: 1 });
  for (const { id } of members) expect(JSON.stringify(sum)).not.toContain(id);
  expect(await secretariat.routes.overlap({})).toMatchObject({ ok: false });
});

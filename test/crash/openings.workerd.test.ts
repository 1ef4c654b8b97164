import { abortAllDurableObjects } from "cloudflare:test";
import { listingOf } from "@quasarix/client/listing-drafts.ts";
import type { ListedSite, ListingState } from "@quasarix/shared/wire/listings.ts";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { OPENING_PAUSES, type Pause, REQUEST_PAUSES } from "../../workers/store/fault.ts";
import { env, newWorld } from "../workerd-world.ts";
import type { Org, World } from "../world.ts";
import { holdDuty, runDuty } from "./duty-hand.ts";
import { struckAt } from "./rows.ts";
import { planted, spare, strike } from "./strike.ts";

let world: World;
let birch: Org;

beforeAll(async () => {
  world = await newWorld();
  birch = await world.admit("birch", "member");
});
beforeEach(async () => {
  await runDuty();
  await holdDuty();
});
afterEach(() => spare());

// Openings are staged and sequenced in their own way, not by `commit`.
const OTHERS: readonly Pause[] = ["stage", "place"];
const PAUSES: readonly Pause[] = [...OPENING_PAUSES, ...REQUEST_PAUSES.filter((name) => !OTHERS.includes(name))];
const table = struckAt(PAUSES, ["an error", "an abort"]);

test.each(table.map((row, i) => ({ ...row, i })))(
  "a round that dies before $name, of $what, opens each place once",
  async ({ name, what, i }) => {
    const places = ["A", "B"].map((letter, n) => ({
      number: n + 1,
      place: { name: `Works ${letter}${i}`, country: "PT", address: `Rua ${letter} ${100 + i}`, city: "Porto" },
    }));
    const said = await world.say(birch, listingOf(birch.id, { relation: "current", sites: [], places }));

    const { reached } = strike(name, () => (what === "an error" ? planted() : new Promise(() => {})));
    const struck = runDuty().catch(() => undefined);
    while (!reached()) await scheduler.wait(2);
    if (what === "an abort") await abortAllDurableObjects();
    await struck;
    spare();

    for (let tries = 0; tries < 3; tries++) {
      await runDuty();
      await holdDuty();
    }
    const state = await world.json<ListingState>(birch, "GET", `/v1/listings/${said.statementHash}`);
    const opened = await env.DB.prepare("SELECT id FROM sites WHERE name LIKE ?")
      .bind(`Works _${i}`)
      .all<{ id: string }>();
    expect(state.places?.map(({ site }) => site).sort()).toEqual(opened.results.map(({ id }) => id).sort());
    expect(opened.results).toHaveLength(2);
    const { items } = await world.json<{ items: ListedSite[] }>(birch, "GET", "/v1/listings?limit=1000");
    expect(
      items.filter(
        ({ name }) => /^WORKS .\d+$/.test(name) && name.endsWith(`${i}`) && name.length === `Works A${i}`.length,
      ),
    ).toHaveLength(2);
    expect(await env.DB.prepare("SELECT count(*) AS n FROM statements WHERE log_index IS NULL").first("n")).toBe(0);
  },
);

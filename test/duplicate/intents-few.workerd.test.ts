import { intentOf } from "@quasarix/client/intent-drafts.ts";
import { policyOf } from "@quasarix/client/policy-drafts.ts";
import { PRESETS } from "@quasarix/shared/duplicate/presets.ts";
import type { IntentView } from "@quasarix/shared/wire/intents.ts";
import { expect, test } from "vitest";
import { newWorld } from "../workerd-world.ts";
import type { Org } from "../world.ts";
import { buyers, plan } from "./buyers.ts";
import { batch, lists } from "./overlap-world.ts";

const NAMES = ["birch", "cedar", "elm", "fir", "oak", "pine", "yew"];

test.each([4, 7])("among %i members, policy after policy between two batches dates nobody's audit", async (count) => {
  const world = await newWorld();
  const site = await world.openSite(await world.admit("mill", "supplier"));
  const [birch, cedar] = (await buyers(world, NAMES.slice(0, count), [site])) as [Org, Org];
  const { policy } = PRESETS["any-recent"];
  const takes = (maxAgeMonths: number) =>
    world.say(birch, policyOf(birch.id, { ...policy, maxAgeMonths, provenances: ["listed"] }));
  await takes(1);
  await world.say(birch, intentOf(birch.id, plan(site)));
  await lists(world, cedar, site, 300);
  await batch();
  const says = async () =>
    (await world.json<{ items: IntentView[] }>(birch, "GET", "/v1/intents")).items[0]?.answer?.says;
  for (const months of [2, 12, 120]) {
    await takes(months);
    expect(await says()).toBe("nothing-known");
  }
  await batch();
  expect(await says()).toBe("usable");
});

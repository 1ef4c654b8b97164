import { listingOf } from "@quasarix/client/listing-drafts.ts";
import { policyOf } from "@quasarix/client/policy-drafts.ts";
import type { AcceptancePolicy } from "@quasarix/shared/duplicate/acceptance.ts";
import { PRESETS } from "@quasarix/shared/duplicate/presets.ts";
import type { PolicyView } from "@quasarix/shared/wire/policies.ts";
import { newWorld } from "../workerd-world.ts";
import type { Org, World } from "../world.ts";

export const anyRecent: AcceptancePolicy = PRESETS["any-recent"].policy;

/** A mill with one site, and two members that may list it. */
export interface PolicyWorld {
  readonly world: World;
  readonly mill: Org;
  readonly birch: Org;
  readonly cedar: Org;
  readonly site: string;
}

export async function policyWorld(): Promise<PolicyWorld> {
  const world = await newWorld();
  const mill = await world.admit("mill", "supplier");
  const birch = await world.admit("birch", "member");
  const cedar = await world.admit("cedar", "member");
  return { world, mill, birch, cedar, site: await world.openSite(mill) };
}

/** What its people say and ask, in short. */
export const speech = (world: () => World) => ({
  publish: async (who: Org, policy: AcceptancePolicy): Promise<string> =>
    (await world().say(who, policyOf(who.id, policy))).statementHash,
  list: async (who: Org, side: "own" | "shown", query = ""): Promise<PolicyView[]> =>
    (await world().json<{ items: PolicyView[] }>(who, "GET", `/v1/policies?side=${side}${query}`)).items,
  current: (who: Org, sites: readonly string[]) => world().say(who, listingOf(who.id, { relation: "current", sites })),
  status: async (who: Org, path: string): Promise<number> => (await world().get(who, path)).status,
});

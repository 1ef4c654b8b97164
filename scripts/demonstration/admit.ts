import { atOnce } from "@quasarix/client/at-once.ts";
import { admitOrganisation, applicationOf } from "@quasarix/client/membership.ts";
import { keysOf } from "@quasarix/client/node/identity.ts";
import { all } from "@quasarix/client/routes.ts";
import type { Progress } from "@quasarix/client/whole-log.ts";
import { identityOf, join, must, type Newcomer, type Party, type Place } from "./party.ts";

const AT_ONCE = 4;

/** Each newcomer applies, is admitted by the operator, and brings in its keys; whoever is in already stays as it is. By handle. */
export async function admitAll(
  place: Place,
  operator: Party,
  newcomers: readonly Newcomer[],
  progress: Progress,
): Promise<Map<string, Party>> {
  const standing = must(await all((cursor) => operator.client.routes.organisations({ cursor, limit: 100 })));
  const ids = new Map(standing.map(({ name, id }) => [name, id]));
  for (const [at, newcomer] of newcomers.entries()) {
    const { handle: _, ...claims } = newcomer;
    const who = await identityOf(place.home, place.api, newcomer);
    if (!ids.has(newcomer.name)) {
      const asked = applicationOf(claims, await keysOf(who));
      const admitted = must(await admitOrganisation(operator.client, operator.author, asked, place.api));
      ids.set(newcomer.name, admitted.org);
    }
    progress("admitted", at + 1, newcomers.length);
  }
  let joined = 0;
  const parties = await atOnce(AT_ONCE, newcomers, async (newcomer) => {
    const who = await identityOf(place.home, place.api, newcomer);
    const party = await join(place, newcomer.handle, who, ids.get(newcomer.name) as string);
    progress("joined", ++joined, newcomers.length);
    return party;
  });
  return new Map(parties.map((party) => [party.handle, party]));
}

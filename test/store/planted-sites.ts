import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import type { Logged } from "@quasarix/shared/statement/logged.ts";
import { hashAt, loggedSite, siteAt } from "../../bench/look-ups/logged-site.ts";
import { projection } from "../../workers/store/project.ts";
import { env } from "../workerd-env.ts";

export { siteAt };

/** Records what the log would have, as the Worker does. */
export async function record(logged: readonly Logged[]): Promise<void> {
  await env.DB.batch(projection(env.DB, logged, { operatorX: "", platformX: "" }));
}

export const recordSites = (places: readonly SitePlace[], from = 0): Promise<void> =>
  record(places.map((place, i) => loggedSite(from + i, place)));

const said = (type: "merge" | "split", index: number, claims: object): Logged => ({
  ...loggedSite(index, { name: type, country: "PT" }),
  type,
  claims: { iss: "office", iat: 0, jti: "", vct: "", ...claims } as unknown as Logged["claims"],
});

/** `stays` and `absorbs`: numbers of sites. */
export const merge = (index: number, stays: number, absorbs: number): Logged =>
  said("merge", index, { sub: siteAt(stays), absorbs: siteAt(absorbs) });

/** `merged`: the index of the merge. */
export const split = (index: number, merged: number): Logged => said("split", index, { sub: "", re: hashAt(merged) });

import type { HeldPlan, HeldRelease } from "../benchmarks.ts";
import type { Client } from "../client.ts";
import { fetchPlan, fetchRelease, publishedReleases } from "../published.ts";
import { type Call, must } from "./command.ts";
import { UsageError } from "./exit.ts";
import { releasesAtHand } from "./release-source.ts";
import { session } from "./session.ts";

/** Of files named, else of the log: the cohorts named, or all of the plan, or of the newest plan that has any; none: nothing is out yet. */
export async function releasesFor(call: Call): Promise<HeldRelease[]> {
  const files = await releasesAtHand(call);
  if (files) return files;
  const { client } = await session(call);
  return releasesOf(client, call.positionals);
}

/** The newest one alone. */
export const releaseFor = async (call: Call): Promise<HeldRelease | null> => newest(await releasesFor(call));

/** As `releaseFor`, where one is signed in already. */
export const newestOf = async (call: Call, client: Client): Promise<HeldRelease | null> =>
  newest((await releasesAtHand(call)) ?? (await releasesOf(client, call.positionals)));

function newest(releases: readonly HeldRelease[]): HeldRelease | null {
  const [first = null] = [...releases].sort((a, b) => (a.cohort.to < b.cohort.to ? 1 : -1));
  return first;
}

export async function releasesOf(client: Client, [named, ...cohorts]: readonly string[]): Promise<HeldRelease[]> {
  const published = must(await publishedReleases(client));
  const plan = named ?? published.at(-1)?.plan;
  const wanted = published.filter((it) => it.plan === plan && (cohorts.length === 0 || cohorts.includes(it.cohort)));
  const missing = cohorts.find((cohort) => !wanted.some((it) => it.cohort === cohort));
  if (missing !== undefined) throw new UsageError(`the log has no release of \`${missing}\` under this plan`);
  if (named !== undefined && wanted.length === 0) throw new UsageError(`the log has no release under \`${named}\``);
  const releases: HeldRelease[] = [];
  for (const { plan: hash, cohort } of wanted) releases.push(must(await fetchRelease(client, hash, cohort)));
  return releases;
}

/** Of the log: the plan named, else that of the newest release. */
export async function planFor(call: Call, named: string | undefined): Promise<HeldPlan> {
  const { client } = await session(call);
  const plan = named ?? must(await publishedReleases(client)).at(-1)?.plan;
  if (plan === undefined)
    throw new UsageError("nothing is published yet: name a plan, `quasarix release list` has them");
  return must(await fetchPlan(client, plan));
}

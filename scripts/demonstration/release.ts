import { atOnce } from "@quasarix/client/at-once.ts";
import { releasePlanOf, voteOf } from "@quasarix/client/release-drafts.ts";
import { all } from "@quasarix/client/routes.ts";
import type { Progress } from "@quasarix/client/whole-log.ts";
import { readPlan } from "@quasarix/shared/benchmark/plan-file.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import type { ProposalView, ReleasePlanView, ReleaseView } from "@quasarix/shared/wire/releases.ts";
import { must, type Party } from "./party.ts";

/** From the proposal to the end of its vote; a slow machine gets twice as long each time that its vote came too late. */
const VOTE_SECONDS = 6;
const TRIES = 5;
const PATIENCE_MS = 60_000;
const POLL_MS = 250;

/**
 * A founding plan that the operator proposed and every member voted for, or the one that an earlier run left. Resolves to the
 * plan's hash, adopted: its release comes by itself.
 */
export async function adoptFoundingPlan(
  operator: Party,
  members: readonly Party[],
  progress: Progress,
): Promise<string> {
  for (let tries = 0; tries < TRIES; tries++) {
    const plan = (await planUnderway(operator)) ?? (await putToVote(operator, VOTE_SECONDS * 2 ** tries));
    progress("votes", 0, members.length);
    await vote(members, plan);
    progress("votes", members.length, members.length);
    if ((await runningOf(operator, plan))?.state === "adopted") return plan;
  }
  throw new Error("no vote was over in time");
}

const plansOf = async ({ client }: Party): Promise<ReleasePlanView[]> =>
  must(await all((cursor) => client.routes.releasePlans({ cursor, limit: 100 })));

const runningOf = async ({ client }: Party, plan: string) => must(await client.routes.releasePlan(plan)).running;

async function planUnderway(operator: Party): Promise<string | null> {
  const underway = (await plansOf(operator)).find(({ running }) => running !== null && running.state !== "lapsed");
  return underway?.plan ?? null;
}

async function putToVote({ client, author }: Party, seconds: number): Promise<string> {
  const commitBy = Math.floor(client.host.now() / 1000) + seconds;
  const proposed: ProposalView = must(await client.routes.proposePlan({ kind: "founding", commitBy }));
  const plan = readPlan(utf8(proposed.file));
  if (!plan.ok) throw new Error(`the proposed plan does not parse: ${plan.failure}`);
  const { profile, series } = plan.value;
  const claims = { plan: proposed.plan, profile, series: series.map(({ name }) => name) };
  must(await author.say(releasePlanOf(client.consortium.id, claims)));
  return proposed.plan;
}

/** A vote that was given already is given again, which changes nothing. */
const vote = (members: readonly Party[], plan: string) =>
  atOnce(members.length, members, async ({ client, author }) =>
    must(await author.say(voteOf(client.consortium.id, { on: plan, choice: "yes" }))),
  );

/** Until the platform has published what the plan asks for. */
export async function waitForRelease({ client }: Party, plan: string, progress: Progress): Promise<ReleaseView> {
  progress("release", 0, 1);
  for (const until = client.host.now() + PATIENCE_MS; ; await client.host.wait(POLL_MS)) {
    const releases = must(await all((cursor) => client.routes.releases({ cursor, limit: 100 })));
    const found = releases.find((one) => one.plan === plan);
    if (found) {
      progress("release", 1, 1);
      return found;
    }
    if (client.host.now() > until) throw new Error("the founding release is late");
  }
}

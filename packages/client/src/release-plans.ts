import { isOfVotes } from "@quasarix/shared/benchmark/adoption.ts";
import type { Choice } from "@quasarix/shared/benchmark/claims.ts";
import type { Plan } from "@quasarix/shared/benchmark/plan.ts";
import { breachesOf, isHurried } from "@quasarix/shared/benchmark/plan-rules.ts";
import { type Rerun, type RerunRefusal, rerun } from "@quasarix/shared/benchmark/rerun.ts";
import { secondLook } from "@quasarix/shared/benchmark/second-look.ts";
import { fromUtf8, utf8 } from "@quasarix/shared/bytes.ts";
import { ok, unreachable } from "@quasarix/shared/result.ts";
import type { ProposalBody, ProposalView } from "@quasarix/shared/wire/releases.ts";
import type { Receipt } from "@quasarix/shared/wire/statement.ts";
import type { Author } from "./author.ts";
import { type HeldPlan, planFrom } from "./benchmarks.ts";
import type { Client } from "./client.ts";
import { fetchPlan, fetchRelease, type Published, publishedReleases } from "./published.ts";
import { type Answer, badInput, broken } from "./refusal.ts";
import { releasePlanOf, voteOf } from "./release-drafts.ts";
import { all } from "./routes.ts";

export interface PutToVote {
  readonly proposed: ProposalView;
  readonly receipt: Receipt;
}

/** The secretariat's: has a plan built, and puts to the vote what it read of it itself. */
export async function putToVote(client: Client, author: Author, ask: ProposalBody): Promise<Answer<PutToVote>> {
  const proposed = await client.routes.proposePlan(ask);
  if (!proposed.ok) return proposed;
  const held = planFrom(utf8(proposed.value.file));
  if (!held.ok) return held;
  const { hash, plan } = held.value;
  if (hash !== proposed.value.plan) return broken("plan", "its file has another hash");
  const claims = { plan: hash, profile: plan.profile, series: plan.series.map(({ name }) => name) };
  const receipt = await author.say(releasePlanOf(client.consortium.id, claims));
  return receipt.ok ? ok({ proposed: proposed.value, receipt: receipt.value }) : receipt;
}

export interface Vote {
  readonly plan: string;
  readonly choice: Choice;
  /** A founding plan may count sooner than 30 days after its vote. */
  readonly soon?: boolean;
}

/** In time, on a plan that there is; a yes only to one that keeps to its profile's rules and looks at no day a second time. */
export async function voteOn(client: Client, author: Author, { plan, choice, soon }: Vote): Promise<Answer<Receipt>> {
  const held = await fetchPlan(client, plan);
  if (!held.ok) return held;
  const { commitBy } = held.value.plan;
  if (client.host.now() > commitBy * 1000)
    return badInput(`the vote on this plan was over at ${new Date(commitBy * 1000).toISOString()}`);
  const fit = choice === "yes" ? await fitToAdopt(client, held.value, soon === true) : ok(null);
  return fit.ok ? author.say(voteOf(client.consortium.id, { on: plan, choice })) : fit;
}

async function fitToAdopt(client: Client, { hash, plan }: HeldPlan, soon: boolean): Promise<Answer<null>> {
  const breaches = breachesOf(plan);
  if (breaches.length > 0) return badInput(`this plan breaks its rules: ${breaches.join("; ")}`);
  if (!soon && isHurried(plan))
    return badInput("it counts sooner than 30 days after its vote: only a demonstration may");
  if (plan.consortium !== client.consortium.id) return badInput("a plan of another consortium");
  const others = await standingPlans(client, hash);
  if (!others.ok) return others;
  const second = secondLook(plan, others.value);
  return second
    ? badInput(`a score would count twice: ${second.cohort} overlaps ${second.taken} of another plan`)
    : ok(null);
}

/** Beside this one: those that releases in the log are of, whatever the server says, and those that it says were adopted. */
async function standingPlans(client: Client, hash: string): Promise<Answer<Plan[]>> {
  const published = await publishedReleases(client);
  if (!published.ok) return published;
  const put = await all((cursor) => client.routes.releasePlans({ cursor, limit: 100 }));
  if (!put.ok) return put;
  const adopted = put.value.filter(({ running }) => running?.state === "adopted");
  const plans: Plan[] = [];
  for (const other of new Set([...published.value, ...adopted].map(({ plan }) => plan))) {
    const held = other === hash ? null : await fetchPlan(client, other);
    if (held && !held.ok) return held;
    if (held) plans.push(held.value.plan);
  }
  return ok(plans);
}

/** An appointed auditor's: makes the release again from its inputs and compares it with what the log and the server have. */
export async function auditRelease(client: Client, plan: string, cohort: string): Promise<Answer<Rerun>> {
  const published = await publishedReleases(client);
  if (!published.ok) return published;
  const claims = published.value.find((one) => one.plan === plan && one.cohort === cohort);
  const release = await fetchRelease(client, plan, cohort);
  if (!release.ok || !claims) return release.ok ? badInput("the log has no such release") : release;
  const file = await client.routes.releaseFile(plan, cohort);
  if (!file.ok) return file;
  const inputs = await client.routes.releaseInputs(plan, cohort);
  if (!inputs.ok) return inputs;
  const text = fromUtf8(inputs.value);
  if (text === null) return broken("inputs", "not UTF-8");
  const made = rerun(text.split("\n").slice(0, -1), { claims, bytes: file.value });
  if (!made.ok) return broken("inputs", rerunSays(made.failure));
  const voted = await isVoted(client, claims);
  if (!voted.ok) return voted;
  return ok(voted.value ? made.value : { ...made.value, differences: [...made.value.differences, NOT_VOTED] });
}

const NOT_VOTED =
  "votes: the digest is not of the first majority that the log has; unless a member was suspended, noise may have been tried out with it";

/** By the votes in the log before the release, whatever the server says. */
async function isVoted(client: Client, { plan, votes, index }: Published): Promise<Answer<boolean>> {
  const state = await client.consortium.sync();
  if (!state.ok) return state;
  const before = (state.value.votes.get(plan) ?? []).filter(({ logIndex }) => logIndex < index);
  const electors = [...state.value.members].map(([org, opened]) => ({ org, index: opened }));
  return ok(isOfVotes(votes, before, electors));
}

function rerunSays(refusal: RerunRefusal): string {
  switch (refusal.reason) {
    case "package-line":
      return `line ${refusal.line} is not as it has to be`;
    case "package-plan":
      return "its plan does not read";
    case "package-cohort":
      return `its plan has no cohort \`${refusal.cohort}\``;
    default:
      return unreachable(refusal);
  }
}

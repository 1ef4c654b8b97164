import { CHOICES, type Choice } from "@quasarix/shared/benchmark/claims.ts";
import { dayAt } from "@quasarix/shared/benchmark/cohorts.ts";
import { metricId } from "@quasarix/shared/benchmark/metric.ts";
import type { Plan } from "@quasarix/shared/benchmark/plan.ts";
import { isHurried } from "@quasarix/shared/benchmark/plan-rules.ts";
import { PLAN_KINDS, type PlanKind } from "@quasarix/shared/benchmark/releasing.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import type { ProposalBody, ProposalView } from "@quasarix/shared/wire/releases.ts";
import { planFrom } from "../benchmarks.ts";
import { putToVote, voteOn } from "../release-plans.ts";
import { type Call, type Command, type Ended, isSet, must, noArguments, optional, several } from "./command.ts";
import { UsageError } from "./exit.ts";
import { writeOut } from "./input.ts";
import { momentOf } from "./moment.ts";
import { session } from "./session.ts";
import { printable, table } from "./table.ts";

const OPTIONS = {
  kind: { type: "string" },
  founding: { type: "boolean" },
  metrics: { type: "string" },
  from: { type: "string" },
  until: { type: "string" },
  auditor: { type: "string", multiple: true },
} as const;
const USAGE =
  "[--founding | --kind quarter|year|both|founding] [--metrics M,...] [--from COHORT] [--until DAY] [--auditor ORG]...";

function askOf(call: Call): ProposalBody {
  const kind = isSet(call, "founding") ? "founding" : (optional(call, "kind") ?? "year");
  if (!PLAN_KINDS.includes(kind as PlanKind)) throw new UsageError(`--kind: one of ${PLAN_KINDS.join(", ")}`);
  const metrics = optional(call, "metrics")?.split(",");
  const bad = metrics?.find((one) => !metricId.safeParse(one).success);
  if (bad !== undefined) throw new UsageError(`\`${bad}\` is no metric: \`findings/critical\` is one`);
  const until = optional(call, "until");
  const auditors = [...several(call, "auditor")];
  const from = optional(call, "from");
  return {
    kind: kind as PlanKind,
    ...(metrics && { metrics }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { commitBy: Math.floor(momentOf(until) / 1000) }),
    ...(auditors.length > 0 && { auditors }),
  };
}

/** What it would look like, and what its figures would be worth: nothing is kept. */
async function look(call: Call): Promise<Ended> {
  noArguments(call);
  const { client } = await session(call);
  const proposed = must(await client.routes.proposePlan({ ...askOf(call), dryRun: true }));
  return { value: proposed, text: textOf(proposed) };
}

async function propose(call: Call): Promise<Ended> {
  noArguments(call);
  const { client, author } = await session(call);
  const { proposed, receipt } = must(await putToVote(client, author, askOf(call)));
  const out = optional(call, "out");
  if (out !== undefined) await writeOut(out, utf8(proposed.file));
  const text = `${textOf(proposed)}\nput to the vote: plan ${proposed.plan}, log index ${receipt.index}\n`;
  return { value: { ...proposed, receipt }, text };
}

async function vote(call: Call): Promise<Ended> {
  const [plan, choice, ...more] = call.positionals;
  if (plan === undefined || !CHOICES.includes(choice as Choice) || more.length > 0)
    throw new UsageError("say the plan, and yes or no");
  const { client, author } = await session(call);
  const receipt = must(await voteOn(client, author, { plan, choice: choice as Choice, soon: isSet(call, "soon") }));
  return { value: receipt, text: `voted ${choice}, log index ${receipt.index}; your last vote counts\n` };
}

/** The plan as sentences, then each cell with its margins. */
function textOf({ file, utility }: ProposalView): string {
  const { plan } = must(planFrom(utf8(file)));
  const cells = utility.map(({ series, cell, says }) => [series, cell, says]);
  return `${[...sentences(plan)].map((line) => `${printable(line)}\n`).join("")}\n${table(["series", "cell", "worth"], cells)}`;
}

function* sentences(plan: Plan): Generator<string> {
  yield `Figures of ${plan.says}; at most ${plan.K} suppliers of each count in a cell.`;
  if (plan.profile === "small")
    yield `A whole member's counted records give away no more than eps ${(plan.K * plan.b[1]) / plan.b[0]}; what is said of pools of eight and more is not claimed.`;
  for (const mark of plan.marks) yield `Marked: ${mark}.`;
  yield `The vote ends on ${dayAt(plan.commitBy)}.`;
  if (isHurried(plan)) yield "It counts sooner than 30 days after the vote: as in a demonstration, and nowhere else.";
  for (const { name, metrics, cohorts } of plan.series) {
    yield `${name}: ${metrics.join(", ")}`;
    for (const { id, cutoff, notBefore } of cohorts)
      yield `  ${id}: what is in by ${dayAt(cutoff)} counts, published from ${dayAt(notBefore)} on`;
  }
}

export const releasePlanCommands: readonly Command[] = [
  {
    words: "release plan",
    usage: `[--dry-run] ${USAGE}`,
    says: "what a release plan would look like, with its margins in words; nothing is kept",
    example: "quasarix release plan --dry-run --founding",
    options: { ...OPTIONS, "dry-run": { type: "boolean" } },
    run: look,
  },
  {
    words: "release propose",
    usage: `${USAGE} [--out FILE]`,
    says: "the operator's: has a plan built, and puts it to the members' vote",
    example: "quasarix release propose --kind both --from 2027",
    options: { ...OPTIONS, out: { type: "string" } },
    run: propose,
  },
  {
    words: "release vote",
    usage: "PLAN yes|no [--soon]",
    says: "a member's vote on a release plan; a yes only to a plan that keeps to its rules",
    example: "quasarix release vote 5cNv... yes",
    options: { soon: { type: "boolean" } },
    run: vote,
  },
];

import { buildPlan, type PlanAsk } from "@quasarix/shared/benchmark/build-plan.ts";
import type { FrameworkBook } from "@quasarix/shared/benchmark/framework/book.ts";
import { missingSays, missingSaysToMembers } from "@quasarix/shared/benchmark/missing.ts";
import type { Plan, SeriesName } from "@quasarix/shared/benchmark/plan.ts";
import { type PlanDates, planDates } from "@quasarix/shared/benchmark/plan-dates.ts";
import { planHash, writePlan } from "@quasarix/shared/benchmark/plan-file.ts";
import { commitmentOf, type PlanSecrets, planSecrets } from "@quasarix/shared/benchmark/plan-secrets.ts";
import { mostMetrics, profileOf } from "@quasarix/shared/benchmark/profile.ts";
import type { ProposalRefusal } from "@quasarix/shared/benchmark/proposal-refusal.ts";
import { type ProposalAsk, type Proposed, planFileKey } from "@quasarix/shared/benchmark/releasing.ts";
import { secondLook } from "@quasarix/shared/benchmark/second-look.ts";
import { sitesRoot } from "@quasarix/shared/benchmark/site-commitments.ts";
import type { Participant } from "@quasarix/shared/benchmark/site-record.ts";
import { utilityOf } from "@quasarix/shared/benchmark/utility.ts";
import { fail, ok, type Result } from "@quasarix/shared/result.ts";
import { lastBatch } from "../store/batches.ts";
import { readFrameworkBook } from "../store/frameworks.ts";
import { newestKeyring } from "../store/keyring.ts";
import { recordedSize } from "../store/outbox.ts";
import { activeMembers, notAnAuditor } from "../store/site-stands.ts";
import { metricsOf, unknownMetric } from "./metrics.ts";
import { participantsOf } from "./participants.ts";
import type { ReleasePorts } from "./ports.ts";
import { planOf } from "./proposed.ts";
import { keepFile } from "./publish.ts";

const NONCE = 32;

/** Builds a plan from who took part, and keeps it unless it is only to be looked at. A vote is what the operator starts. */
export async function propose(ports: ReleasePorts, ask: ProposalAsk): Promise<Result<Proposed, ProposalRefusal>> {
  const now = Math.floor(ports.now() / 1000);
  const dates = planDates(ask, { now, foundingSeconds: ports.foundingSeconds });
  if (!dates.ok) return dates;
  const book = await readFrameworkBook(ports.db);
  const refused = await misfit(ports, ask, dates.value, book);
  if (refused) return fail(refused);
  const members = await activeMembers(ports.db, ports.scope);
  // Asked again, what is only looked at is the same: whose sites count for whom is not to be averaged out.
  const nonce = ask.dryRun ? new Uint8Array(NONCE) : ports.random(NONCE);
  const secrets = planSecrets(ports.vault.releaseRoot(), nonce);
  const took = await participantsOf(ports, {
    ...{ dates: dates.value, size: await sizeFor(ports, ask), members, planKey: secrets.planKey },
  });
  const metrics = ask.metrics ?? metricsOf(book);
  const built = buildPlan({
    consortium: ports.origin,
    series: seriesOf(dates.value, metrics, secrets, { members: members.size, isChosen: ask.metrics !== undefined }),
    ...{ participants: took.participants, quarters: dates.value.quarters, founding: took.founding },
    ...{ activeMembers: members.size, planKey: secrets.planKey, auditors: ask.auditors ?? [] },
    commitBy: dates.value.commitBy,
  });
  if (!built.ok) {
    const says = ask.isOperator ? missingSays(built.failure) : missingSaysToMembers(built.failure);
    return fail({ reason: "plan", says });
  }
  // What is only looked at commits to nobody: the root would tell whenever somebody's place or sponsor changed.
  const plan = ask.dryRun ? { ...built.value, sites: sitesRoot(secrets.planKey, []) } : built.value;
  const proposed = proposedOf(plan, took.participants, dates.value);
  if (!ask.dryRun) await keep(ports, proposed, nonce, took.participants);
  return ok(proposed);
}

/** What is wrong with the ask, whoever takes part. */
async function misfit(
  ports: ReleasePorts,
  ask: ProposalAsk,
  dates: PlanDates,
  book: FrameworkBook,
): Promise<ProposalRefusal | null> {
  const taken = takenOf(ports, ask, dates);
  if (taken) return taken;
  const stranger = await notAnAuditor(ports.db, ports.scope, ask.auditors ?? []);
  if (stranger !== null) return { reason: "ask", pointer: `/auditors/${stranger}`, message: "is no auditor here" };
  const unknown = unknownMetric(ask.metrics ?? [], book);
  return unknown === null ? null : { reason: "ask", pointer: `/metrics/${unknown}`, message: "names no benchmark" };
}

/** Adopted plans are open: that days are taken tells nobody anything. */
function takenOf({ ledger }: ReleasePorts, { kind }: ProposalAsk, dates: PlanDates): ProposalRefusal | null {
  const second = secondLook(dates, ledger.adopted().map(planOf));
  const message =
    second && `a score would count twice: an adopted plan has ${second.taken}, which overlaps ${second.cohort}`;
  return message ? { reason: "ask", pointer: kind === "founding" ? "/kind" : "/from", message } : null;
}

/** Members hear of one another as of the last discovery batch, here as everywhere. */
async function sizeFor({ db, scope, origin }: ReleasePorts, { isOperator }: ProposalAsk): Promise<number> {
  if (!isOperator) return (await lastBatch(db)).size;
  const newest = await newestKeyring(db, origin);
  return recordedSize(db, scope, newest?.covers ?? 0);
}

/** The default fits itself to what a series may have; what was chosen is refused where it does not. */
function seriesOf(
  { series }: PlanDates,
  metrics: readonly string[],
  secrets: PlanSecrets,
  { members, isChosen }: { readonly members: number; readonly isChosen: boolean },
): PlanAsk["series"] {
  const profile = profileOf(members);
  const most = (name: SeriesName) => (profile && mostMetrics(profile, name)) ?? metrics.length;
  // Beside a yearly series the quarterly one takes the weightiest, whoever chose them.
  const fits = (name: SeriesName) => !isChosen || (name === "quarter" && series.length > 1);
  return series.map(({ name, cohorts }) => ({
    name,
    metrics: fits(name) ? metrics.slice(0, most(name)) : [...metrics],
    cohorts: cohorts.map((one) => ({ ...one, commitment: commitmentOf(secrets.secretOf(one.id)) })),
  }));
}

function proposedOf(plan: Plan, participants: readonly Participant[], { quarters }: PlanDates): Proposed {
  const file = writePlan(plan);
  const utility = utilityOf(plan, participants, quarters).map(({ series, cell, says }) => ({ series, cell, says }));
  return { plan: planHash(file), file, utility };
}

/** The file first: what is voted on can be read. */
async function keep(
  ports: ReleasePorts,
  { plan, file }: Proposed,
  nonce: Uint8Array<ArrayBuffer>,
  participants: readonly Participant[],
): Promise<void> {
  await keepFile(ports.bucket, planFileKey(plan), file);
  ports.ledger.keepPlan({ hash: plan, file, nonce }, participants, ports.now());
}

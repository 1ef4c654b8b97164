import { adoption, votesDigest } from "@quasarix/shared/benchmark/adoption.ts";
import { BORN, close, forgottenFrom, type Life, nextAt } from "@quasarix/shared/benchmark/life.ts";
import type { Cohort, Plan, Series } from "@quasarix/shared/benchmark/plan.ts";
import { type PlanSecrets, planSecrets } from "@quasarix/shared/benchmark/plan-secrets.ts";
import { secondLook } from "@quasarix/shared/benchmark/second-look.ts";
import { readFrameworkBook } from "../store/frameworks.ts";
import { sizeAt } from "../store/log-size.ts";
import { electors, isPut, votesOn } from "../store/release-votes.ts";
import { fault } from "./fault.ts";
import { gatherPage, isGathered } from "./gather.ts";
import type { Adopted, CohortName, KeptCohort, KeptPlan } from "./ledger.ts";
import type { ReleasePorts } from "./ports.ts";
import { planOf } from "./proposed.ts";
import { publishCohort } from "./publish.ts";

/** Until something that is on its way is there. */
export const TICK_MS = 1_000;
/** Between two looks at a vote: a majority that stood is kept, whatever becomes of who made it. */
const VOTE_MS = 60_000;
/** What was admitted by the last second may be recorded this much later. */
const LATE_MS = 60_000;
/** Pages of one look. */
const PAGES = 25;

/** Where a vote stands; what adopted a plan is kept for ever. */
export interface Standing extends Adopted {
  readonly state: "open" | "adopted" | "lapsed";
}

/**
 * Votes on what the operator never put to the vote count for nothing. Of two plans that look at the same days in the same way
 * the first adopted one stands, and a plan whose vote is over stays as it ended, whoever is a member later.
 */
export async function standingOf(ports: ReleasePorts, kept: KeptPlan, plan: Plan): Promise<Standing> {
  if (kept.adopted) return { ...kept.adopted, state: "adopted" };
  const { db, scope, ledger } = ports;
  await fault.pause("put");
  const isOpen = await isPut(db, scope, kept.hash);
  await fault.pause("votes");
  const votes = isOpen ? await votesOn(db, scope, kept.hash) : [];
  await fault.pause("members");
  const members = await electors(db, scope);
  const { state, by, yes, no, needed } = adoption(votes, members, plan.commitBy, Math.floor(ports.now() / 1000));
  const adopted = { votes: votesDigest(by), yes, no, needed };
  if (state !== "adopted") return { ...adopted, state };
  // Nothing is awaited from here on: two plans are never adopted beside each other.
  const others = ledger.adopted().filter(({ hash }) => hash !== kept.hash);
  const isOver = ledger.plan(kept.hash)?.isOver ?? kept.isOver;
  if (isOver || secondLook(plan, others.map(planOf))) return { ...adopted, state: "lapsed" };
  ledger.adopt(kept.hash, adopted);
  return { ...adopted, state };
}

interface Adoptee {
  readonly kept: KeptPlan;
  readonly plan: Plan;
  readonly secrets: PlanSecrets;
  readonly votes: string;
}

/** Does what is due of one plan. When to look again, Unix ms; null: nothing will be due any more. */
export async function lookAt(ports: ReleasePorts, kept: KeptPlan): Promise<number | null> {
  const plan = planOf(kept);
  await fault.pause("votes");
  const { state, votes } = await standingOf(ports, kept, plan);
  if (state !== "adopted") return lookAgain(ports, kept, plan);
  const secrets = planSecrets(ports.vault.releaseRoot(), kept.nonce);
  const dues: number[] = [];
  for (const series of plan.series)
    for (const cohort of series.cohorts) {
      await fault.pause("cut");
      const due = await step(ports, { kept, plan, secrets, votes }, series, cohort);
      if (due !== null) dues.push(due);
    }
  if (dues.length > 0) return Math.min(...dues);
  ports.ledger.end(kept.hash);
  return null;
}

function lookAgain({ ledger, now }: ReleasePorts, { hash }: KeptPlan, { commitBy }: Plan): number | null {
  const end = commitBy * 1000;
  if (now() <= end) return Math.min(now() + VOTE_MS, end + TICK_MS);
  if (now() <= end + LATE_MS) return now() + TICK_MS;
  ledger.end(hash);
  return null;
}

/** One cohort as far as it can go now. When it is due again, Unix ms; null: it is published, and what it counted forgotten. */
async function step(ports: ReleasePorts, of: Adoptee, series: Series, cohort: Cohort): Promise<number | null> {
  const name = { plan: of.kept.hash, cohort: cohort.id };
  const before = ports.ledger.cohort(name);
  const due = dueAt(before?.life ?? BORN, cohort);
  if (due === null) return forget(ports, of.plan, name);
  if (ports.now() < due) return due;
  await fault.pause("cut");
  const kept = before ?? (await cut(ports, of, cohort));
  if (!kept) return ports.now() + TICK_MS;
  await fault.pause("page");
  if (!(await gather(ports, of, series, cohort, kept))) return ports.now();
  const published = dueAt(kept.life, cohort);
  if (published === null || ports.now() < published) return published;
  const secret = of.secrets.secretOf(cohort.id);
  await fault.pause("released");
  await publishCohort(
    ports,
    { plan: of.plan, planHash: of.kept.hash, series, cohort, votes: of.votes, secret },
    kept.life,
  );
  return forget(ports, of.plan, name);
}

/** An audit that is erased is to be nowhere once nobody may run its release again. */
function forget({ ledger, now }: ReleasePorts, plan: Plan, name: CohortName): number | null {
  const from = forgottenFrom(ledger.cohort(name)?.life ?? BORN, plan);
  if (from === null || now() < from * 1000) return from === null ? null : from * 1000;
  ledger.forgetRecords(name);
  return null;
}

function dueAt(life: Life, cohort: Cohort): number | null {
  const at = nextAt(life, cohort);
  return at === null ? null : at * 1000;
}

/** From here on nothing that comes in counts. Null: D1 may still lack something that came in before. */
async function cut(ports: ReleasePorts, { kept, plan }: Adoptee, cohort: Cohort): Promise<KeptCohort | null> {
  const { db, scope, sequencer, ledger, now } = ports;
  const closed = close(BORN, { plan, cohort, adoption: { state: "adopted" }, now: Math.floor(now() / 1000) });
  if (!closed.ok) throw new Error(`the cohort ${cohort.id} is not closed: ${closed.failure}`);
  await fault.pause("log-size");
  const status = await sequencer.status();
  await fault.pause("log-size");
  const size = await sizeAt(db, scope, cohort.cutoff * 1000, status.size);
  if (size === null) return null;
  const name = { plan: kept.hash, cohort: cohort.id };
  ledger.beginCohort(name, closed.value, size);
  return ledger.cohort(name);
}

/** True: all of it is gathered, and stands for ever. */
async function gather(
  ports: ReleasePorts,
  { kept: { hash }, secrets }: Adoptee,
  series: Series,
  cohort: Cohort,
  from: KeptCohort,
): Promise<boolean> {
  if (isGathered(from)) return true;
  await fault.pause("frameworks");
  const book = await readFrameworkBook(ports.db);
  const of = { plan: hash, planKey: secrets.planKey, series, cohort, book };
  for (let page = 0; page < PAGES; page++) {
    const kept = ports.ledger.cohort({ plan: hash, cohort: cohort.id }) as KeptCohort;
    await fault.pause("page");
    if (await gatherPage(ports, of, kept)) return true;
  }
  return false;
}

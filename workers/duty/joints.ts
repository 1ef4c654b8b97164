import { compare } from "@quasarix/shared/bytes.ts";
import { amountOf } from "@quasarix/shared/duplicate/cents.ts";
import { jointBlank, jointTerms, paddedRound, partsOf, settlementClaims } from "@quasarix/shared/duplicate/join.ts";
import { splitCost } from "@quasarix/shared/duplicate/split-cost.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import type { Json } from "@quasarix/shared/statement/json.ts";
import type { Statement } from "@quasarix/shared/statement/statement.ts";
import type { OrgId } from "@quasarix/shared/wire/ids.ts";
import { lastBatch } from "../store/batches.ts";
import { commit } from "../store/commit.ts";
import { areStaged, chargedBy, dueTerms, operatorId } from "../store/due-joints.ts";
import { fault } from "../store/fault.ts";
import { type Cost, unsettledCosts } from "../store/joints.ts";
import { newestSeen } from "../store/newest-seen.ts";
import { mustParse, platformScope } from "../store/own-statement.ts";
import type { DutyPorts } from "./ports.ts";

const JOINT = vctOf("joint");
const SETTLEMENT = vctOf("settlement");

/** Costs of one look. */
const AT_ONCE = 50;
/** What is staged at once. The order is that of hashes, so a slice says nothing of whose are in it. */
const SLICE = 256;

interface Said {
  readonly to: OrgId;
  readonly vct: string;
  readonly claims: Readonly<Record<string, Json>>;
}

/**
 * States the terms of joint audits to each joiner, as of the last closed batch: once a batch, so that no statement dates a
 * joiner's. The number of the batch that it is done with; null: some are on their way, look again.
 */
export async function stateTerms(ports: DutyPorts, done: number): Promise<number | null> {
  const { db, vault, scope, now } = ports;
  await fault.pause("joint-batch");
  const { number, size } = await lastBatch(db);
  if (number <= done) return done;
  await fault.pause("staged-joints");
  if (await areStaged(db, scope, now())) return null;
  const today = new Date(now()).toISOString().slice(0, 10);
  await fault.pause("due-joints");
  const due = await dueTerms({ db, planKey: vault.planKey() }, scope, { size, today });
  await fault.pause("round-joints");
  await stateRound(
    ports,
    due.map(({ org, terms }) => ({ to: org, vct: JOINT, claims: plain(jointTerms.parse(terms)) })),
  );
  return number;
}

/** States each joiner's share of the costs that the secretariat recorded, once. */
export async function settleCosts(ports: DutyPorts): Promise<void> {
  await fault.pause("due-costs");
  const costs = await unsettledCosts(ports.db, ports.scope, AT_ONCE);
  if (costs.length === 0) return;
  await fault.pause("staged-costs");
  if (await areStaged(ports.db, ports.scope, ports.now())) return;
  const said: Said[] = [];
  for (const cost of costs) {
    await fault.pause("share");
    said.push(...(await sharesOf(ports, cost)));
  }
  await fault.pause("round-costs");
  await stateRound(ports, said);
}

async function sharesOf({ db, vault, scope }: DutyPorts, cost: Cost): Promise<Said[]> {
  await fault.pause("charged");
  const charged = await chargedBy({ db, planKey: vault.planKey() }, scope, cost);
  const weights = cost.weights === null ? undefined : (JSON.parse(cost.weights) as Record<string, number>);
  const shares = splitCost(cost.cents, partsOf(charged, { split: cost.split, weights }));
  return charged.joiners.map(({ hash, org }) => {
    const share = { amount: amountOf(shares.get(hash) as number), currency: cost.currency };
    const claims = plain(settlementClaims.parse({ plan: cost.plan, share, split: cost.split }));
    return { to: org, vct: SETTLEMENT, claims };
  });
}

const plain = (claims: object): Said["claims"] => JSON.parse(JSON.stringify(claims)) as Said["claims"];

/** In the order of their hashes, filled up with blanks: the log's length tells no joiner how many were written to. */
async function stateRound(ports: DutyPorts, said: readonly Said[]): Promise<void> {
  if (said.length === 0) return;
  await fault.pause("operator");
  const to = await operatorId(ports.db, ports.scope);
  const blank = { to, vct: JOINT, claims: plain(jointBlank.parse({ blank: true })) };
  const blanks = Array<Said>(paddedRound(said.length) - said.length).fill(blank);
  await fault.pause("issue-joints");
  const issued = await issueAll(ports, [...said, ...blanks]);
  issued.sort((a, b) => compare(a.hash, b.hash));
  for (let at = 0; at < issued.length; at += SLICE) {
    const staged = issued.slice(at, at + SLICE).map((statement) => ({
      scope: platformScope(ports, statement),
      statement,
      sealed: null,
      kekVersion: ports.vault.version,
    }));
    await fault.pause("commit-joints");
    await commit(ports, staged);
  }
}

async function issueAll(ports: DutyPorts, said: readonly Said[]): Promise<Statement[]> {
  await fault.pause("seen-joints");
  const seen = await newestSeen(ports);
  const iat = Math.floor(ports.now() / 1000);
  const statements: Statement[] = [];
  for (const { to, vct, claims } of said) {
    const draft = { iss: ports.origin, sub: to, iat, vct, claims, ...(seen && { seen }) };
    await fault.pause("issue-joint");
    statements.push(mustParse(await issueStatement({ signer: ports.platform, random: ports.random }, draft)));
  }
  return statements;
}

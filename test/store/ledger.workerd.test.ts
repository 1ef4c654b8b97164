import { plansShownThrough, shownThrough } from "@quasarix/shared/duplicate/ledger.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { LedgerStatement, LedgerView, RecognitionView } from "@quasarix/shared/wire/ledger.ts";
import { beforeEach, expect, test } from "vitest";
import { contributionsTo, settledPlans } from "../../workers/store/ledger.ts";
import { ask, emptyWorld, env, hashOf, idOf, type Party, party } from "../api/small-api.ts";
import { auditRow, dice, plant, siteRow } from "./planted-sharing.ts";

const MEMBERS = 9;
const CURRENCIES = ["EUR", "USD", "VND"];
const SCHEMES = ["urn:quasarix:scheme:smeta", "urn:quasarix:scheme:sa8000"];

interface Recognition {
  readonly hash: string;
  readonly org: string;
  readonly audit: string;
  readonly scheme: string;
  readonly quarter_days: number;
  readonly cents: number | null;
  readonly currency: string | null;
  readonly log_index: number;
  readonly admitted_at: number;
  readonly revoked_by: string | null;
  readonly revoked_index: number | null;
}
interface Settlement {
  readonly statement: string;
  readonly plan: string;
  readonly org: string;
  readonly log_index: number;
}

interface Rows {
  readonly audits: readonly { hash: string; site: string; from: string; isLost: boolean }[];
  readonly recognitions: readonly Recognition[];
  readonly settlements: readonly Settlement[];
  readonly plans: readonly { plan: string; site: string; orgs: readonly string[] }[];
  readonly batches: readonly { number: number; size: number }[];
  readonly sites: readonly { id: string; supplier: string }[];
}

/** A year of a small consortium, at random: recognitions twice at once and taken back, lost keys, shared audits. */
function drawn(seed: number): Rows {
  const roll = dice(seed);
  const pick = <T>(of: readonly T[]): T => of[roll(of.length)] as T;
  const members = Array.from({ length: MEMBERS }, (_, n) => idOf("org", `member ${n}`));
  const sites = Array.from({ length: 6 }, (_, n) => ({
    id: idOf("site", `site ${n}`),
    supplier: idOf("org", n % 2 ? "mill" : "spinner"),
  }));
  const audits = Array.from({ length: 14 }, (_, n) => ({
    hash: hashOf(`audit ${n}`),
    site: pick(sites).id,
    from: `2026-0${1 + roll(9)}-10`,
    isLost: roll(6) === 0,
  }));
  let index = 100;
  const next = () => (index += 1 + roll(3));
  const recognitions = Array.from({ length: 60 }, (_, n): Recognition => {
    const log_index = next();
    const isRevoked = roll(4) === 0;
    const currency = roll(3) ? pick(CURRENCIES) : null;
    return {
      hash: hashOf(`recognition ${n}`),
      org: pick(members.slice(0, 2 + (seed % 8))),
      audit: pick(audits).hash,
      scheme: pick(SCHEMES),
      quarter_days: roll(20),
      cents: currency === null ? null : 1 + roll(1_000_000),
      currency,
      log_index,
      admitted_at: log_index * 1000,
      revoked_by: isRevoked ? hashOf(`revocation ${n}`) : null,
      revoked_index: isRevoked ? log_index + 1 + roll(60) : null,
    };
  });
  const plans = Array.from({ length: 10 }, (_, n) => ({
    plan: `plan ${n}`,
    site: pick(sites).id,
    orgs: members.filter(() => roll(3) === 0),
  }));
  const settlements = plans
    .filter(() => roll(3) > 0)
    .flatMap(({ plan, orgs }) => {
      const log_index = 110 + roll(130);
      return orgs.map((org, n) => ({ statement: hashOf(`${plan} ${org}`), plan, org, log_index: log_index + n }));
    });
  const batches = Array.from({ length: 4 }, (_, n) => ({ number: n + 1, size: 100 + (n + 1) * 25 }));
  return { audits, recognitions, settlements, plans, batches, sites };
}

async function planted({ audits, recognitions, settlements, plans, batches, sites }: Rows): Promise<void> {
  await plant(
    "audits",
    audits.map((it, n) => ({
      ...auditRow(it.hash, it.site, "firm", n),
      kid: it.isLost ? "lost" : "kept",
      audit_from: it.from,
    })),
  );
  await plant("keys", [
    { kid: "lost", x: "", org: "firm", use: "record", statement: "", from_index: 0, loss_index: 0 },
  ]);
  await plant(
    "sites",
    sites.map(({ id, supplier }) => siteRow(id, supplier)),
  );
  await plant(
    "recognitions",
    recognitions.map((it) => ({ ...it })),
  );
  await plant(
    "joints",
    plans.flatMap(({ plan, site, orgs }, n) =>
      orgs.map((org) => ({
        ...{ statement: `joint of ${plan} ${org}`, plan, org, site, topics: "[]" },
        ...{ window_from: "2026-03-01", window_until: "2026-06-30", log_index: 50 + n, admitted_at: 0 },
      })),
    ),
  );
  await plant(
    "settlements",
    settlements.map((it) => ({ ...it, cents: 1, currency: "EUR", split: "equal", admitted_at: 0 })),
  );
  await plant(
    "discovery_batches",
    batches.map((it) => ({ ...it, closed_at: it.number })),
  );
}

const stands = ({ log_index, revoked_index }: Recognition, size: number): boolean =>
  log_index < size && (revoked_index === null || revoked_index >= size);

/** The same by a plain walk over the rows, with nothing of the store's. */
function counted(rows: Rows, size: number): Recognition[] {
  const seen = new Set<string>();
  return rows.recognitions.filter((it) => {
    const audit = rows.audits.find(({ hash }) => hash === it.audit);
    if (!audit || !stands(it, size)) return false;
    const key = [it.org, it.audit, it.scheme].join();
    if (seen.has(key)) return false;
    seen.add(key);
    const shared = rows.plans.some(
      ({ plan, site }) =>
        site === audit.site &&
        audit.from >= "2026-03-01" &&
        audit.from <= "2026-06-30" &&
        rows.settlements.some((one) => one.plan === plan && one.org === it.org && one.log_index < size),
    );
    return !audit.isLost && !shared;
  });
}

function saved(recognitions: readonly Recognition[], joints: number) {
  const money = CURRENCIES.map((currency) => ({
    currency,
    cents: recognitions.filter((it) => it.currency === currency).reduce((sum, it) => sum + (it.cents ?? 0), 0),
  })).filter(({ cents }) => cents > 0);
  return {
    avoided: recognitions.length + joints,
    days: recognitions.reduce((sum, it) => sum + it.quarter_days, 0) / 4,
    money: money.map(({ currency, cents }) => ({ currency, amount: (cents / 100).toFixed(2) })),
  };
}

const settled = (rows: Rows, size: number, sites: readonly string[]) =>
  rows.plans
    .filter(({ site }) => sites.includes(site))
    .map(({ plan }) => rows.settlements.filter((it) => it.plan === plan))
    .filter((all) => all.length > 0 && all.every(({ log_index }) => log_index < size))
    .map((all) => all.length);
const avoided = (joiners: readonly number[]): number => joiners.reduce((sum, n) => sum + n - 1, 0);

const principal = (org: string, kind: string): Principal => ({
  ...{ org, kind, isOperator: false, suspended: false },
  door: "assertion",
});

const ledgerOf = async (who: Party): Promise<LedgerView> => (await ask(who, "/v1/ledger")).json();

async function everything<T>(who: Party, path: string): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query = cursor === "" ? "?limit=7" : `?limit=7&cursor=${cursor}`;
    const page: { items: T[]; next: string | null } = await (await ask(who, path + query)).json();
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
}

beforeEach(emptyWorld);

const SEEDS = Array.from({ length: process.env["LONG"] === "1" ? 60 : 6 }, (_, n) => n);

test.each(SEEDS)("the ledger says what a plain walk over the statements says (seed %i)", async (seed) => {
  const rows = drawn(seed);
  await planted(rows);
  const members = await Promise.all(Array.from({ length: MEMBERS }, (_, n) => party(`member ${n}`)));
  const mill = await party("mill", { kind: "supplier" });
  const last = rows.batches.at(-1) as { number: number; size: number };
  const every = rows.sites.map(({ id }) => id);
  const own = rows.sites.filter(({ supplier }) => supplier === mill.org).map(({ id }) => id);
  const siteOf = (audit: string) => rows.audits.find(({ hash }) => hash === audit)?.site as string;
  const sizeOf = (batch: number | null) => rows.batches.find(({ number }) => number === batch)?.size ?? 0;

  const shown = shownThrough(await contributionsTo(env.DB));
  const plansShown = plansShownThrough(await settledPlans(env.DB));
  for (const member of members) {
    const view = await ledgerOf(member);
    const mine = counted(rows, Number.POSITIVE_INFINITY).filter(({ org }) => org === member.org);
    expect(view.member?.saved).toEqual(saved(mine, 0));
    expect(view.member?.joints.map(({ plan }) => plan).sort()).toEqual(
      rows.settlements
        .filter(({ org }) => org === member.org)
        .map(({ plan }) => plan)
        .sort(),
    );
    expect(view.supplier).toBeNull();
    const listed = await everything<RecognitionView>(member, "/v1/recognitions");
    expect(listed.map(({ recognition }) => recognition)).toEqual(
      rows.recognitions.filter(({ org }) => org === member.org).map(({ hash }) => hash),
    );
    expect(listed.filter(({ counts }) => counts).map(({ recognition }) => recognition)).toEqual(
      mine.map(({ hash }) => hash),
    );
  }

  const view = await ledgerOf(mill);
  const here = counted(rows, last.size).filter(({ audit }) => own.includes(siteOf(audit)));
  expect(view.member).toBeNull();
  expect(view.supplier?.recognised).toBe(here.length);
  expect(view.supplier?.audits).toEqual([...new Set(here.map(({ audit }) => audit))].sort());
  expect(view.supplier?.joints).toBe(settled(rows, last.size, own).length);
  const supplier = principal(mill.org, "supplier");
  const through = shownThrough(await contributionsTo(env.DB, supplier));
  const plansThrough = plansShownThrough(await settledPlans(env.DB, supplier));
  const there = counted(rows, sizeOf(through)).filter(({ audit }) => own.includes(siteOf(audit)));
  const joined = avoided(settled(rows, sizeOf(plansThrough), own));
  expect(view.supplier?.saved).toEqual((through ?? plansThrough) ? saved(there, joined) : null);

  const statements = await everything<LedgerStatement>(members[0] as Party, "/v1/ledger/statements");
  if ((shown ?? plansShown) === null) {
    expect([view.consortium, statements]).toEqual([null, []]);
    return;
  }
  const all = counted(rows, sizeOf(shown));
  const joiners = settled(rows, sizeOf(plansShown), every);
  expect(view.consortium).toEqual({
    batch: shown ?? 0,
    jointBatch: plansShown ?? 0,
    saved: saved(all, avoided(joiners)),
    recognitions: all.length,
    joints: joiners.length,
  });
  const whole = rows.settlements.filter(({ plan }) =>
    rows.settlements.every((it) => it.plan !== plan || it.log_index < sizeOf(plansShown)),
  );
  const made = [...all.map(({ hash }) => hash), ...whole.map(({ statement }) => statement)];
  expect(statements.map(({ statement }) => statement)).toEqual(made.sort());
});

test("a part in what moved a figure has whoever recognised, took back, or shared a settled plan, in the batch that told of it", async () => {
  const rows = drawn(3);
  await planted(rows);
  const batchOf = (index: number) => rows.batches.find(({ size }) => size > index)?.number;
  const events = [
    ...rows.recognitions.map(({ org, log_index }) => ({ org, at: log_index })),
    ...rows.recognitions.map(({ org, revoked_index }) => ({ org, at: revoked_index ?? Number.POSITIVE_INFINITY })),
  ].map(({ org, at }) => `${batchOf(at)} ${org}`);
  const told = (await contributionsTo(env.DB)).map(({ org, batch }) => `${batch} ${org}`);
  expect(told.sort()).toEqual([...new Set(events.filter((one) => !one.startsWith("undefined")))].sort());
  const lastOf = (plan: string) =>
    Math.max(...rows.settlements.filter((it) => it.plan === plan).map((it) => it.log_index));
  const shared = rows.settlements.map(({ org, plan }) => `${batchOf(lastOf(plan))} ${plan} ${org}`);
  const parts = (await settledPlans(env.DB)).map(({ org, batch, plan }) => `${batch} ${plan} ${org}`);
  expect(parts.sort()).toEqual(shared.filter((one) => !one.startsWith("undefined")).sort());
});

import { createRoute } from "@hono/zod-openapi";
import { INTENT_REASONS } from "@quasarix/shared/duplicate/intent.ts";
import { plansShownThrough, savedOf, shownThrough } from "@quasarix/shared/duplicate/ledger.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import { organisationKind } from "@quasarix/shared/registry/kinds.ts";
import { type LedgerView, ledgerStatement, ledgerView } from "@quasarix/shared/wire/ledger.ts";
import { pageOf, pageQuery } from "@quasarix/shared/wire/registry.ts";
import { lastBatch } from "../store/batches.ts";
import type { Db } from "../store/db.ts";
import { readReasonTotals } from "../store/intent-reasons.ts";
import {
  type Cut,
  contributionsTo,
  listLedgerStatements,
  memberLedger,
  settledPlans,
  sizeOfBatch,
  supplierLedger,
  totals,
} from "../store/ledger.ts";
import type { Api } from "./app.ts";
import { readPage } from "./cursor.ts";
import { answers, signed } from "./problem-responses.ts";
import { refuse } from "./refuse.ts";

const figures = createRoute({
  method: "get",
  path: "/v1/ledger",
  summary: "Audits avoided, auditor days and money: yours, and the consortium's",
  description: `From recognitions and settled joint audits alone: nothing is estimated, and no currency is converted. What
others did is counted up to the last discovery batch, over five members at least.`,
  security: signed,
  responses: answers(ledgerView),
});

const statements = createRoute({
  method: "get",
  path: "/v1/ledger/statements",
  summary: "The statements that the consortium's figures are made of, by hash",
  description: `Each member finds its own here, once each, and that they are as many as the figures say. What another member's
statement says stays in that member's dossier.`,
  security: signed,
  request: { query: pageQuery },
  responses: answers(pageOf(ledgerStatement)),
});

export function ledgers(app: Api): void {
  app.openapi(figures, async (c) => {
    const { db, principal } = c.var;
    const kind = organisationKind(principal.kind);
    const { number, size } = await lastBatch(db);
    const [member, supplier, consortium, anyway] = await Promise.all([
      kind?.buys ? memberView(db, principal) : null,
      kind?.supplies ? supplierView(db, principal, size) : null,
      consortiumView(db),
      readReasonTotals(db),
    ]);
    const reasons = anyway.map(({ code, times }) => ({ code, says: INTENT_REASONS[code], times }));
    return c.json({ batch: number, member, supplier, consortium, anyway: reasons }, 200);
  });
  app.openapi(statements, async (c) => {
    const { db } = c.var;
    const { batch, jointBatch, cut } = await shown(db);
    const page = await readPage(c, {
      filter: ["ledger", String(batch), String(jointBatch)],
      query: c.req.valid("query"),
      read: (after, limit) => listLedgerStatements(db, cut, after, limit),
      positionOf: ({ position }) => position,
      show: ({ view }) => view,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
}

async function memberView(db: Db, by: Principal): Promise<LedgerView["member"]> {
  const { sums, joints } = await memberLedger(db, by);
  return { saved: savedOf(sums), joints };
}

interface Shown {
  /** The batches up to which recognitions and joint audits are shown; 0: none of them. */
  readonly batch: number;
  readonly jointBatch: number;
  readonly cut: Cut;
}

/** How far the sums over members go, of all or of the sites of `supplier`. */
async function shown(db: Db, supplier?: Principal): Promise<Shown> {
  const batch = shownThrough(await contributionsTo(db, supplier)) ?? 0;
  const jointBatch = plansShownThrough(await settledPlans(db, supplier)) ?? 0;
  const cut = { recognised: await sizeOfBatch(db, batch), joint: await sizeOfBatch(db, jointBatch) };
  return { batch, jointBatch, cut };
}

/** Counts of its own audits at once with the batch; sums over members only where there are five. */
async function supplierView(db: Db, by: Principal, size: number): Promise<LedgerView["supplier"]> {
  const { batch, jointBatch, cut } = await shown(db, by);
  const saved = batch + jointBatch === 0 ? null : savedOf((await totals(db, cut, by)).sums);
  return { ...(await supplierLedger(db, by, size)), saved };
}

async function consortiumView(db: Db): Promise<LedgerView["consortium"]> {
  const { batch, jointBatch, cut } = await shown(db);
  if (batch + jointBatch === 0) return null;
  const { sums, recognitions, joints } = await totals(db, cut);
  return { batch, jointBatch, saved: savedOf(sums), recognitions, joints };
}

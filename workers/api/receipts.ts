import { createRoute } from "@hono/zod-openapi";
import { CSV } from "@quasarix/shared/csv.ts";
import { RECEIPT_CSV_HEADER, receiptCsvRow } from "@quasarix/shared/policy/receipt-csv.ts";
import type { Result } from "@quasarix/shared/result.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import {
  CSV_ROWS,
  receiptCsvQuery,
  receiptHeadView,
  receiptPage,
  receiptQuery,
} from "@quasarix/shared/wire/receipts.ts";
import type * as z from "zod";
import { findHead } from "../store/receipt-heads.ts";
import { type ListedReceipt, listReceipts } from "../store/receipts.ts";
import type { Api } from "./app.ts";
import type { ApiContext } from "./context.ts";
import { type Page, readPage } from "./cursor.ts";
import { answers, problems, signed } from "./problem-responses.ts";
import { proofAtHead } from "./proof.ts";
import { queryOf, rawRoute } from "./raw-route.ts";
import { placesOf, refuse } from "./refuse.ts";

const CHAIN = `A member's own looks at what it submitted stand in the member's chain, not in the supplier's. Where the rulebook
shows readers after a delay, the chain is shown up to the first receipt whose delay has not passed.`;

const list = createRoute({
  method: "get",
  path: "/v1/receipts",
  summary: "Who read audits of your sites: your own hash chain of receipts",
  description: CHAIN,
  security: signed,
  request: { query: receiptQuery },
  responses: answers(receiptPage),
});

const file = createRoute({
  method: "get",
  path: "/v1/receipts.csv",
  summary: "The same for people, as CSV (RFC 4180) with names beside ids",
  description: `${CHAIN} At most ${CSV_ROWS} rows; where there are more, the \`Link\` header names the rest with rel="next".
Cells that a spreadsheet would take for a formula begin with an apostrophe. Times are UTC.`,
  security: signed,
  request: { query: receiptCsvQuery },
  responses: {
    200: {
      description: "A header row, and a row for each receipt",
      content: { [CSV]: { schema: { type: "string" } } },
    },
    ...problems,
  },
});

const head = createRoute({
  method: "get",
  path: "/v1/receipts/head",
  summary:
    "How far your receipts went when the platform last signed it into your dossier: daily while there are new ones",
  security: signed,
  responses: answers(receiptHeadView),
});

/** A list that holds nothing but the asker's own, so that there is nothing to refuse. */
export function receipts(app: Api): void {
  app.openapi(head, async (c) => {
    const row = await findHead(c.var.db, c.var.principal);
    if (!row) return c.json({ head: null }, 200);
    const { hash, index, seq, admittedAt } = row;
    const [statement, proof] = await Promise.all([c.var.vault.presentAll(row), proofAtHead(c, row)]);
    return c.json({ head: { statement, statementHash: hash, index, seq, admittedAt, proof } }, 200);
  });
  app.openapi(list, async (c) => {
    const page = await pageFor(c, c.req.valid("query"), ({ view }) => view);
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
  rawRoute(app, file, async (c) => {
    const query = receiptCsvQuery.safeParse(queryOf(c));
    if (!query.success) return refuse(c, { reason: "invalid-input", places: placesOf(query.error) });
    const page = await pageFor(c, query.data, ({ view, names }) => receiptCsvRow(view, names));
    if (!page.ok) return refuse(c, page.failure);
    const headers = { "Content-Type": CSV, "Content-Disposition": 'attachment; filename="receipts.csv"' };
    return c.body(RECEIPT_CSV_HEADER + page.value.items.join(""), 200, { ...headers, ...nextLink(c, page.value) });
  });
}

type Query = z.output<typeof receiptQuery>;

/** A cursor of either form opens the other: they are one list. */
const pageFor = <T>(
  c: ApiContext,
  query: Query,
  show: (receipt: ListedReceipt) => T,
): Promise<Result<Page<T>, Failure>> =>
  readPage(c, {
    filter: ["receipts", query.site ?? "", String(query.from ?? ""), String(query.until ?? "")],
    query,
    read: (after, limit) => listReceipts(c.var.db, c.var.principal, query, { after, limit, now: c.var.now() }),
    positionOf: ({ view }) => view.seq,
    show,
  });

/** RFC 8288, relative to what was asked. */
function nextLink(c: ApiContext, { next }: Page<string>): Record<string, string> {
  if (next === null) return {};
  const url = new URL(c.req.url);
  url.searchParams.set("cursor", next);
  return { Link: `<${url.pathname}${url.search}>; rel="next"` };
}

import { createRoute } from "@hono/zod-openapi";
import type { Lifecycle } from "@quasarix/shared/audit/lifecycle.ts";
import { decide } from "@quasarix/shared/policy/decide.ts";
import type { Purpose } from "@quasarix/shared/policy/purposes.ts";
import type { ReadScope } from "@quasarix/shared/policy/scope.ts";
import { pageOf } from "@quasarix/shared/wire/registry.ts";
import { type AuditSummary, auditListQuery, auditSummary } from "@quasarix/shared/wire/sharing.ts";
import { loadAuditFacts } from "../store/audit-facts.ts";
import { type AuditListRow, listCandidates } from "../store/audit-list.ts";
import { readLifecycles } from "../store/lifecycle.ts";
import { loadMerges } from "../store/site-merges.ts";
import type { Api } from "./app.ts";
import type { ApiContext } from "./context.ts";
import { readPage } from "./cursor.ts";
import { deskOf } from "./desk.ts";
import { problems, signed } from "./problem-responses.ts";
import { refuse } from "./refuse.ts";

const route = createRoute({
  method: "get",
  path: "/v1/audits",
  summary: "The audits whose existence is open to you",
  security: signed,
  request: { query: auditListQuery },
  responses: {
    200: { description: "A page", content: { "application/json": { schema: pageOf(auditSummary) } } },
    ...problems,
  },
});

type Open = AuditListRow & { readonly scope: ReadScope };
type Listed = Open & { readonly lifecycle: Lifecycle };

export function auditList(app: Api): void {
  app.openapi(route, async (c) => {
    const query = c.req.valid("query");
    const sites = query.site === undefined ? null : await sitesOf(c, query.site, query.merged !== undefined);
    const page = await readPage<Listed, AuditSummary>(c, {
      filter: ["audits", query.purpose, query.site ?? "", query.merged ?? ""],
      query,
      read: async (after, limit) => withLifecycles(c, await listOpenOf(c, query.purpose, sites, after, limit)),
      positionOf: ({ index }) => index,
      show: summaryOf,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
}

/** Candidates a round trip once the first ones were not enough: a grant for another purpose may lead to thousands in vain. */
const MANY = 500;

/** The site, or with it whatever stands for the same facility at present. */
export const sitesOf = async (c: ApiContext, site: string, withMerged: boolean): Promise<readonly string[]> =>
  withMerged ? (await loadMerges(c.var.db, [site])).membersOf(site) : [site];

/** Of some sites, ascending by log index; null: of all. Each is decided by its own id: a merge widens no grant. */
export async function listOpenOf(
  c: ApiContext,
  purpose: Purpose,
  sites: readonly string[] | null,
  after: number,
  limit: number,
): Promise<Open[]> {
  if (sites === null) return listOpen(c, purpose, null, after, limit);
  const open: Open[] = [];
  for (const site of sites) open.push(...(await listOpen(c, purpose, site, after, limit)));
  return open.sort((a, b) => a.index - b.index).slice(0, limit);
}

/** `list` is `filter(decide)` (DESIGN 8): asks for more candidates until the page is full or there are none left. */
async function listOpen(
  c: ApiContext,
  purpose: Purpose,
  site: string | null,
  after: number,
  limit: number,
): Promise<Open[]> {
  const { principal, db, now } = c.var;
  const ask = { principal, purpose, sections: null, asSubmitter: false };
  const open: Open[] = [];
  let last = after;
  for (let size = limit; open.length < limit; size = MANY) {
    const candidates = await listCandidates(db, principal, { after: last, limit: size, site, now: now() });
    const facts = await loadAuditFacts(
      db,
      deskOf(c.env).origin,
      principal,
      candidates.map(({ audit }) => audit),
      now(),
    );
    for (const row of candidates) {
      const known = facts.get(row.audit);
      const { scope } = known ? decide(known, ask, now()) : { scope: null };
      if (scope?.sections.includes("existence")) open.push({ ...row, scope });
    }
    if (candidates.length < size) break;
    last = candidates.at(-1)?.index ?? last;
  }
  return open.slice(0, limit);
}

async function withLifecycles(c: ApiContext, open: readonly Open[]): Promise<Listed[]> {
  const scopes = open.map(({ scope }) => scope);
  const lifecycles = await readLifecycles(c.var.db, scopes, c.var.now());
  return open.map((row) => ({ ...row, lifecycle: lifecycles.get(row.audit) as Lifecycle }));
}

const summaryOf = ({ scope, topics, ...row }: Listed): AuditSummary => ({
  ...row,
  topics: JSON.parse(topics) as string[],
  sections: [...scope.sections],
  because: [...scope.because],
});

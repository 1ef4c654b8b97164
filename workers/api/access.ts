import { createRoute } from "@hono/zod-openapi";
import { givenAccess, isOwner, ownAccess, REASONS } from "@quasarix/shared/policy/access.ts";
import { DISCOVERY_SAYS, decideDiscovery } from "@quasarix/shared/policy/discover.ts";
import type { Ask } from "@quasarix/shared/policy/facts.ts";
import { type AccessView, accessQuery, accessView } from "@quasarix/shared/wire/access.ts";
import { hashText } from "@quasarix/shared/wire/ids.ts";
import * as z from "zod";
import { type AccessFacts, loadAccessFacts } from "../store/access-facts.ts";
import type { Api } from "./app.ts";
import { deskOf } from "./desk.ts";
import { answers, signed } from "./problem-responses.ts";
import { noSuchRecord, refuse } from "./refuse.ts";

const access = createRoute({
  method: "get",
  path: "/v1/audits/{id}/access",
  summary: "Which grants open what of an audit to you; to its owner also what is refused, and why",
  description:
    "Says nothing of what the audit holds, so it leaves no receipt. To whoever sees nothing of it: no such audit.",
  security: signed,
  request: { params: z.object({ id: hashText.describe("statementHash of the audit") }), query: accessQuery },
  responses: answers(accessView),
});

export function auditAccess(app: Api): void {
  app.openapi(access, async (c) => {
    const { purpose } = c.req.valid("query");
    const { principal, db, now } = c.var;
    const ask: Ask = { principal, purpose, sections: null, asSubmitter: false };
    const facts = await loadAccessFacts(db, deskOf(c.env).origin, principal, c.req.valid("param").id, now());
    const view = facts && explained(facts, ask, now());
    return view ? c.json(view, 200) : refuse(c, noSuchRecord("audit:read"));
  });
}

/** Any that is not suspended. */
const A_MEMBER = { kind: "member", suspended: false } as const;

function explained({ own, given, shown, more, discovery }: AccessFacts, ask: Ask, now: number): AccessView | null {
  const { standing, sections } = ownAccess(own, ask, now);
  const owns = isOwner(own, ask);
  if (standing === null && !owns) return null;
  const view = {
    audit: own.audit,
    purpose: ask.purpose,
    standing,
    sections: sections.map(({ section, because }) => ({ section, because: [...because] })),
  };
  if (!owns) return view;
  const grants = givenAccess(given, ask.purpose, now).map(({ id, opens, closed }) => ({
    grant: id,
    grantee: shown.get(id) ?? "members",
    opens: [...opens],
    closed: closed.map((why) => ({ why, says: REASONS[why] })),
  }));
  const { isOpen, why } = decideDiscovery(discovery, A_MEMBER, now);
  return { ...view, given: grants, discovery: { open: isOpen, why, says: DISCOVERY_SAYS[why] }, more };
}

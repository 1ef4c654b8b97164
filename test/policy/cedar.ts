import { readFileSync } from "node:fs";
import path from "node:path";
import { type EntityJson, preparsePolicySet, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs";
import { type Question, SECTIONS } from "./second-opinion.ts";

const STANDING = readFileSync(path.join(import.meta.dirname, "decide.cedar"), "utf8");
const SET = "decide";

const text = JSON.stringify;
const entity = (type: string, id: string) => `${type}::${text(id)}`;

type Facts = Question["facts"];

/** A grant as a Cedar policy; one that was revoked is none. */
function policyOf(grant: Facts["grants"][number]): string {
  if (grant.revoked) return "";
  const { grantee, grantor, site, audit } = grant;
  const who =
    grantee === "members" ? `principal in ${entity("Kind", "member")}` : `principal == ${entity("Org", grantee)}`;
  const conditions = [
    `resource has supplier && resource.supplier == ${entity("Org", grantor)}`,
    `context.now >= ${grant.notBefore} && context.now < ${grant.notAfter}`,
    `${text(grant.purposes)}.contains(context.purpose)`,
    `${text(grant.sections)}.contains(context.section)`,
    ...(grantee === "members"
      ? [
          "(!(resource has reciprocityMs) || (principal has contributedAt && context.now < principal.contributedAt + resource.reciprocityMs))",
        ]
      : []),
    ...(audit === null ? [] : [`resource == ${entity("Audit", audit)}`]),
  ];
  return `permit (${who}, action == Action::"read", resource in ${entity("Site", site)}) when { ${conditions.join(" && ")} };\n`;
}

/** A buyer's report: closed, but to those who have it by right, and where a consent of the buyer says so. */
function boughtPolicy({ consents, right }: Facts): string {
  if (right !== "buyer-with-supplier-consent") return "";
  const said = consents
    .filter(({ revoked }) => !revoked)
    .map(({ org, sections, notBefore, notAfter }) =>
      [
        `(resource has submitter && resource.submitter == ${entity("Org", org)}`,
        `context.now >= ${notBefore} && context.now < ${notAfter}`,
        `${text(sections)}.contains(context.section))`,
      ].join(" && "),
    );
  const byRight = [
    "principal == resource.author",
    "(resource has submitter && principal == resource.submitter)",
    "(resource has supplier && principal == resource.supplier)",
  ];
  return `forbid (principal, action, resource) unless { ${[...byRight, ...said].join(" || ")} };\n`;
}

/** Cedar holds the policies of one audit at a time: parsing them costs more than asking. */
export function teachCedar(facts: Facts): void {
  const answer = preparsePolicySet(SET, {
    staticPolicies: STANDING + facts.grants.map(policyOf).join("") + boughtPolicy(facts),
  });
  if (answer.type !== "success") throw new Error(JSON.stringify(answer.errors));
}

const organisation = (id: string) => ({ __entity: { type: "Org", id } });

function auditOf(facts: Facts): EntityJson {
  const { audit, site, author, submitter, supplier, right, disputed, rulebook, terms, finalAt } = facts;
  return {
    uid: { type: "Audit", id: audit },
    attrs: {
      author: organisation(author),
      right,
      disputed,
      pooled: rulebook.mode === "pool" && terms !== null,
      embargo: rulebook.embargo === "until-final",
      ...(finalAt !== null && { finalAt }),
      ...(rulebook.reciprocityDays !== null && { reciprocityMs: rulebook.reciprocityDays * 86_400_000 }),
      ...(submitter !== null && { submitter: organisation(submitter) }),
      ...(supplier !== null && { supplier: organisation(supplier) }),
    },
    parents: [{ type: "Site", id: site }],
  };
}

/** The sections that Cedar opens under the policies it was taught last, one request each. */
export function askCedar({ facts, ask, now }: Question): string[] {
  const { org, kind, suspended } = ask.principal;
  const principal = { type: "Org", id: org };
  const { contributedAt } = facts;
  const attrs = { suspended, ...(contributedAt !== null && { contributedAt }) };
  const entities = [{ uid: principal, attrs, parents: [{ type: "Kind", id: kind }] }, auditOf(facts)];
  return SECTIONS.filter((section) => {
    if (ask.sections !== null && !ask.sections.includes(section)) return false;
    const answer = statefulIsAuthorized({
      principal,
      action: { type: "Action", id: "read" },
      resource: { type: "Audit", id: facts.audit },
      context: { now, purpose: ask.purpose, section },
      preparsedPolicySetId: SET,
      entities,
    });
    // A policy that fails is skipped by Cedar, a `forbid` too.
    if (answer.type !== "success" || answer.response.diagnostics.errors.length > 0)
      throw new Error(JSON.stringify(answer));
    return answer.response.decision === "allow";
  });
}

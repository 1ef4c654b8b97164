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
    ...(audit === null ? [] : [`resource == ${entity("Audit", audit)}`]),
  ];
  return `permit (${who}, action == Action::"read", resource in ${entity("Site", site)}) when { ${conditions.join(" && ")} };\n`;
}

/** Cedar holds the policies of one audit at a time: parsing them costs more than asking. */
export function teachCedar(facts: Facts): void {
  const answer = preparsePolicySet(SET, { staticPolicies: STANDING + facts.grants.map(policyOf).join("") });
  if (answer.type !== "success") throw new Error(JSON.stringify(answer.errors));
}

const organisation = (id: string) => ({ __entity: { type: "Org", id } });

function auditOf({ audit, site, author, submitter, supplier, right, disputed }: Facts): EntityJson {
  return {
    uid: { type: "Audit", id: audit },
    attrs: {
      author: organisation(author),
      right,
      disputed,
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
  const entities = [{ uid: principal, attrs: { suspended }, parents: [{ type: "Kind", id: kind }] }, auditOf(facts)];
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

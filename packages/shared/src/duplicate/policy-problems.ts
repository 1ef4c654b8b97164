import { CATALOGUE, type Catalogue, schemeOf } from "../audit/scheme/catalogue.ts";
import { offScale } from "../audit/scheme/result.ts";
import { fail, ok, type Result } from "../result.ts";
import { type AcceptancePolicy, acceptancePolicy } from "./acceptance.ts";

/** Where in the policy, and what is allowed there. */
export interface PolicyProblem {
  readonly path: string;
  readonly message: string;
}

/**
 * What the schema cannot say: minima that are not on their scheme's scale, versions that a scheme does not have, a policy
 * that nothing could meet. A scheme that the catalogue lacks is taken at its word.
 */
function policyProblems(policy: AcceptancePolicy, catalogue: Catalogue = CATALOGUE): PolicyProblem[] {
  const found: PolicyProblem[] = [];
  if (policy.schemes.length === 0 && policy.others === "refused")
    found.push({ path: "schemes", message: "names none and refuses all others: nothing could be accepted" });
  policy.schemes.forEach(({ scheme: id, versions = [], minimum }, at) => {
    const scheme = schemeOf(catalogue, id);
    if (!scheme) return;
    versions.forEach((version, place) => {
      if (scheme.versions.includes(version)) return;
      const message = `${scheme.name} has the versions ${scheme.versions.join(", ")}`;
      found.push({ path: `schemes.${at}.versions.${place}`, message });
    });
    const why = minimum && offScale(scheme, minimum);
    if (why) found.push({ path: `schemes.${at}.minimum`, message: why });
  });
  return found;
}

/** A policy as it came, or every problem that it has. */
export function readAcceptancePolicy(
  value: unknown,
  catalogue: Catalogue = CATALOGUE,
): Result<AcceptancePolicy, PolicyProblem[]> {
  const read = acceptancePolicy.safeParse(value);
  if (!read.success)
    return fail(read.error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message })));
  const problems = policyProblems(read.data, catalogue);
  return problems.length > 0 ? fail(problems) : ok(read.data);
}

import { type CrosswalkLine, recalled } from "./crosswalk.ts";
import type { Scheme } from "./scheme.ts";

const ID = "urn:quasarix:scheme:slcp";

export const SLCP: Scheme = {
  id: ID,
  name: "SLCP",
  owner: "Social and Labor Convergence Program",
  versions: ["1.4", "1.5", "1.6", "1.7"],
  scales: [],
  severities: `${ID}@1`,
  validity: [{ months: 12, mark: "recalled" }],
  losses: ["it judges nothing and gives no score: what an answer means is its reader's to say"],
};

export const SLCP_LINES: readonly CrosswalkLine[] = recalled(ID, "1.6", [
  "child-labour",
  "forced-labour",
  "responsible-recruitment",
  "discrimination",
  "regular-employment",
  "subcontracting",
  "working-hours",
  "wages",
  "harassment",
  "freedom-of-association",
  "grievance",
  "health-and-safety",
  "fire-safety",
  "building-safety",
  "accommodation",
  "management-systems",
]);

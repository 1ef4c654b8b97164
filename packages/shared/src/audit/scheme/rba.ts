import { type CrosswalkLine, recalled } from "./crosswalk.ts";
import type { Scheme } from "./scheme.ts";

const ID = "urn:quasarix:scheme:rba";

export const RBA: Scheme = {
  id: ID,
  name: "RBA VAP",
  owner: "Responsible Business Alliance",
  versions: ["6.0", "7.0", "7.1", "8.0"],
  scales: [{ kind: "points", id: "urn:quasarix:scale:rba-vap", least: 0, most: 200, mark: "read" }],
  severities: `${ID}@1`,
  validity: [{ months: 24, mark: "secondary" }],
  losses: ["platinum, gold and silver hang on closed findings besides the points: only the points have an order here"],
};

export const RBA_LINES: readonly CrosswalkLine[] = recalled(ID, "8.0", [
  "forced-labour",
  "responsible-recruitment",
  "child-labour",
  "working-hours",
  "wages",
  "discrimination",
  "harassment",
  "freedom-of-association",
  "health-and-safety",
  "fire-safety",
  "accommodation",
  "environmental-management",
  "water",
  "waste",
  "energy",
  "air",
  "chemicals",
  "business-ethics",
  "grievance",
  "management-systems",
]);

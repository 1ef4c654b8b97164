import { type CrosswalkLine, recalled } from "./crosswalk.ts";
import type { Scheme } from "./scheme.ts";

const ID = "urn:quasarix:scheme:tfs";

export const TFS: Scheme = {
  id: ID,
  name: "TfS",
  owner: "Together for Sustainability",
  versions: ["2.0"],
  scales: [{ kind: "points", id: "urn:quasarix:scale:tfs-percent", least: 0, most: 100, mark: "secondary" }],
  severities: `${ID}@1`,
  validity: [
    { months: 36, mark: "read", note: "to follow up what was found" },
    { months: 12, finding: 3, mark: "recalled" },
    { months: 0, finding: 4, mark: "recalled", note: "a critical finding is to be followed up at once" },
  ],
  losses: ["the scores of its five areas are not read: only the total has an order here"],
};

export const TFS_LINES: readonly CrosswalkLine[] = recalled(ID, "2.0", [
  "management-systems",
  "environmental-management",
  "waste",
  "air",
  "water",
  "energy",
  "chemicals",
  "health-and-safety",
  "fire-safety",
  "child-labour",
  "forced-labour",
  "working-hours",
  "wages",
  "freedom-of-association",
  "discrimination",
  "accommodation",
  "business-ethics",
  "grievance",
]);

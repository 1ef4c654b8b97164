import { type CrosswalkLine, recalled } from "./crosswalk.ts";
import type { Scheme } from "./scheme.ts";

const ID = "urn:quasarix:scheme:amfori-bsci";
const GRADES = "urn:quasarix:scale:amfori-bsci-grade";

export const AMFORI_BSCI: Scheme = {
  id: ID,
  name: "amfori BSCI",
  owner: "amfori",
  versions: ["1/2014", "2.0", "2021"],
  scales: [{ kind: "grades", id: GRADES, worstFirst: ["E", "D", "C", "B", "A"], mark: "recalled" }],
  severities: `${ID}@1`,
  validity: [
    { months: 24, result: { scale: GRADES, values: ["A", "B"] }, mark: "secondary" },
    { months: 12, result: { scale: GRADES, values: ["C", "D"] }, mark: "secondary" },
  ],
  losses: [
    "no validity is known for an overall E",
    "the grades of its 13 areas are not read: only the overall grade has an order here",
  ],
};

export const AMFORI_BSCI_LINES: readonly CrosswalkLine[] = recalled(ID, "2021", [
  "management-systems",
  "grievance",
  "freedom-of-association",
  "discrimination",
  "wages",
  "working-hours",
  "health-and-safety",
  "fire-safety",
  "child-labour",
  "regular-employment",
  "forced-labour",
  "environmental-management",
  "business-ethics",
  "harassment",
]);

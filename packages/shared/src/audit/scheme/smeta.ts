import { type CrosswalkLine, recalled, sourced } from "./crosswalk.ts";
import type { Scheme } from "./scheme.ts";
import type { Topic } from "./topic.ts";

const ID = "urn:quasarix:scheme:smeta";
const FOUR_PILLAR = "4-pillar";

export const SMETA: Scheme = {
  id: ID,
  name: "SMETA",
  owner: "Sedex",
  versions: ["6.0", "6.1", "7.0"],
  scales: [],
  severities: `${ID}@1`,
  validity: [{ months: 12, mark: "recalled" }],
  losses: ["it has no overall result: reports are compared finding by finding, if at all"],
};

const CRITERIA = { title: "Sedex, SMETA Measurement Criteria, version 6.0: contents by clause", date: "2017-04" };
const REQUIREMENTS = {
  title: "IQNet, Sedex SMETA 7.0: principles, the areas of its workplace requirements",
  at: "https://www.iqnet-ltd.com/en/audit---certification/sedex-smeta/principles",
  date: "2024-09-16",
};

// Clauses 1 to 9 are those of the ETI Base Code and have one number in both versions.
const BASE_CODE: readonly (readonly [string, Topic, string])[] = [
  ["1", "forced-labour", "recruitment fees stand under another clause or none, by version"],
  ["2", "freedom-of-association", "where law restricts unions it asks for parallel means, not for a union"],
  ["3", "health-and-safety", "one clause for fire, building, machines, hygiene and dormitories alike"],
  ["3", "fire-safety", "a part of the clause: no section of its own"],
  ["3", "building-safety", "a part of the clause, from documents and a walk: no structural engineer"],
  ["3", "accommodation", "only where the site provides it"],
  ["4", "child-labour", "remediation is asked for and seldom seen on the day"],
  ["6", "working-hours", "from records of a sample of months and workers"],
  ["7", "discrimination", "what workers say in interviews weighs more than records"],
  ["8", "regular-employment", "home work and subcontracting stand under 8A"],
  ["8A", "subcontracting", "of the site's own subcontractors, not of those behind them"],
  ["9", "harassment", "what workers say in interviews weighs more than records"],
];

export const SMETA_LINES: readonly CrosswalkLine[] = [
  ...sourced(ID, "6.0", CRITERIA, [
    ...BASE_CODE,
    ["5", "wages", "minimum wage and living wage under one clause"],
    ["0.B", "management-systems", "of labour standards, not of the whole site"],
    ["10A", "responsible-recruitment", "entitlement to work alone: fees are not in the clause"],
    ["10B4", "environmental-management", "the 2-pillar clause 10B2 asks for less", FOUR_PILLAR],
    ["10C", "business-ethics", "policies and awareness: no look into the books", FOUR_PILLAR],
  ]),
  ...sourced(ID, "7.0", REQUIREMENTS, [
    ...BASE_CODE,
    ["5", "wages", "legal wages alone: living wages stand under 5A"],
    ["5A", "living-wage", "a gap is measured, not closed"],
    ["1A", "responsible-recruitment", "recruitment and entitlement to work under one clause"],
    ["10B", "environmental-management", "the 2-pillar clause 10A asks for less", FOUR_PILLAR],
    ["10C", "business-ethics", "policies and awareness: no look into the books", FOUR_PILLAR],
  ]),
  ...recalled(ID, "6.0", ["grievance"]),
  ...recalled(ID, "7.0", [
    "grievance",
    "management-systems",
    ["water", FOUR_PILLAR],
    ["waste", FOUR_PILLAR],
    ["energy", FOUR_PILLAR],
    ["chemicals", FOUR_PILLAR],
  ]),
  ...recalled(ID, "6.1", [
    "forced-labour",
    "freedom-of-association",
    "health-and-safety",
    "fire-safety",
    "building-safety",
    "accommodation",
    "child-labour",
    "wages",
    "working-hours",
    "discrimination",
    "regular-employment",
    "subcontracting",
    "harassment",
    "grievance",
    "responsible-recruitment",
    "management-systems",
    ["environmental-management", FOUR_PILLAR],
    ["business-ethics", FOUR_PILLAR],
  ]),
];

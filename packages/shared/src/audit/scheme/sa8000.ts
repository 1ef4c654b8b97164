import { type CrosswalkLine, recalled, sourced } from "./crosswalk.ts";
import type { Scheme } from "./scheme.ts";

const ID = "urn:quasarix:scheme:sa8000";

export const SA8000: Scheme = {
  id: ID,
  name: "SA8000",
  owner: "Social Accountability International",
  versions: ["2008", "2014"],
  scales: [{ kind: "points", id: "urn:quasarix:scale:social-fingerprint", least: 1, most: 5, mark: "recalled" }],
  severities: null,
  validity: [{ months: 36, mark: "recalled", note: "with surveillance audits in between, which are not counted here" }],
  losses: ["its findings have no table of severities here, so none has a level"],
};

const STANDARD = {
  title: "Social Accountability International, SA8000:2014 International Standard, social accountability requirements",
  date: "2014-06",
};

export const SA8000_LINES: readonly CrosswalkLine[] = [
  ...sourced(ID, "2014", STANDARD, [
    ["1", "child-labour", "young workers and remediation under the same clause"],
    ["2", "forced-labour", "recruitment fees and human trafficking under the same clause"],
    ["3", "health-and-safety", "one clause for fire, buildings, hygiene and dormitories alike"],
    ["4", "freedom-of-association", "where law restricts unions it asks for freely elected representatives"],
    ["5", "discrimination", "harassment is in this clause and in 6"],
    ["6", "harassment", "disciplinary practices: what colleagues do to each other stands under 5"],
    ["7", "working-hours", "from records of a sample of months and workers"],
    ["8", "wages", "legal wage and living wage under one clause"],
    ["8", "living-wage", "how the living wage is reckoned is the auditor's"],
    ["9", "management-systems", "complaints, suppliers and corrective action are parts of it"],
  ]),
  ...recalled(ID, "2014", ["fire-safety", "building-safety", "accommodation", "grievance", "regular-employment"]),
];

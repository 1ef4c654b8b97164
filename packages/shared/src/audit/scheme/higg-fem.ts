import { type CrosswalkLine, recalled } from "./crosswalk.ts";
import type { Scheme } from "./scheme.ts";

const ID = "urn:quasarix:scheme:higg-fem";

export const HIGG_FEM: Scheme = {
  id: ID,
  name: "Higg FEM",
  owner: "Cascale",
  versions: ["3.0", "4.0"],
  scales: [{ kind: "points", id: "urn:quasarix:scale:higg-fem", least: 0, most: 100, mark: "secondary" }],
  severities: null,
  validity: [{ months: 12, mark: "recalled", note: "it is filled in anew for every calendar year" }],
  losses: [
    "it looks at the environment alone",
    "an answer may be the site's own: whether it was verified is said by the audit's provenance",
  ],
};

export const HIGG_FEM_LINES: readonly CrosswalkLine[] = recalled(ID, "4.0", [
  "environmental-management",
  "energy",
  "water",
  "air",
  "waste",
  "chemicals",
]);

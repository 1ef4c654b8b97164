import { type CrosswalkLine, sourced } from "./crosswalk.ts";
import type { Scheme } from "./scheme.ts";

const ID = "urn:quasarix:scheme:wrap";
const LEVELS = "urn:quasarix:scale:wrap-level";

export const WRAP: Scheme = {
  id: ID,
  name: "WRAP",
  owner: "Worldwide Responsible Accredited Production",
  versions: ["12-principles"],
  scales: [{ kind: "grades", id: LEVELS, worstFirst: ["silver", "gold", "platinum"], mark: "secondary" }],
  severities: null,
  validity: [
    { months: 24, result: { scale: LEVELS, values: ["platinum"] }, mark: "secondary" },
    { months: 12, result: { scale: LEVELS, values: ["gold"] }, mark: "secondary" },
    { months: 6, result: { scale: LEVELS, values: ["silver"] }, mark: "secondary" },
  ],
  losses: [
    "months run from the audit here; WRAP counts from the day of the certificate, which is later",
    "its findings have no table of severities here, so none has a level",
  ],
};

const PRINCIPLES = {
  title: "WRAP, 12 Principles, numbered as they stand there",
  at: "https://wrapcompliance.org/en/about/12-principles/",
  date: "2026-04-27",
};

export const WRAP_LINES: readonly CrosswalkLine[] = sourced(ID, "12-principles", PRINCIPLES, [
  ["2", "forced-labour", "trafficking under the same principle"],
  ["3", "child-labour", "15 years, 14 where the law of a developing country says so"],
  ["4", "harassment", "corporal punishment under the same principle"],
  ["5", "wages", "as the law says: no living wage"],
  ["6", "working-hours", "as the law says: no limit of its own"],
  ["7", "discrimination", "by ability to do the job: grounds are not listed one by one"],
  ["8", "health-and-safety", "one principle for fire, buildings and housing alike"],
  ["9", "freedom-of-association", "the right as the law gives it"],
  ["10", "environmental-management", "rules of the law that apply to the site: no measuring of its own"],
  ["12", "security", "of shipments, against smuggling"],
]);

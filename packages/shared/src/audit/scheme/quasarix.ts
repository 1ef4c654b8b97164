import { type CrosswalkLine, sourced } from "./crosswalk.ts";
import type { Scheme } from "./scheme.ts";

const ID = "urn:quasarix:scheme:quasarix";

export const QUASARIX: Scheme = {
  id: ID,
  name: "Quasarix Trace",
  owner: "the consortium",
  versions: ["1"],
  scales: [{ kind: "points", id: "urn:quasarix:scale:quasarix-level", least: 1, most: 5, mark: "own" }],
  severities: `${ID}@1`,
  validity: [{ months: 12, mark: "own", note: "risk is assessed anew at least once a year" }],
  losses: ["levels 1 to 5 are described benchmark by benchmark: an overall level says less than any of them"],
};

const OWN = { title: "Quasarix Trace, topics of an audit, version 1", date: "2026-11" };

// Our own scheme has no clauses beside its topics, so they carry the topic's code.
export const QUASARIX_LINES: readonly CrosswalkLine[] = sourced(ID, "1", OWN, [
  ["forced-labour", "forced-labour", "the topic itself: nothing is lost"],
  ["child-labour", "child-labour", "the topic itself: nothing is lost"],
  ["freedom-of-association", "freedom-of-association", "the topic itself: nothing is lost"],
  ["health-and-safety", "health-and-safety", "the topic itself: nothing is lost"],
  ["wages", "wages", "the topic itself: nothing is lost"],
  ["living-wage", "living-wage", "a commitment with steps is a level too, before any wage is paid"],
  ["working-hours", "working-hours", "the topic itself: nothing is lost"],
  ["discrimination", "discrimination", "the topic itself: nothing is lost"],
  ["harassment", "harassment", "the topic itself: nothing is lost"],
  ["grievance", "grievance", "the mechanism, its use and its answers are one level"],
  ["environmental-management", "environmental-management", "climate resilience is a level of its own, without a topic"],
  ["business-ethics", "business-ethics", "the topic itself: nothing is lost"],
  ["management-systems", "management-systems", "worker training and disclosure depth are levels of their own"],
]);

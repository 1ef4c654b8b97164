import { unreachable } from "../result.ts";
import { dayAt } from "./cohorts.ts";
import type { SeriesName } from "./plan.ts";
import type { PlanRefusal, TooFewCounted } from "./plan-refusal.ts";
import { MEMBERS_OF_EIGHT } from "./profile.ts";

const ADJECTIVE: Readonly<Record<SeriesName, string>> = { quarter: "quarterly", year: "yearly", founding: "founding" };

/** For the operator, who may count: what is missing, in numbers to act on. */
export function missingSays(refusal: PlanRefusal): string {
  if (refusal.reason !== "too-few-counted") return missingSaysToMembers(refusal);
  const { members, sponsors, counted, overall, needed, most, series } = refusal;
  const when = series === "quarter" ? ` in the thinnest of the last four quarters (${overall} over all four)` : "";
  return [
    `${members} members, ${suppliers(counted)} of ${sponsors} of them that count${when}, at most ${most} of a member:`,
    `${needed.counted} are needed, of ${needed.sponsors} members.`,
    insteadSays(refusal),
  ].join(" ");
}

/** For a member, who may not learn how many suppliers of others count: the same without a count that is not public. */
export function missingSaysToMembers(refusal: PlanRefusal): string {
  switch (refusal.reason) {
    case "too-few-members":
      return `${refusal.members} active members: ${refusal.needed} are needed before anything may be published.`;
    case "other-profile":
      return refusal.profile === "small"
        ? `${refusal.members} active members: the profile of a small pool is for 5 to 7.`
        : `${refusal.members} active members: this profile needs ${MEMBERS_OF_EIGHT}.`;
    case "series-together":
      return "A plan has a quarterly series, a yearly one, both, or a founding one alone.";
    case "no-such-series":
      return "Fewer than 8 active members publish once a year, or as a founding release: never by the quarter.";
    case "too-many-metrics":
      return `${refusal.metrics} metrics: a ${ADJECTIVE[refusal.series]} series has at most ${refusal.most}.`;
    case "commits-late":
      return `The vote has to be over by ${dayAt(refusal.latest)}, before what is to be counted is known.`;
    case "too-few-counted":
      return `${shortfall(refusal)} ${insteadSays(refusal)}`;
    default:
      return unreachable(refusal);
  }
}

const suppliers = (count: number): string => (count === 1 ? "1 supplier" : `${count} suppliers`);

const shortfall = ({ series, needed, most }: TooFewCounted): string =>
  `Too few suppliers that count for a ${ADJECTIVE[series]} plan: ${needed.counted} are needed` +
  `${series === "quarter" ? " in each quarter" : ""}, of ${needed.sponsors} members, at most ${most} of each.`;

function insteadSays({ instead, series }: TooFewCounted): string {
  if (instead.length > 0)
    return `They would be enough for a ${instead.map((one) => ADJECTIVE[one]).join(" or a ")} plan.`;
  const others = (["year", "founding"] as const).filter((one) => one !== series).map((one) => ADJECTIVE[one]);
  return `They would not be enough for a ${others.join(" or a ")} plan either.`;
}

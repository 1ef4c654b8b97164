import { CATALOGUE, schemeName } from "@quasarix/shared/audit/scheme/catalogue.ts";
import type { IntentAnswer } from "@quasarix/shared/duplicate/intent-answer.ts";
import { PROPRIETARY } from "@quasarix/shared/duplicate/proprietary.ts";
import { printable } from "./table.ts";

const named = (scheme: string): string =>
  scheme === PROPRIETARY ? "a proprietary scheme" : printable(schemeName(CATALOGUE, scheme));

const listed = (topics: readonly string[]): string => topics.map(printable).join(", ");

/** The answer before ordering, in sentences. */
export function answerText({ usable, planned, detail, asOf }: IntentAnswer): string {
  const lines = [...(usable ? usableLines(usable) : []), ...(planned ? plannedLines(planned) : [])];
  if (lines.length === 0) lines.push("No usable audit of this site and no plan for one is known.");
  if (detail === "yes-no") lines.push("Below 5 active members the answer is yes or no alone.");
  lines.push(
    asOf === 0
      ? "No batch is closed yet: of other members nothing is said until the first one is."
      : `As of batch ${asOf}: what other members did later is in the next one.`,
  );
  return `${lines.join("\n")}\n`;
}

function usableLines({ own, covers, scheme, age, missing }: NonNullable<IntentAnswer["usable"]>): string[] {
  const whose = own ? "You handed in an audit" : "There is an audit on file";
  const which = scheme === null || age === null ? "" : ` (${named(scheme)}, ${age} months old)`;
  if (covers === "yes")
    return [`${whose} that covers this need${which}: \`quasarix request ask\` asks its supplier for it.`];
  const lacks =
    missing && missing.length > 0 ? `, without ${listed(missing)}` : "; some of it is not known before a grant";
  return [`${whose} that would do in part${which}${lacks}: a gap audit could be enough.`];
}

function plannedLines({ plan, from, until, schemes, topics }: NonNullable<IntentAnswer["planned"]>): string[] {
  if (from === null || until === null) return ["Another member plans an audit in these days."];
  const what = [(schemes ?? []).map(named).join(" or "), ...(topics?.length ? [listed(topics)] : [])].join("; ");
  const line = `Another member plans an audit between ${from} and ${until}: ${what}.`;
  if (plan === null) return [line, "It cannot be joined."];
  return [line, `Join it: \`quasarix intent plan ... --joins ${plan} --replaces INTENT\`.`];
}

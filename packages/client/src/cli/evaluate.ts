import { type Catalogue, schemeName } from "@quasarix/shared/audit/scheme/catalogue.ts";
import { evaluationViewOf } from "@quasarix/shared/wire/evaluate.ts";
import { type EvaluatedAudit, evaluateAudit, evaluateSite, type Measure } from "../evaluation.ts";
import { type Call, type Command, type Ended, isSet, must, noArguments, optional } from "./command.ts";
import { UsageError } from "./exit.ts";
import { CATALOGUE_OPTION, catalogueFor } from "./own-catalogue.ts";
import { policyFor } from "./policy-choice.ts";
import { purposeOf } from "./reading.ts";
import { session } from "./session.ts";
import { printable } from "./table.ts";

const viewOf = ({ audit, basis, evaluation }: EvaluatedAudit) => ({ ...evaluationViewOf(audit, evaluation), basis });

function textOf(one: EvaluatedAudit, catalogue: Catalogue): string {
  const { audit, facts, basis } = one;
  const { verdict, reasons, until, acceptableWith } = viewOf(one);
  const what = `${schemeName(catalogue, facts.scheme)} ${facts.schemeVersion} of ${facts.auditFrom}`;
  const lines = [
    `${verdict}${until === null ? "" : ` until ${until}`}: audit ${audit}, ${what}, from ${basis.join(", ")}`,
    ...reasons.map(({ says }) => `  ${says}`),
    ...acceptableWith.map((step) => `  + ${step}`),
  ];
  return `${lines.map(printable).join("\n")}\n`;
}

const BEST_FIRST = ["accept", "accept-with-gaps", "reject"] as const;

/** The answer first, then its grounds: the audits that do stand before those that do not. */
function siteText(evaluated: readonly EvaluatedAudit[], { policy, catalogue }: Measure): string {
  if (evaluated.length === 0) return "no audit of this site is open to you for this purpose\n";
  const sorted = BEST_FIRST.map((verdict) => evaluated.filter((one) => one.evaluation.verdict === verdict));
  const counts = BEST_FIRST.map((verdict, i) => `${sorted[i]?.length ?? 0} ${verdict}`).join(", ");
  const head = printable(`by the policy \`${policy.name}\`: ${counts}`);
  return `${head}\n${sorted
    .flat()
    .map((one) => textOf(one, catalogue))
    .join("")}`;
}

async function evaluate(call: Call): Promise<Ended> {
  noArguments(call);
  const [site, audit] = [optional(call, "site"), optional(call, "audit")];
  if ((site === undefined) === (audit === undefined)) throw new UsageError("--site SITE or --audit AUDIT, one of them");
  const { client } = await session(call);
  const measure: Measure = {
    policy: await policyFor(call, client),
    catalogue: await catalogueFor(call),
    today: new Date(client.host.now()).toISOString().slice(0, 10),
    purpose: purposeOf(optional(call, "purpose") ?? "audit-avoidance"),
    existenceOnly: isSet(call, "existence-only"),
  };
  const evaluated =
    audit === undefined
      ? must(await evaluateSite(client, site as string, measure))
      : [must(await evaluateAudit(client, audit, measure))];
  return { value: evaluated.map(viewOf), text: siteText(evaluated, measure) };
}

export const evaluateCommand: Command = {
  words: "audit evaluate",
  usage:
    "--site SITE|--audit AUDIT [--policy POLICY|PRESET|FILE] [--purpose PURPOSE] [--existence-only] [--catalogue FILE]",
  says: "says whether audits do in place of your own, why, and what would make them; reads what was granted, which the supplier sees",
  example: "quasarix audit evaluate --site site_... --policy policy.json",
  options: {
    site: { type: "string" },
    audit: { type: "string" },
    policy: { type: "string" },
    purpose: { type: "string" },
    "existence-only": { type: "boolean" },
    ...CATALOGUE_OPTION,
  },
  run: evaluate,
};
